import { assertNever } from '../../../assert.ts'
import type { Run } from '../../../schema/run.ts'
import type { Diagnosis, DiagnosisAction } from '../../diagnose/diagnosis.ts'
import { clip, elapsed, evidence, listed, noAction } from '../../diagnose/words.ts'
import type { FormatContext } from '../format.ts'
import { member, numberOf, stringsOf } from '../text/parseText.ts'
import {
  idOf,
  list,
  recordOf,
  table,
  tasksOf,
  textOf,
  wholeOf,
  type Store,
} from './storeDocument.ts'
import { stepOf } from './storeView.ts'
import {
  activeTask,
  approvalOf,
  failedTask,
  leftByAbort,
  readinessOf,
  statusOf,
  type LeftByAbort,
} from './taskStates.ts'

export type RunFacts = {
  readonly store: Store
  readonly item: string
  readonly run: Run
  readonly context: FormatContext
}

/** Why a run of the store does not move, and what multyagents would do wrong with it, most likely first. */
export function storeDiagnoses(facts: RunFacts): readonly Diagnosis[] {
  const { store, item, run, context } = facts
  const record = recordOf(store, 'workflow_runs', item)
  const word = textOf(record, 'status')
  const tasks = tasksOf(record)
  const active = tasks.filter((task) => activeTask.has(statusOf(store, task) ?? ''))
  const age = elapsed(run.updatedAt, context.now)
  if (word === 'success') {
    return [diagnosis('F159', { severity: 'resting', sentence: `Done; last change ${age} ago.` })]
  }
  const failed = failedTasks(facts, tasks)
  // Nobody goes on with it: what failed is told, and is nothing to do.
  if (word === 'aborted') {
    const told = failed.map((one): Diagnosis => ({ ...one, severity: 'resting', action: noAction }))
    return [...aborted(facts, leftByAbort(store, record), age), ...told]
  }
  return [
    ...failed,
    ...waits(facts, tasks),
    ...(word === 'paused' ? paused(active, age) : []),
    ...(active.length > 0 ? saidRunning(facts, active, age) : []),
  ]
}

/** [F155] What failed, of which kind it was, and whether multyagents tries it again by itself. */
function failedTasks({ store }: RunFacts, tasks: readonly string[]): readonly Diagnosis[] {
  return tasks
    .filter((task) => failedTask.has(statusOf(store, task) ?? ''))
    .map((task) => {
      const node = recordOf(store, 'tasks', task)
      const audit = recordOf(store, 'audits', task)
      const role = recordOf(store, 'roles', idOf(member(node, 'role_id')))
      const policy = member(member(role, 'execution_constraints'), 'retry_policy')
      const most = numberOf(member(policy, 'max_retries')) ?? 0
      const done = wholeOf(audit, 'retry_attempts') ?? 0
      const message = textOf(node, 'stderr') ?? textOf(node, 'runner_message')
      const step = stepOf(task)
      return diagnosis('F155', {
        severity: 'stuck',
        sentence: clip(
          `${titleOf(store, task)} ${statusOf(store, task) ?? 'failed'}${message === null ? '' : `: ${message}`}`,
        ),
        evidence: evidence(
          ['Message', textOf(node, 'runner_message')],
          ['Exit code', numberOf(member(node, 'exit_code'))],
          ['Kind', stringsOf(member(audit, 'failure_categories')).join(', ')],
          ['Hint', stringsOf(member(audit, 'failure_triage_hints'))[0]],
          ['Retries', most === 0 ? 'none: the role has no retry policy' : `${done} of ${most}`],
          ['Last retry', textOf(audit, 'last_retry_reason')],
        ),
        step,
        action: { kind: 'resume', label: 'Rerun it in multyagents', step },
      })
    })
}

/** [F154, F156] What each task that is not done waits for. */
function waits({ store, item }: RunFacts, tasks: readonly string[]): readonly Diagnosis[] {
  const record = table(store, 'workflow_runs').get(item)
  if (record === undefined) return []
  const ready: string[] = []
  const rows = tasks.flatMap((task): readonly Diagnosis[] => {
    const step = stepOf(task)
    const title = titleOf(store, task)
    const readiness = readinessOf(store, record, task)
    switch (readiness.kind) {
      case 'settled':
        return []
      case 'ready':
        ready.push(title)
        return []
      case 'approval':
        return [approval(store, task, readiness)]
      case 'artifact': {
        const from = readiness.from.map((one) => `task ${one}`)
        return [
          diagnosis('F156', {
            severity: 'stuck',
            sentence: clip(
              `${title} needs ${readiness.what}${from.length === 0 ? '' : ` of ${listed(from)}`}, which nobody published.`,
            ),
            step,
          }),
        ]
      }
      case 'lock':
        return [
          diagnosis('F156', {
            severity: 'attention',
            sentence: clip(
              `${title} waits for ${readiness.path}, which task ${readiness.holder} has locked.`,
            ),
            evidence: evidence(['Status of the holder', statusOf(store, readiness.holder)]),
            step,
          }),
        ]
      case 'needs': {
        const open = readiness.tasks.map((one) => titleOf(store, one))
        const isGone = readiness.tasks.some((one) => statusOf(store, one) === null)
        return [
          diagnosis('F156', {
            // What is not there is never done.
            severity: isGone ? 'stuck' : 'attention',
            sentence: clip(`${title} waits for ${listed(open)}.`),
            evidence: [
              ...readiness.tasks.map((one) => ({
                label: `Task ${one}`,
                value: statusOf(store, one) ?? 'not there',
              })),
              ...evidence(['Approval', approvalOf(store, task)?.word]),
            ],
            step,
          }),
        ]
      }
      default:
        return assertNever(readiness)
    }
  })
  const gates = rows.filter(({ rule }) => rule === 'F154')
  const others = rows.filter(({ rule }) => rule !== 'F154')
  return [...gates, ...readyTasks(item, ready), ...others]
}

