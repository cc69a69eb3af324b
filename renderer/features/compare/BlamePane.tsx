import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { ChangeRow } from '../../../shared/contract/compare.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { blameTargetOf, createBlameStore } from '../../state/blameStore.ts'
import type { CompareSides } from '../../state/compareStore.ts'
import { maskedBlame } from '../../state/maskedBlame.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { BlameLine } from '../../ui/BlameLine.tsx'
import { PathText } from '../../ui/PathText.tsx'
import styles from './BlamePane.module.css'

export type BlamePaneProps = { readonly sides: CompareSides; readonly change: ChangeRow }

/** Which record made the change that is looked at, and every change of that value before. */
export function BlamePane({ sides, change }: BlamePaneProps) {
  const client = useClient()
  const store = usePageStore('blame', () => createBlameStore(client))
  const { blame, ask, readMore, retry } = useStore(store)
  const mask = useMask()
  const target = blameTargetOf(sides, change)
  const key = JSON.stringify(target)
  useEffect(() => {
    void ask(target)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says when it is another target
  }, [key, ask])
  return (
    <aside className={styles.pane} aria-label="Blame">
      <div className={styles.path}>
        <PathText path={target.pointer} />
        <span className={styles.run}>in {target.ref.document}</span>
      </div>
      <BlameLine
        key={key}
        blame={maskedBlame(mask, target.pointer, blame)}
        startsOpen
        onMore={() => void readMore()}
        onRetry={() => void retry()}
      />
    </aside>
  )
}
