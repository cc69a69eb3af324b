import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import type { RunStore } from '../../state/runStore.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { DiagnosisButton } from './DiagnosisButton.tsx'
import type { RunRoute } from './RunPage.tsx'
import styles from './DiagnosisPanel.module.css'

export type DiagnosisPanelProps = {
  readonly detail: RunDetail
  readonly route: RunRoute
  readonly store: RunStore
}

/** Why the run does not move: one sentence, what proves it, one button that helps. */
export function DiagnosisPanel({ detail, route, store }: DiagnosisPanelProps) {
  const [first, ...others] = detail.diagnoses
  if (first === undefined) return null
  return (
    <section className={styles.panel} data-severity={first.severity} aria-label="Diagnosis">
      <div className={styles.main}>
        <div className={styles.words}>
          <StatusWord status={first.severity} size="s" />
          <p className={styles.sentence}>{first.sentence}</p>
          <Evidence diagnosis={first} />
        </div>
        <DiagnosisButton diagnosis={first} detail={detail} route={route} store={store} isMain />
      </div>
      {others.length > 0 && (
        <ul className={styles.others} aria-label="Also">
          {others.map((other) => (
            <li key={`${other.rule} ${other.sentence}`} className={styles.other}>
              <StatusWord status={other.severity} size="s" />
              <span className={styles.also}>{other.sentence}</span>
              <DiagnosisButton
                diagnosis={other}
                detail={detail}
                route={route}
                store={store}
                isMain={false}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Evidence({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  if (diagnosis.evidence.length === 0) return null
  return (
    <dl className={styles.evidence}>
      {diagnosis.evidence.map(({ label, value }) => (
        <div key={`${label} ${value}`}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
