import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import { proofOf } from '../../../shared/core/diagnose/proofOf.ts'
import type { RunStore } from '../../state/runStore.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { DiagnosisButton } from './DiagnosisButton.tsx'
import { LogTail } from './LogTail.tsx'
import type { RunRoute } from './RunPage.tsx'
import styles from './DiagnosisPanel.module.css'

export type DiagnosisPanelProps = {
  readonly detail: RunDetail
  readonly route: RunRoute
  readonly store: RunStore
  readonly onLock: () => void
}

/** Why the run does not move: one sentence, what proves it, one button that helps; then the end of the log, and what else is known. */
export function DiagnosisPanel({ detail, route, store, onLock }: DiagnosisPanelProps) {
  const [first, ...others] = detail.diagnoses
  if (first === undefined) return null
  const button = { detail, route, store, onLock }
  const log = proofOf(detail.diagnoses)
  return (
    <section className={styles.panel} data-severity={first.severity} aria-label="Diagnosis">
      <div className={styles.main}>
        <div className={styles.words}>
          <StatusWord status={first.severity} size="s" />
          <p className={styles.sentence}>{first.sentence}</p>
          <Evidence diagnosis={first} />
        </div>
        <DiagnosisButton diagnosis={first} {...button} isMain />
      </div>
      {log && (
        <LogTail
          reference={detail.ref}
          route={route}
          log={log}
          isLive={detail.liveness === 'alive'}
        />
      )}
      {others.length > 0 && (
        <ul className={styles.others} aria-label="Also">
          {others.map((other) => (
            <li key={`${other.rule} ${other.sentence}`} className={styles.other}>
              <StatusWord status={other.severity} size="s" />
              <span className={styles.also}>{other.sentence}</span>
              <DiagnosisButton diagnosis={other} {...button} isMain={false} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Evidence({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  // The log itself stands below.
  const shown = diagnosis.evidence.filter(({ label }) => !diagnosis.log || label !== 'Log')
  if (shown.length === 0) return null
  return (
    <dl className={styles.evidence}>
      {shown.map(({ label, value }) => (
        <div key={`${label} ${value}`}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
