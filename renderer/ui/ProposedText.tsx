import type { MendedLine } from './CodeLine.tsx'
import { CodeText } from './CodeText.tsx'
import { formatBytes } from './formatBytes.ts'
import styles from './BytesWindow.module.css'

export type ProposedTextProps = {
  /** Of a long document its begin. */
  readonly text: string
  readonly sizeBytes: number
  readonly showLine: number | null
  readonly mendedLines: ReadonlyMap<number, MendedLine>
}

/** A document as it would be written, with the lines in which something is set right. */
export function ProposedText({ text, sizeBytes, showLine, mendedLines }: ProposedTextProps) {
  const isCut = text.length < sizeBytes && sizeBytes > shownBytes
  return (
    <div className={styles.window}>
      <div className={styles.code}>
        <CodeText
          label="Proposed document"
          text={text}
          showLine={showLine}
          mendedLines={mendedLines}
          wrap
        />
      </div>
      <p className={styles.note}>
        {isCut ? `Its beginning, of ${formatBytes(sizeBytes)}` : formatBytes(sizeBytes)}
      </p>
    </div>
  )
}

/** The contract gives at most this much of it. */
const shownBytes = 262_144
