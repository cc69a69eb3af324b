import { Button } from '../../ui/Button.tsx'
import { TabBar } from './TabBar.tsx'

export type GapPaneProps = {
  readonly isReading: boolean
  readonly onRead: (side: 'newer' | 'older') => void
}

/** What lies between the two ends of a history is read on from either of them. */
export function GapPane({ isReading, onRead }: GapPaneProps) {
  return (
    <TabBar>
      Records between these were not read yet.
      <Button size="s" icon="arrowDown" busy={isReading} onClick={() => onRead('newer')}>
        Read on from above
      </Button>
      <Button size="s" icon="arrowUp" busy={isReading} onClick={() => onRead('older')}>
        Read on from below
      </Button>
    </TabBar>
  )
}
