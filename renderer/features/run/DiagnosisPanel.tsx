import { useState } from 'react'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis } from '../../../shared/core/diagnose/diagnosis.ts'
import { wholeReason } from '../../../shared/core/diagnose/wholeReason.ts'
import { proofOf } from '../../../shared/core/diagnose/proofOf.ts'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { isNative } from '../../state/makeRef.ts'
import { useMask } from '../../state/useMask.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { DiagnosisButton } from './DiagnosisButton.tsx'
import { LastGood } from './LastGood.tsx'
import { LogTail } from './LogTail.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TimedText } from '../../ui/TimedText.tsx'
import styles from './DiagnosisPanel.module.css'

export type DiagnosisPanelProps = {
  readonly detail: RunDetail
  readonly route: RunRoute
  readonly store: RunStore
  readonly onLock: () => void
  readonly onMap: () => void
}

/** Why the run does not move: one sentence, what proves it, one button that helps; then the end of the log, and what else is known. */
export function DiagnosisPanel({ detail, route, store, onLock, onMap }: DiagnosisPanelProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const mask = useMask()
  const [first, ...others] = detail.diagnoses.map(wholeReason)
  if (first === undefined) return null
  const button = { detail, route, store, onLock, onMap }
  // Documents of another format have no logs here.
  const log = isNative(detail.ref) ? proofOf(detail.diagnoses) : null
  const more = moreOf(others.length, log !== null)
  const isOpen = chosen ?? (route.tab === 'timeline' || window.innerHeight >= roomyHeight)
  return (
    <section className={styles.panel} data-severity={first.severity} aria-label="Diagnosis">
      <div className={styles.main}>
        <div className={styles.words}>
          <StatusWord status={first.severity} size="s" />
          <p className={styles.sentence}>
            <TimedText text={mask.text(first.sentence)} />
          </p>
          <Evidence diagnosis={first} />
          <div className={styles.further}>
            {canBeCompared(detail) && (
              <LastGood detail={detail} workflow={detail.run?.workflow.name ?? ''} />
            )}
            {more !== null && (!isOpen || route.tab !== 'timeline') && (
              <Button
                size="s"
                variant="quiet"
                icon={isOpen ? 'chevronDown' : 'chevronRight'}
                aria-expanded={isOpen}
                onClick={() => setChosen(!isOpen)}
              >
                {isOpen ? 'Show less' : more}
              </Button>
            )}
          </div>
        </div>
        <DiagnosisButton diagnosis={first} {...button} isMain />
      </div>
      {isOpen && log && (
        <LogTail
          reference={detail.ref}
          route={route}
          log={log}
          isLive={detail.liveness === 'alive'}
        />
      )}
      {isOpen && others.length > 0 && (
        <ul className={styles.others} aria-label="Also">
          {others.map((other) => (
            <li key={`${other.rule} ${other.sentence}`} className={styles.other}>
              <StatusWord status={other.severity} size="s" />
              <span className={styles.also}>
                <TimedText text={mask.text(other.sentence)} />
              </span>
              <DiagnosisButton diagnosis={other} {...button} isMain={false} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Something went wrong with it, or may have. */
function canBeCompared({ run, diagnoses, foreign }: RunDetail): boolean {
  const severity = diagnoses[0]?.severity
  if (run === null || run.status === 'completed' || foreign?.guesses !== undefined) return false
  return severity === 'stuck' || severity === 'attention'
}

/** In a window that is lower, what a person chose to look at below would have half of it. */
const roomyHeight = 1000

/** What is folded away; null: nothing. */
function moreOf(others: number, hasLog: boolean): string | null {
  const reasons = others === 0 ? null : `${others} more ${others === 1 ? 'reason' : 'reasons'}`
  const parts = [hasLog ? 'the end of the log' : null, reasons].filter((part) => part !== null)
  return parts.length === 0 ? null : `Show ${parts.join(' and ')}`
}

function Evidence({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const mask = useMask()
  // The log itself stands below.
  const shown = diagnosis.evidence.filter(({ label }) => !diagnosis.log || label !== 'Log')
  if (shown.length === 0) return null
  return (
    <dl className={styles.evidence}>
      {shown.map(({ label, value }) => (
        <div key={`${label} ${value}`}>
          <dt>{label}</dt>
          <dd>
            <TimedText text={mask.text(value)} label={label} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
