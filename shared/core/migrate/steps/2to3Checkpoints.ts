import { CheckpointId } from '../../../schema/ids.ts'
import type { Checkpoint } from '../../../schema/run.ts'
import type { CheckpointV2 } from '../../../schema/versions/v2.ts'
import { counted, isEmpty, otherFields } from '../migrationStep.ts'
import { timestampOf } from '../time.ts'
import type { StepsContext } from './2to3Steps.ts'

type CheckpointsContext = Pick<StepsContext, 'names' | 'note' | 'at'>

const closedNote = 'Made before the migration: no journal goes back to it, so it cannot be opened.'

/** Checkpoints as marks in time: the state that each stood for was never kept by version 2. */
export function checkpointsOf(
  checkpoints: readonly CheckpointV2[],
  context: CheckpointsContext,
): Checkpoint[] {
  if (checkpoints.length > 0) {
    context.note(
      `Version 2 kept no state for its ${counted(checkpoints.length, 'checkpoint')}: kept as marks in time, they cannot be opened one by one.`,
    )
  }
  return withIds(checkpoints).map(({ checkpoint, id }) => {
    if (id !== checkpoint.id) context.note(`The checkpoint "${checkpoint.id}" is called ${id}.`)
    return checkpointOf(checkpoint, id, context)
  })
}

/** Ids that can be kept are kept first, whatever another one would become. */
function withIds(
  checkpoints: readonly CheckpointV2[],
): readonly { readonly checkpoint: CheckpointV2; readonly id: CheckpointId }[] {
  const taken = new Set<string>()
  const kept = checkpoints.map(({ id }) => {
    const valid = taken.has(id) ? undefined : CheckpointId.safeParse(id).data
    if (valid !== undefined) taken.add(valid)
    return valid
  })
  return checkpoints.map((checkpoint, index) => {
    const id = kept[index] ?? freeId(checkpoint.id, index, taken)
    taken.add(id)
    return { checkpoint, id }
  })
}

function freeId(old: string, index: number, taken: ReadonlySet<string>): CheckpointId {
  const stem = old === '' ? 'checkpoint' : old.slice(0, 180)
  for (let number = index + 1; ; number += 1) {
    const id = `${stem}-${number}`
    if (!taken.has(id)) return CheckpointId.parse(id)
  }
}

const triggers: ReadonlyMap<string, Checkpoint['trigger']> = new Map([
  ['every_step', 'step'],
  ['every_n_steps', 'step'],
  ['on_gates', 'gate'],
  ['time_based', 'time'],
  ['manual', 'manual'],
] as const)

function checkpointOf(
  checkpoint: CheckpointV2,
  id: CheckpointId,
  { names, note, at }: CheckpointsContext,
): Checkpoint {
  const { step, trigger = '', progress = 0, timestamp } = checkpoint
  const time = timestampOf(timestamp)
  if (time === null) {
    note(
      `The checkpoint ${id} was made at ${timestamp}, which is no time: the time of the migration is taken.`,
    )
  }
  const found = step === null || step === undefined ? null : names.find(step)
  const known = triggers.get(trigger)
  const fields = {
    ...otherFields(checkpoint, ['id', 'step', 'trigger', 'progress', 'timestamp']),
    ...(known === undefined && trigger !== '' ? { trigger } : {}),
    ...(found === null && typeof step === 'string' ? { step } : {}),
  }
  return {
    id,
    parent: null,
    seq: 1,
    name: id,
    trigger: known ?? 'migration',
    step: found,
    progress: Math.min(1, Math.max(0, progress / 100)),
    at: time ?? at,
    note: closedNote,
    ...(isEmpty(fields) ? {} : { migratedFrom: fields }),
  }
}
