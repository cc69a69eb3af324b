import type { Evidence } from '../../state/resumeStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './StepQuestion.module.css'

export type StepEvidenceProps = { readonly step: string; readonly evidence: Evidence }

/** The end of the step's last log: what it said before it was cut off. */
export function StepEvidence({ step, evidence }: StepEvidenceProps) {
  const mask = useMask()
  return (
    <figure className={styles.evidence} aria-label={`Last log lines of ${step}`}>
      <figcaption className={styles.caption}>Last log lines of {step}</figcaption>
      {evidence.kind === 'loading' && <Spinner label="Reading the log" size="s" />}
      {evidence.kind === 'none' && <p className={styles.absent}>It has written no log.</p>}
      {evidence.kind === 'failed' && <p className={styles.absent}>{evidence.error.message}</p>}
      {evidence.kind === 'ready' && (
        <pre className={styles.log}>
          {evidence.isCut ? '…\n' : ''}
          {mask.text(evidence.text)}
        </pre>
      )}
    </figure>
  )
}