/** [F154] multyagents names nobody: whoever reaches the API may decide. */
function approval(
  store: Store,
  task: string,
  { approval: id, word }: { readonly approval: string | null; readonly word: string | null },
): Diagnosis {
  const step = stepOf(task)
  const title = titleOf(store, task)
  const record = recordOf(store, 'approvals', id)
  const isRejected = word === 'rejected'
  const by = textOf(record, 'decided_by')
  return diagnosis('F154', {
    severity: 'stuck',
    sentence: clip(
      isRejected
        ? `${title} was rejected${by === null ? '' : ` by ${by}`}: it is never dispatched.`
        : `${title} waits for an approval; multyagents names nobody who should give it.`,
    ),
    evidence: evidence(
      ['Approval', id ?? 'none is there'],
      ['Comment', textOf(record, 'comment')],
      ['Decide with', id === null ? null : `POST /approvals/${id}/approve`],
    ),
    step,
    action: { kind: 'decide', label: 'Decide in multyagents', step },
  })
}

/** [F156] */
function readyTasks(item: string, ready: readonly string[]): readonly Diagnosis[] {
  if (ready.length === 0) return []
  return [
    diagnosis('F156', {
      severity: 'stuck',
      sentence: clip(`${listed(ready)} could be dispatched, and nobody does it.`),
      evidence: evidence(['Dispatch with', `POST /workflow-runs/${item}/dispatch-ready`]),
      action: { kind: 'resume', label: 'Dispatch it in multyagents', step: null },
    }),
  ]
}

/** [F157] */
function paused(active: readonly string[], age: string): readonly Diagnosis[] {
  const sentence =
    active.length === 0
      ? `Paused; last change ${age} ago.`
      : 'Paused, but its tasks go on: the next message of a runner makes it running again.'
  return [
    diagnosis('F157', {
      severity: active.length === 0 ? 'stuck' : 'attention',
      sentence,
      evidence: evidence(['Tasks that go on', active.join(', ')]),
      action: { kind: 'resume', label: 'Resume it in multyagents', step: null },
    }),
  ]
}

/** [F158] */
function aborted({ store }: RunFacts, left: LeftByAbort, age: string): readonly Diagnosis[] {
  const { active, held } = left
  const rest = diagnosis('F158', { severity: 'resting', sentence: `Aborted ${age} ago.` })
  if (active.length === 0 && held.length === 0) return [rest]
  const what = [
    ...(active.length === 0 ? [] : [`leaves ${active.length} of its tasks running`]),
    ...(held.length === 0 ? [] : [`keeps ${listed(held.map(({ path }) => path))} locked`]),
  ]
  const label = active.length === 0 ? 'Release the locks' : 'End what it left'
  return [
    diagnosis('F158', {
      severity: 'stuck',
      sentence: clip(`Aborted, but multyagents ${what.join(' and ')}.`),
      evidence: [
        ...active.map((task) => ({ label: `Task ${task}`, value: statusOf(store, task) ?? '' })),
        ...held.map(({ path, task }) => ({ label: path, value: `locked by task ${task}` })),
      ],
      action: { kind: 'repair', label, step: null },
    }),
  ]
}

/** [F159] The store knows no process: a runner may be gone for days. */
function saidRunning(
  { store, item, run }: RunFacts,
  active: readonly string[],
  age: string,
): readonly Diagnosis[] {
  const last = list(store, 'events').findLast((event) => idOf(member(event, 'run_id')) === item)
  return [
    diagnosis('F159', {
      severity: 'attention',
      sentence: clip(
        `${listed(active.map((task) => titleOf(store, task)))} is said to be running; last change ${age} ago.`,
      ),
      evidence: evidence(
        ['Last event', last === undefined ? null : textOf(last, 'event_type')],
        ['Last change', run.updatedAt],
        ...active.map(
          (task) =>
            [`Task ${task}`, textOf(recordOf(store, 'tasks', task), 'runner_message')] as const,
        ),
      ),
      step: active[0] === undefined ? null : stepOf(active[0]),
    }),
  ]
}

export function titleOf(store: Store, task: string): string {
  return textOf(recordOf(store, 'tasks', task), 'title') ?? `task ${task}`
}

type Told = Pick<Diagnosis, 'severity' | 'sentence'> &
  Partial<Pick<Diagnosis, 'evidence' | 'step'>> & { readonly action?: DiagnosisAction }

function diagnosis(rule: string, { severity, sentence, ...rest }: Told): Diagnosis {
  return { rule, severity, sentence, evidence: [], action: noAction, step: null, ...rest }
}
