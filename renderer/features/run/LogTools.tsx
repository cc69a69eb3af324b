import { useState } from 'react'
import type { SliceState } from '../../state/sliceStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { plainText } from '../../ui/plainText.ts'
import { TabBar } from './TabBar.tsx'
import styles from './LogTools.module.css'
import tab from './tab.module.css'

export type LogToolsProps = {
  readonly log: SliceState
  readonly isLive: boolean
  readonly follows: boolean
  readonly wraps: boolean
  readonly onWrap: (wraps: boolean) => void
  /** To a byte of the log; null: to its end. */
  readonly onGo: (offset: number | null) => void
  readonly onEarlier: () => void
}

/** How the log is shown, and which part of it. */
export function LogTools(props: LogToolsProps) {
  const { log, isLive, follows, wraps, onWrap, onGo, onEarlier } = props
  const { startOffset, endOffset, sizeBytes } = log
  const isWhole = startOffset === 0 && endOffset === sizeBytes
  return (
    <TabBar>
      <Checkbox label="Wrap lines" checked={wraps} onChange={onWrap} />
      {!isWhole && (
        <>
          <Button size="s" variant="quiet" icon="arrowUp" onClick={() => onGo(0)}>
            Start
          </Button>
          <Place log={log} onGo={onGo} />
          {startOffset > 0 && (
            <Button size="s" variant="quiet" onClick={onEarlier}>
              Read earlier
            </Button>
          )}
        </>
      )}
      {(!isWhole || isLive) && (
        <Button
          size="s"
          variant="quiet"
          icon="arrowDown"
          disabled={follows}
          onClick={() => onGo(null)}
        >
          {isLive ? 'Follow the end' : 'End'}
        </Button>
      )}
      <span className={tab.push} aria-live="polite">
        {isLive && follows && 'Following · '}
        {isWhole
          ? formatBytes(sizeBytes)
          : `${formatBytes(startOffset)} to ${formatBytes(endOffset)} of ${formatBytes(sizeBytes)}`}
      </span>
      <CopyButton text={plainText(log.text)} what={isWhole ? 'log' : 'what is shown of the log'} />
    </TabBar>
  )
}

type PlaceProps = Pick<LogToolsProps, 'log' | 'onGo'>

/** Goes to a place when it is let go, not at every place on the way. */
function Place({ log, onGo }: PlaceProps) {
  const [dragged, setDragged] = useState<number | null>(null)
  const permille = Math.round((log.startOffset / log.sizeBytes) * 1000)
  const value = dragged ?? permille
  const settle = () => {
    if (dragged === null) return
    setDragged(null)
    onGo(Math.floor((dragged / 1000) * log.sizeBytes))
  }
  return (
    <input
      className={styles.place}
      type="range"
      aria-label="Place in the log"
      aria-valuetext={`${(value / 10).toFixed(1)} %`}
      min={0}
      max={1000}
      value={value}
      onChange={(event) => setDragged(event.target.valueAsNumber)}
      onPointerUp={settle}
      onKeyUp={settle}
      onBlur={settle}
    />
  )
}
