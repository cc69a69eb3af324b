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
  const ended = new Set(steps.filter(({ state }) => isEnd(state)).map(({ name }) => name))
  const active = stringsOf(member(root, 'active_branches')).filter((name) => !ended.has(name))
  const completed = stringsOf(member(root, 'completed_branches')).filter((name) => !ended.has(name))
  return [
    replace(['timestamp'], seconds(run.updatedAt)),
    ...steps.flatMap(({ name, state }) => [
      replace(['branches', name, 'state', 'status'], JSON.stringify(legacyWord(state))),
      replace(['branches', name, 'state', 'end_time'], endOf(state)),
      replace(['branches', name, 'state', 'error'], JSON.stringify(errorIn(state))),
    ]),
    replace(['active_branches'], JSON.stringify(active)),
    replace(['completed_branches'], JSON.stringify([...completed, ...ended])),
    ...steps
      .filter(({ state }) => isEnd(state))
      .map(({ name, state }) => result(root, name, state)),
    ...(isPaused(root) && run.status !== 'paused'
      ? [replace(['metadata', 'paused'], 'false')]
      : []),
  ]
}

function result(root: TextObject, name: string, state: StepState): TextPatch {
  const known = nodeAt(root, ['branch_results', name])
  const value: Json = {
    branch_id: name,
    success: state.status === 'succeeded',
    final_response: state.output,
    total_steps: known === null ? state.attempts.length : 0,
    execution_trace: [],
    branch_memory: {},
    metadata: {},
    error: errorIn(state),
  }
  return { op: 'add', path: ['branch_results', name], value: JSON.stringify(value) }
}

function snapshotPatches(
  root: TextObject,
  steps: readonly ChangedStep[],
  run: Run,
): readonly TextPatch[] {
  const ended = new Set(steps.filter(({ state }) => isEnd(state)).map(({ name }) => name))
  const runnable = stringsOf(member(root, 'runnable')).filter((name) => !ended.has(name))
  return [
    ...steps.flatMap(({ name, state }): readonly TextPatch[] => {
      const at = ['branches', name]
      const barrier = stringOf(nodeAt(root, [...at, 'delivery_target']))
      const holds = state.status === 'succeeded' ? 'arrived' : 'failed'
      const value = state.status === 'succeeded' ? state.output : errorIn(state)
      const isThere = barrier !== null && nodeAt(root, ['barriers', barrier, holds]) !== null
      return [
        replace([...at, 'status'], JSON.stringify(snapshotWord(state))),
        ...(isNothing(nodeAt(root, [...at, 'waiting_on'])) || !isEnd(state)
          ? []
          : [replace([...at, 'waiting_on'], 'null')]),
        ...(isThere && isEnd(state)
          ? [
              {
                op: 'add' as const,
                path: ['barriers', barrier, holds, name],
                value: JSON.stringify(value),
              },
            ]
          : []),
      ]
    }),
    replace(['runnable'], JSON.stringify(runnable)),
    replace(['paused_at'], JSON.stringify(run.updatedAt.replace(/Z$/, '000Z'))),
  ]
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
