import { z } from 'zod'
import type { Json } from '../../../schema/json.ts'
import { ownValue } from '../../../schema/json.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import type { FileSet, FormatChange } from '../format.ts'
import type { TextPatch } from '../text/patchText.ts'
import { plainJson } from '../text/plainJson.ts'
import { editSnapshot } from './editSnapshot.ts'
import { stepStatuses } from './readSnapshot.ts'
import { openSnapshot, type TaskResult } from './snapshot.ts'

const ImportedFrom = z.looseObject({
  format: z.literal('task-runner'),
  document: z.string(),
  /** By task the step that it is. */
  tasks: z.record(z.string(), z.string()),
})

/** [F181] The snapshot with what became of the tasks since; byte for byte the original when nothing did. */
export function exportSnapshot(original: FileSet, run: Run): FormatChange {
  const from = ImportedFrom.safeParse(run['importedFrom']).data
  if (from === undefined) return refused('The run was not imported from a snapshot of task-runner.')
  const opened = openSnapshot(original)
  if (opened.kind === 'broken') return refused(`The original cannot be read. ${opened.sentence}`)
  const { text, results } = opened.read
  const patches = Object.entries(from.tasks).flatMap(([task, step]): readonly TextPatch[] => {
    const state = ownValue<StepState>(run.steps, step)
    const before = results.find((result) => result.task === task)
    if (state === undefined || isUnchanged(state, before, text)) return []
    const result = resultOf(state)
    return result === null
      ? []
      : [{ op: 'add', path: [task], value: JSON.stringify(result, null, 2) }]
  })
  const edited = editSnapshot(original, patches)
  if (edited.kind === 'refused') return edited
  const written = edited.changes[0]?.text ?? text
  return {
    kind: 'ok',
    changes: [{ path: original.document, text: written, why: 'the snapshot' }],
    notes:
      patches.length === 0
        ? []
        : ['New results have no `metrics`: those of a snapshot are of a clock of its process.'],
  }
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

/** What the run has not tried since is as the snapshot says it. */
function isUnchanged(state: StepState, before: TaskResult | undefined, text: string): boolean {
  if (state.attempts.length > 0 || before === undefined) return false
  if (stepStatuses.get(before.status) !== state.status && state.status !== 'pending') return false
  if (state.status !== 'succeeded') return true
  const output = before.data === null ? null : plainJson(before.data, text)
  return JSON.stringify(output) === JSON.stringify(state.output)
}

/** Null for a task that has not ended: it has no place in a snapshot. */
function resultOf({ status, output, attempts, skippedBy }: StepState): Json {
  const message = attempts.at(-1)?.error?.message
  switch (status) {
    case 'succeeded':
      return { status: 'success', ...(output === null ? {} : { data: output }) }
    case 'failed':
      return { status: 'failure', error: message ?? 'It failed.' }
    case 'cancelled':
      return { status: 'cancelled', ...(message === undefined ? {} : { message }) }
    case 'skipped':
      return {
        status: 'skipped',
        ...(skippedBy === 'condition' ? { message: 'Skipped by condition evaluation.' } : {}),
      }
    default:
      return null
  }
}
