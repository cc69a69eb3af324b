import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import type { WaitingOn } from '../../../shared/schema/run.ts'
import { assertNever } from '../../../shared/assert.ts'
import { knownEnd } from '../../state/knownEnd.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { SinceText } from '../../ui/SinceText.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { focusGate } from './focusGate.ts'
import { stepStatus } from './stepBars.ts'
import { attemptWords, itemWords } from './stepProgress.ts'
import { StepEdits } from './StepEdits.tsx'
import { TryStep } from './TryStep.tsx'
import styles from './StepInspector.module.css'

export type StepInspectorProps = {
  readonly step: StepView
  readonly detail: RunDetail
}

export function StepInspector({ step, detail }: StepInspectorProps) {
  const mask = useMask()
  const decisions = detail.run?.decisions ?? []
  const child = detail.run?.children?.find((one) => one.step === step.id)
  const progress = step.items === undefined ? null : itemWords(step.items)
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
          ['Kind', step.kind],
          ['Item', step.item],
          ['Items', progress],
          ['Needs', step.needs.join(', ')],
          ['Waits for', step.waitingOn && <Waiting key="waiting" on={step.waitingOn} />],
          ['Run', child && step.waitingOn?.kind !== 'run' && <RunLink key="run" run={child.run} />],
          ['Skipped by', step.skippedBy],
          ['Started', step.startedAt && <TimeText key="at" at={step.startedAt} />],
          ['Ended', step.finishedAt && <TimeText key="at" at={step.finishedAt} />],
        ]}
      />
      {step.waitingOn?.kind === 'gate' && step.status === 'waiting' && (
        <Button icon="check" onClick={focusGate}>
          Decide…
        </Button>
      )}
      <TryStep step={step} detail={detail} />
      <StepEdits step={step} detail={detail} />
      <ol className={styles.attempts} aria-label="Attempts">
        {step.attempts.map((attempt) => (
          <li key={attempt.number} className={styles.attempt}>
            <div className={styles.line}>
              <span>
                {capital(attemptWords(step, attempt.number) ?? `attempt ${attempt.number}`)}
              </span>
              <StatusWord status={attempt.outcome ?? stepStatus(step)} size="s" />
              <span className={styles.age}>
                <AttemptLength step={step} attempt={attempt} decisions={decisions} />
              </span>
            </div>
            <Facts
              facts={[
                ['Error', attempt.error && mask.text(attempt.error.message)],
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

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function RunLink({ run }: { readonly run: string }) {
  return <a href={encodeRoute(runRoute(run))}>{run}</a>
}

type AttemptLengthProps = {
  readonly step: StepView
  readonly attempt: StepView['attempts'][number]
  readonly decisions: NonNullable<RunDetail['run']>['decisions']
}

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
          {on.who ?? 'a decision'}, since <SinceText at={on.since} />
          {typeof on.until === 'string' && (
            <>
              , deadline <TimeText at={on.until} />
            </>
          )}
        </>
      )
    case 'run':
      return <RunLink run={on.run} />
    case 'items':
      return `its ${on.total} items`
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
