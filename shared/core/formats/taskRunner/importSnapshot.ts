import { RunId } from '../../../schema/ids.ts'
import { ownValue, type Timestamp } from '../../../schema/json.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import { WorkflowDefinition } from '../../../schema/workflow.ts'
import { findProblems } from '../../graph/findProblems.ts'
import type { FileSet, FormatContext, FormatImport } from '../format.ts'
import { stepIdsOf } from '../view/viewIds.ts'
import { plainJson } from '../text/plainJson.ts'
import { changedAt, errorOf, statusOf, stepStatuses, workflowName } from './readSnapshot.ts'
import {
  isDryRun,
  isSkippedByCondition,
  openSnapshot,
  skippedBecauseOf,
  taskStatuses,
  type Snapshot,
  type TaskResult,
} from './snapshot.ts'

type Commands = Readonly<Record<string, string>>

/** [F180] A run of ours that does what the snapshot has not: how each task is run is given, by its name. */
export function importSnapshot(
  set: FileSet,
  options: { readonly commands: Commands; readonly id: string },
  context: FormatContext,
): FormatImport {
  const opened = openSnapshot(set)
  if (opened.kind === 'broken')
    return refused([`The snapshot cannot be imported. ${opened.sentence}`])
  const id = RunId.safeParse(options.id)
  if (!id.success) return refused([`${options.id} is no id of a run.`])
  const { read } = opened
  const problems = problemsOf(read, options.commands)
  if (problems.length > 0) return refused(problems)
  const ids = stepIdsOf([...read.results.map(({ task }) => task), ...Object.keys(options.commands)])
  const made = definitionOf(set, read, { commands: options.commands, ids })
  if (!made.success)
    return refused(
      made.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}.`),
    )
  const circles = findProblems(made.data).map(({ sentence }) => sentence)
  if (circles.length > 0) return refused(circles)
  const run = runOf(read, { id: id.data, at: changedAt(set, context), ids, definition: made.data })
  const importedFrom = {
    format: 'task-runner',
    document: set.document,
    tasks: Object.fromEntries(ids),
  }
  return {
    kind: 'ok',
    run: { ...run, importedFrom },
    notes: notesOf(read, options.commands),
  }
}

function refused(problems: readonly string[]): FormatImport {
  return { kind: 'refused', problems }
}

function problemsOf({ results }: Snapshot, commands: Commands): readonly string[] {
  return results.flatMap((result) => {
    const { task, status } = result
    if (!taskStatuses.some((one) => one === status))
      return [`The status "${status}" of ${task} is not known.`]
    if (isDryRun(result)) return [`The result of ${task} is that of a dry run: take it out first.`]
    const isOpen = status !== 'success' && !isSkippedByCondition(result)
    return isOpen && ownValue(commands, task) === undefined
      ? [`How ${task} is run is not in the snapshot: give its command.`]
      : []
  })
}

type Known = { readonly commands: Commands; readonly ids: ReadonlyMap<string, string> }

function definitionOf(set: FileSet, { results }: Snapshot, { commands, ids }: Known) {
  const known = new Set(results.map(({ task }) => task))
  const added = Object.keys(commands).filter((task) => !known.has(task))
  const name = workflowName(set)
    .replaceAll(/[^A-Za-z0-9 ._-]/g, '-')
    .slice(0, 80)
  return WorkflowDefinition.safeParse({
    name: /^[A-Za-z0-9]/.test(name) ? name : 'tasks',
    // Which task needs which is mostly not known: one after the other, in the order of the snapshot.
    parallel: 1,
    steps: Object.fromEntries([
      ...results.map((result) => [ids.get(result.task), stepOf(result, { commands, ids })]),
      ...added.map((task) => [ids.get(task), { title: task.slice(0, 200), run: commands[task] }]),
    ]),
  })
}

function stepOf(result: TaskResult, { commands, ids }: Known): object {
  const { task } = result
  const command = ownValue(commands, task)
  const need = skippedBecauseOf(result)
  const needed = need === null ? undefined : ids.get(need)
  return {
    title: task.slice(0, 200),
    run: command ?? 'echo "How this task is run is not known." >&2; exit 1',
    ...(needed === undefined ? {} : { needs: [needed] }),
    ...(command === undefined && isSkippedByCondition(result) ? { when: 'false' } : {}),
  }
}

function runOf(
  read: Snapshot,
  known: {
    readonly id: RunId
    readonly at: Timestamp
    readonly ids: ReadonlyMap<string, string>
    readonly definition: WorkflowDefinition
  },
): Run {
  const { id, at, ids, definition } = known
  const { results, text } = read
  const states = new Map(
    results.map((result) => [ids.get(result.task) ?? '', stateOf(result, text, definition, ids)]),
  )
  const steps = Object.keys(definition.steps).map((step): [string, StepState] => [
    step,
    states.get(step) ?? notRun,
  ])
  const isOpen = steps.some(([, { status }]) => status === 'pending')
  const said = statusOf(results)
  const status = said === 'completed' && isOpen ? 'paused' : said
  return {
    id,
    kind: 'workflow',
    workflow: { name: definition.name, version: null, source: null, digest: null, definition },
    status,
    createdAt: at,
    startedAt: at,
    updatedAt: at,
    finishedAt: status === 'paused' ? null : at,
    place: { user: null, host: null, folder: null, environment: [] },
    error: errorOf(results),
    inputs: {},
    variables: {},
    steps: Object.fromEntries(steps),
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

const notRun: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

function stateOf(
  result: TaskResult,
  text: string,
  definition: WorkflowDefinition,
  ids: ReadonlyMap<string, string>,
): StepState {
  const status = stepStatuses.get(result.status) ?? 'pending'
  if (status === 'skipped') {
    const step = ownValue<WorkflowDefinition['steps'][never]>(
      definition.steps,
      ids.get(result.task) ?? '',
    )
    if (skippedBecauseOf(result) !== null) return { ...notRun, status, skippedBy: 'dependency' }
    return step?.when === undefined ? notRun : { ...notRun, status, skippedBy: 'condition' }
  }
  const output =
    result.data === null || status !== 'succeeded' ? null : plainJson(result.data, text)
  return { ...notRun, status, output }
}

function notesOf({ results }: Snapshot, commands: Commands): readonly string[] {
  const known = new Set(results.map(({ task }) => task))
  const unknown = results.filter(
    ({ task, status }) => status === 'success' && ownValue(commands, task) === undefined,
  )
  return [
    'Tasks run one after the other, in the order of the snapshot: which needs which is not in it.',
    ...results.flatMap((result) => {
      const need = skippedBecauseOf(result)
      return need === null
        ? []
        : [`${result.task} needs ${need}: inferred from why it was skipped.`]
    }),
    ...(unknown.length === 0
      ? []
      : [
          `How ${unknown.map(({ task }) => task).join(', ')} ran is not known: their results are used, and they cannot run again.`,
        ]),
    ...results
      .filter((result) => isSkippedByCondition(result))
      .map(({ task }) =>
        ownValue(commands, task) === undefined
          ? `${task} stays skipped: its condition is not in the snapshot.`
          : `${task} was skipped by a condition that is not in the snapshot: it runs now.`,
      ),
    ...Object.keys(commands)
      .filter((task) => !known.has(task))
      .map((task) => `${task} has no result: it is taken for a task that has not run.`),
    'When a task ran is not known: its times are of a clock that began with its process.',
  ]
}
