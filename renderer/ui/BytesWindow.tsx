import { BytesText, type BytesTextProps } from './BytesText.tsx'
import { Button } from './Button.tsx'
import { DamageMap } from './DamageMap.tsx'
import styles from './BytesWindow.module.css'

export type BytesWindowProps = BytesTextProps & {
  /** What else is to be known of how the file is written. */
  readonly note?: string | null
  readonly onEarlier: () => void
  readonly onLater: () => void
}

/** A part of a file with what is damaged in it, beside the map of all of it. */
export function BytesWindow({ note = null, onEarlier, onLater, ...text }: BytesWindowProps) {
  const { bytes, ranges, chosen, onLookAt } = text
  const { offset, nextOffset, sizeBytes } = bytes
  const end = nextOffset ?? sizeBytes
  return (
    <div className={styles.window}>
      {offset > 0 && (
        <Button size="s" variant="quiet" icon="arrowUp" onClick={onEarlier}>
          Show earlier bytes
        </Button>
      )}
      <div className={styles.mapped}>
        <div className={styles.code}>
          <BytesText {...text} />
        </div>
        <DamageMap
          sizeBytes={sizeBytes}
          from={offset}
          to={end}
          ranges={ranges}
          chosen={chosen}
          onChoose={onLookAt}
        />
      </div>
      {nextOffset !== null && (
        <Button size="s" variant="quiet" icon="arrowDown" onClick={onLater}>
          Show later bytes
        </Button>
      )}
      <p className={styles.note}>
        Bytes {offset.toLocaleString('en')} to {end.toLocaleString('en')} of{' '}
        {sizeBytes.toLocaleString('en')}
        {note !== null && ` ${note}`}
      </p>
    </div>
  )
}
