import type { Json, Timestamp } from '../../../schema/json.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import type { FileSet, FormatChange, FormatContext } from '../format.ts'
import {
  isNothing,
  member,
  nodeAt,
  stringOf,
  stringsOf,
  type TextObject,
} from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import { changedSteps, type ChangedStep } from '../view/changedSteps.ts'
import { editMarsys } from './editMarsys.ts'
import { branchSteps } from './importMarsys.ts'
import { isPaused, openMarsys } from './marsysDocument.ts'
import { readMarsys } from './readMarsys.ts'
import { textIn } from '../textIn.ts'

/** [F135] The document of an imported run: the original, with what changed since put in as MARSYS would have. */
export function exportMarsys(set: FileSet, run: Run, context: FormatContext): FormatChange {
  const opened = openMarsys(textIn(set, set.document))
  const view = readMarsys(set, context).run
  if (opened.kind === 'broken' || opened.kind === 'lossy' || view === null) {
    return { kind: 'refused', problems: ['The original is no session that MARSYS could load.'] }
  }
  const { root, kind } = opened
  const changed = changedSteps(branchSteps(root, view.steps), run, 'branch')
  if (changed.kind === 'refused') return changed
  if (changed.steps.length === 0) return { kind: 'ok', changes: [], notes: [] }
  const patches =
    kind === 'snapshot'
      ? snapshotPatches(root, changed.steps, run)
      : legacyPatches(root, changed.steps, run)
  const edited = editMarsys(set, patches, context)
  if (edited.kind === 'refused') return edited
  const skipped = changed.steps.filter(({ state }) => state.status === 'skipped')
  const notes = skipped.map(
    ({ name }) => `${name} was skipped: MARSYS has no word for it but cancelled.`,
  )
  return { ...edited, notes: [...edited.notes, ...notes] }
}

function legacyPatches(
  root: TextObject,
  steps: readonly ChangedStep[],
  run: Run,
): readonly TextPatch[] {
  const changed = new Set(steps.map(({ name }) => name))
  const ended = endedIn(steps)
  const completed = stringsOf(member(root, 'completed_branches'))
  const begunAnew = completed.filter((name) => changed.has(name) && !ended.includes(name))
  const active = [...stringsOf(member(root, 'active_branches')), ...begunAnew]
  return [
    replace(['timestamp'], seconds(run.updatedAt)),
    ...steps.flatMap(({ name, state }) => [
      replace(['branches', name, 'state', 'status'], JSON.stringify(legacyWord(state))),
      replace(['branches', name, 'state', 'end_time'], endOf(state)),
      replace(['branches', name, 'state', 'error'], JSON.stringify(errorIn(state))),
    ]),
    replace(['active_branches'], namesAs(active.filter((name) => !ended.includes(name)))),
    replace(
      ['completed_branches'],
      namesAs([...completed.filter((name) => !changed.has(name)), ...ended]),
    ),
    ...steps
      .filter(({ state }) => isEnd(state))
      .flatMap(({ name, state }) => result(root, name, state)),
    ...(isPaused(root) && run.status !== 'paused'
      ? [replace(['metadata', 'paused'], 'false')]
      : []),
  ]
}

/** What MARSYS itself wrote of the way to an earlier result stays. */
function result(root: TextObject, name: string, state: StepState): readonly TextPatch[] {
  const path = ['branch_results', name]
  const told = {
    success: state.status === 'succeeded',
    final_response: state.output,
    error: errorIn(state),
  }
  if (nodeAt(root, path)?.kind === 'object')
    return Object.entries(told).map(([key, value]) => add([...path, key], value))
  const { error, ...outcome } = told
  const way = {
    total_steps: state.attempts.length,
    execution_trace: [],
    branch_memory: {},
    metadata: {},
  }
  return [add(path, { branch_id: name, ...outcome, ...way, error })]
}

function snapshotPatches(
  root: TextObject,
  steps: readonly ChangedStep[],
  run: Run,
): readonly TextPatch[] {
  const ended = endedIn(steps)
  const runnable = stringsOf(member(root, 'runnable'))
  const begunAnew = steps
    .filter(({ name, state }) => state.status === 'running' && !runnable.includes(name))
    .map(({ name }) => name)
  const left = runnable.filter((name) => !ended.includes(name))
  return [
    ...steps.flatMap((step) => branchPatches(root, step)),
    replace(['runnable'], namesAs([...left, ...begunAnew])),
    replace(['paused_at'], JSON.stringify(run.updatedAt.replace(/Z$/, '000Z'))),
  ]
}

/** A branch has arrived at its barrier, or failed there, or neither: what an earlier end left there goes. */
function branchPatches(root: TextObject, { name, state }: ChangedStep): readonly TextPatch[] {
  const at = ['branches', name]
  const barrier = stringOf(nodeAt(root, [...at, 'delivery_target'])) ?? ''
  const [holds, value] =
    state.status === 'succeeded'
      ? (['arrived', state.output] as const)
      : (['failed', errorIn(state)] as const)
  const place = (record: string) => ['barriers', barrier, record, name]
  const left = ['arrived', 'failed'].filter(
    (record) =>
      (record !== holds || !isEnd(state)) &&
      member(nodeAt(root, ['barriers', barrier, record]), name) !== null,
  )
  return [
    replace([...at, 'status'], JSON.stringify(snapshotWord(state))),
    ...(isEnd(state) && !isNothing(nodeAt(root, [...at, 'waiting_on']))
      ? [replace([...at, 'waiting_on'], 'null')]
      : []),
    ...left.map((record): TextPatch => ({ op: 'remove', path: place(record) })),
    ...(isEnd(state) && nodeAt(root, ['barriers', barrier, holds]) !== null
      ? [add(place(holds), value)]
      : []),
  ]
}

function endedIn(steps: readonly ChangedStep[]): readonly string[] {
  return steps.filter(({ state }) => isEnd(state)).map(({ name }) => name)
}

function namesAs(names: readonly string[]): string {
  return JSON.stringify(names)
}

function add(path: readonly string[], value: Json): TextPatch {
  return { op: 'add', path, value: JSON.stringify(value) }
}

function replace(path: readonly string[], value: string): TextPatch {
  return { op: 'replace', path, value }
}

function isEnd({ status }: StepState): boolean {
  return ['succeeded', 'failed', 'cancelled', 'skipped'].includes(status)
}

function legacyWord({ status }: StepState): string {
  if (status === 'succeeded') return 'completed'
  return status === 'skipped' ? 'cancelled' : status
}

function snapshotWord({ status }: StepState): string {
  if (status === 'succeeded') return 'TERMINATED'
  if (status === 'failed') return 'FAILED'
  if (status === 'cancelled' || status === 'skipped') return 'ABANDONED'
  return status === 'waiting' ? 'WAITING' : 'RUNNING'
}

function endOf(state: StepState): string {
  const at = state.attempts.at(-1)?.finishedAt ?? null
  return at === null ? 'null' : seconds(at)
}

/** Epoch seconds as Python writes a float. */
function seconds(at: Timestamp): string {
  const text = String(Date.parse(at) / 1000)
  return text.includes('.') ? text : `${text}.0`
}

function errorIn({ status, attempts }: StepState): string | null {
  return status === 'failed' ? (attempts.at(-1)?.error?.message ?? 'It failed.') : null
}
