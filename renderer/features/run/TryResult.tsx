import type { CallOutput } from '../../../shared/contract/contract.ts'
import { useMask } from '../../state/useMask.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import { parseAnsi } from '../../ui/parseAnsi.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './TryStepForm.module.css'

export type TryResultProps = {
  readonly result: CallOutput<'step.try'>
  readonly tookMs: number
}

/** What came of a step that was tried: its outcome, what it returned, what it wrote. */
export function TryResult({ result, tookMs }: TryResultProps) {
  const mask = useMask()
  const { outcome, exitCode, error, output, log } = result
  return (
    <section className={styles.result} aria-label="What came of it">
      <p className={styles.outcome} role="status">
        <StatusWord status={outcome} pill />
        <span>
          after {formatDuration(tookMs)}
          {exitCode !== null && `, exit code ${exitCode}`}
        </span>
      </p>
      {error !== null && (
        <p className={styles.error}>
          {error.name}: {mask.text(error.message)}
        </p>
      )}
      {outcome === 'succeeded' && <Written title="Output">{mask.text(output)}</Written>}
      <Written title="Log">
        {plain(log) === '' ? 'It wrote nothing.' : mask.text(plain(log))}
      </Written>
    </section>
  )
}

function Written({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <div className={styles.written}>
      <h4>{title}</h4>
      {/* A text that scrolls is reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={title}>
        {children}
      </pre>
    </div>
  )
}

function plain(log: string): string {
  return parseAnsi(log)
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n')
    .trimEnd()
}
