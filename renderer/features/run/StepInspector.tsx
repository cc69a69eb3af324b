import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import type { WaitingOn } from '../../../shared/schema/run.ts'
import { assertNever } from '../../../shared/assert.ts'
import { knownEnd } from '../../state/knownEnd.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { Facts } from './Facts.tsx'
import { stepStatus } from './stepBars.ts'
import styles from './StepInspector.module.css'

export type StepInspectorProps = {
  readonly step: StepView
  readonly decisions: NonNullable<RunDetail['run']>['decisions']
}

export function StepInspector({ step, decisions }: StepInspectorProps) {
  return (
    <Panel title={`Step ${step.id}`} look="plain">
      <div className={styles.head}>
        <StatusWord status={stepStatus(step)} pill />
        <Badge tone={effectTones[step.sideEffects]} title="What repeating it may do">
          {effectWords[step.sideEffects]}
        </Badge>
      </div>
      {step.inDoubt && (
        <p className={styles.doubt}>
          It was begun and no result was recorded: it may already have had its effect.
        </p>
      )}
      <Facts
        facts={[
          ['Title', step.title],
          ['Needs', step.needs.join(', ')],
          ['Waits for', step.waitingOn && <Waiting key="waiting" on={step.waitingOn} />],
          ['Skipped by', step.skippedBy],
          ['Started', step.startedAt && <TimeText key="at" at={step.startedAt} />],
          ['Ended', step.finishedAt && <TimeText key="at" at={step.finishedAt} />],
        ]}
      />
      <ol className={styles.attempts} aria-label="Attempts">
        {step.attempts.map((attempt) => (
          <li key={attempt.number} className={styles.attempt}>
            <div className={styles.line}>
              <span>Attempt {attempt.number}</span>
              <StatusWord status={attempt.outcome ?? stepStatus(step)} size="s" />
              <span className={styles.age}>
                <AttemptLength step={step} attempt={attempt} decisions={decisions} />
              </span>
            </div>
            <Facts
              facts={[
                ['Error', attempt.error?.message],
                ['Exit code', attempt.exitCode],
                ['Process', attempt.finishedAt === null ? attempt.process?.pid : null],
              ]}
            />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type AttemptLengthProps = StepInspectorProps & { readonly attempt: StepView['attempts'][number] }

function AttemptLength({ step, attempt, decisions }: AttemptLengthProps) {
  const end = knownEnd(step, attempt, decisions)
  if (end === null && attempt.finishedAt !== null) return 'length unknown'
  return <AgeText since={attempt.startedAt} until={end ?? step.finishedAt} />
}

function Waiting({ on }: { readonly on: WaitingOn }) {
  switch (on.kind) {
    case 'retry':
      return (
        <>
          attempt {on.attempt}, due <TimeText at={on.until} />
        </>
      )
    case 'time':
      return <TimeText at={on.until} />
    case 'gate':
      return (
        <>
          {on.who ?? 'a decision'}, since <TimeText at={on.since} />
        </>
      )
    case 'run':
      return <a href={encodeRoute(runRoute(on.run))}>{on.run}</a>
    default:
      return assertNever(on)
  }
}

const effectWords = {
  none: 'no side effects',
  idempotent: 'idempotent',
  external: 'external effect',
  undeclared: 'effects undeclared',
} as const satisfies Record<StepView['sideEffects'], string>

const effectTones = {
  none: 'good',
  idempotent: 'good',
  external: 'warn',
  undeclared: 'warn',
} as const satisfies Record<StepView['sideEffects'], string>
