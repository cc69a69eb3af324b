import { RunId } from '../../../schema/ids.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { Run, RunError, RunStatus, StepState, StepStatus } from '../../../schema/run.ts'
import { textFinding } from '../../codec/headFinding.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import type { FileSet, FormatContext, FormatReading } from '../format.ts'
import { idAmong, stepIdsOf } from '../view/viewIds.ts'
import { plainJson } from '../text/plainJson.ts'
import { openSnapshot, skippedBecauseOf, type Snapshot, type TaskResult } from './snapshot.ts'
import { snapshotFindings } from './snapshotFindings.ts'
import { textIn } from '../textIn.ts'

const label = 'task-runner snapshot'

export const stepStatuses: ReadonlyMap<string, StepStatus> = new Map([
  ['success', 'succeeded'],
  ['failure', 'failed'],
  ['skipped', 'skipped'],
  ['cancelled', 'cancelled'],
])

export function readSnapshot(set: FileSet, context: FormatContext): FormatReading {
  const opened = openSnapshot(set)
  if (opened.kind === 'broken') {
    const finding = textFinding(textIn(set, set.document), {
      rule: 'F171',
      severity: 'error',
      sentence: `The snapshot cannot be read. ${opened.sentence}`,
      index: opened.index,
      pointer: null,
      remedy: 'Repair it from what of it is whole.',
      file: 'document',
    })
    const said = { status: null, steps: {} }
    return {
      label,
      version: null,
      isOld: false,
      run: null,
      said,
      findings: [finding],
      diagnoses: [],
      points: [],
    }
  }
  const { read } = opened
  const names = stepIdsOf(read.results.map(({ task }) => task))
  return {
    label,
    version: null,
    isOld: false,
    run: runOf(set, read, context),
    said: {
      status: null,
      steps: Object.fromEntries(
        read.results.map(({ task, status }) => [idAmong(names, task), status]),
      ),
    },
    findings: snapshotFindings(read),
    diagnoses: diagnosesOf(read),
    points: [],
  }
}

/** A snapshot has no name, no id and no time of its own: those of its file stand for them. */
function runOf(set: FileSet, read: Snapshot, context: FormatContext): Run {
  const { results, text } = read
  const names = stepIdsOf(results.map(({ task }) => task))
  const at = changedAt(set, context)
  const status = statusOf(results)
  const name = workflowName(set)
  return {
    id:
      RunId.safeParse(name.toLowerCase()).data ??
      RunId.parse(`tasks-${context.sha256(set.document).slice(0, 16)}`),
    kind: 'workflow',
    workflow: { name, version: null, source: null, digest: null, definition: null },
    status,
    createdAt: at,
    startedAt: null,
    updatedAt: at,
    finishedAt: null,
    place: { user: null, host: null, folder: null, environment: [] },
    error: errorOf(results),
    inputs: {},
    variables: {},
    steps: Object.fromEntries(
      results.map((result) => [idAmong(names, result.task), stepOf(result, text)]),
    ),
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

export function workflowName({ document }: FileSet): string {
  return document.slice(document.lastIndexOf('/') + 1).replace(/\.json$/i, '')
}

export function changedAt({ files, document }: FileSet, { now }: FormatContext): Timestamp {
  return files.find(({ path }) => path === document)?.modifiedAt ?? now
}

/** By the results alone: of a task that had not ended there is nothing. */
export function statusOf(results: readonly TaskResult[]): RunStatus {
  const has = (status: string) => results.some((result) => result.status === status)
  if (has('failure')) return 'failed'
  return has('cancelled') ? 'cancelled' : 'completed'
}

export function errorOf(results: readonly TaskResult[]): RunError | null {
  const failed = results.find(({ status }) => status === 'failure')
  if (failed === undefined) return null
  const message = `${failed.task} failed${failed.error === '' ? '' : `: ${failed.error}`}`
  return { name: 'TaskFailed', message, code: null, stack: null, step: failed.task }
}

function stepOf(result: TaskResult, text: string): StepState {
  const status = stepStatuses.get(result.status) ?? 'pending'
  const isCascade = skippedBecauseOf(result) !== null
  return {
    status,
    // Its times are of a clock that began with its process: no attempt can be dated.
    attempts: [],
    output: result.data === null ? null : plainJson(result.data, text),
    waitingOn: null,
    skippedBy: status === 'skipped' ? (isCascade ? 'dependency' : 'condition') : null,
    taskRunner: plainJson(result.node, text),
  }
}

function diagnosesOf({ results }: Snapshot): readonly Diagnosis[] {
  const failed = results.filter(({ status }) => status === 'failure')
  const open = results.filter(({ status }) => status !== 'success' && status !== 'failure')
  const names = stepIdsOf(results.map(({ task }) => task))
  const [first] = failed
  if (first === undefined)
    return [
      {
        rule: 'F177',
        severity: open.some(({ status }) => status === 'cancelled') ? 'stuck' : 'resting',
        sentence:
          'No task of it failed. Whether tasks are missing cannot be told: a task that has not ended has no place in a snapshot.',
        evidence: countsOf(results),
        action: { kind: 'none', label: 'Compare it with the list of its tasks', step: null },
        step: null,
      },
    ]
  const step = idAmong(names, first.task)
  const others = failed.length === 1 ? '' : `, as did ${failed.length - 1} more`
  const left = results.filter((result) => skippedBecauseOf(result) !== null)
  return [
    {
      rule: 'F177',
      severity: 'stuck',
      sentence: `Task ${first.task} failed${first.error === '' ? '' : `: ${first.error}`}${others}. ${left.length === 0 ? 'Nothing was skipped because of it.' : `Skipped because of a failure: ${left.map(({ task }) => task).join(', ')}.`}`,
      evidence: countsOf(results),
      action: { kind: 'none', label: 'Import it as a run', step },
      step,
    },
    {
      rule: 'F177',
      severity: 'attention',
      sentence: `Whether the workflow goes on without ${failed.map(({ task }) => task).join(', ')} (continueOnError) is not in the snapshot: what depends on such a task may have run all the same.`,
      evidence: [],
      action: { kind: 'none', label: 'Look at the code of the workflow', step: null },
      step,
    },
  ]
}

function countsOf(results: readonly TaskResult[]): Diagnosis['evidence'] {
  const counts = new Map<string, number>()
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => ({ label: status, value: String(count) }))
}
