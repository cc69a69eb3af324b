import { isDeepStrictEqual } from 'node:util'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { AppError } from '../../shared/errors.ts'
import { CheckpointId } from '../../shared/schema/ids.ts'
import type { RecordBody, RecordOf } from '../../shared/schema/journal.ts'
import type { Checkpoint, Run } from '../../shared/schema/run.ts'
import type { StoredSession } from './openSession.ts'
import { clipName, findCheckpoint } from './sessionErrors.ts'
import { changeRecords } from './sessionRun.ts'
import type { SessionCheckpoint } from './sessions.ts'
import type { State } from './state.ts'

type ExistingSession = StoredSession & { readonly run: Run }

/** A checkpoint of the state as it will be after `ahead` records of the same write. */
export function checkpointRecord(
  run: Run,
  options: {
    readonly name: string
    readonly progress: number
    readonly parent: Checkpoint['id'] | null
    readonly ahead: number
  },
): RecordOf<'checkpoint'> {
  const { name, progress, parent, ahead } = options
  const id = CheckpointId.parse(`cp-${run.journal.seq + ahead + 1}`)
  return { type: 'checkpoint', id, parent, name, trigger: 'manual', step: null, progress }
}

/** Gives the state of a checkpoint. Throws `not-found`, or `corrupt` where the records that made it are lost. */
export function stateAt(
  { run, stored }: ExistingSession,
  { session, checkpoint: wanted }: { readonly session: string; readonly checkpoint: string },
): { readonly checkpoint: Checkpoint; readonly state: State } {
  const checkpoint = findCheckpoint(session, run.checkpoints, wanted)
  const journal = stored?.journal ?? null
  const then = journal === null ? null : readRunAt(journal, checkpoint.seq)
  if (then !== null) return { checkpoint, state: then.variables }
  throw new AppError(
    'corrupt',
    `The state at checkpoint "${checkpoint.name}" of session ${session} cannot be rebuilt: records before it are gone. Choose a later one.`,
    { session, run: run.id, checkpoint: checkpoint.id },
  )
}

/**
 * Makes the state that of a checkpoint, and begins a branch behind it. A state that no checkpoint has is made one before,
 * so that a restore takes nothing away.
 */
export function restoreRecords(
  open: ExistingSession,
  target: ReturnType<typeof stateAt>,
  by: string,
): readonly RecordBody[] {
  const { run } = open
  const { checkpoint, state } = target
  const kept = isKept(open)
    ? []
    : [
        checkpointRecord(run, {
          name: clipName(`before restoring ${checkpoint.name}`),
          progress: run.checkpoints.at(-1)?.progress ?? 0,
          parent: run.checkpoints.at(-1)?.id ?? null,
          ahead: 0,
        }),
      ]
  const change = changeRecords(run.variables, state, by)
  const { progress, id: parent } = checkpoint
  const restored = checkpointRecord(run, {
    name: clipName(`restored ${checkpoint.name}`),
    progress,
    parent,
    ahead: kept.length + change.length,
  })
  return [...kept, ...change, restored]
}

/** The state is that of its last checkpoint. */
function isKept({ run, stored }: ExistingSession): boolean {
  const last = run.checkpoints.at(-1)
  const journal = stored?.journal ?? null
  if (last === undefined || journal === null) return false
  return isDeepStrictEqual(readRunAt(journal, last.seq)?.variables, run.variables)
}

export function shownCheckpoint({ id, name, at, parent, progress }: Checkpoint): SessionCheckpoint {
  return { id, name, at, parent, progress }
}
