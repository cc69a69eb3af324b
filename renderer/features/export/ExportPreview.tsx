import type { ExportPreview as Preview } from '../../state/exportStore.ts'
import { useMask } from '../../state/useMask.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RedactionRows } from './RedactionRows.tsx'
import styles from './ExportDialog.module.css'

export type ExportPreviewProps = { readonly preview: Preview; readonly onRetry: () => void }

/** How it begins (with secrets that stay in it as hidden as elsewhere), how large it is, what was taken out, and what is missing. */
export function ExportPreview({ preview, onRetry }: ExportPreviewProps) {
  const mask = useMask()
  if (preview.kind === 'failed') return <ErrorPanel error={preview.error} onRetry={onRetry} />
  if (preview.kind === 'planning')
    return <ProgressBar label="Looking at what it would be" {...preview} />
  const { name, head, sizeBytes, redaction, problems } = preview.plan
  return (
    <>
      <p className={styles.name}>
        <code title={name}>{name}</code>
        <span>{formatBytes(sizeBytes)}</span>
      </p>
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label="What is missing">
          {problems.slice(0, shownProblems).map(({ run, sentence }, index) => (
            <li key={`${run} ${index}`}>
              <code>{run}</code> {sentence}
            </li>
          ))}
          {problems.length > shownProblems && (
            <li>{`and ${formatCount(problems.length - shownProblems)} more`}</li>
          )}
        </ul>
      )}
      <RedactionRows report={redaction} />
      <div className={styles.head}>
        <CodeText label="How the file begins" text={linesOf(mask.text(head))} firstLine={1} />
      </div>
    </>
  )
}

const shownProblems = 5
const longestLine = 2000

/** A document on one line is as long as a line may be drawn. */
function linesOf(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join('\n')
}
