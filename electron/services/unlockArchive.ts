import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { archiveCipher } from './archiveCipher.ts'
import type { ServiceContext } from './context.ts'
import type { OpenedRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** [X136] Nothing of it is written, so nothing of it is in the operations log. */
export async function unlockArchive(
  context: ServiceContext,
  { ref, passphrase }: HandlerInput<'archive.unlock'>,
): Promise<CallOutput<'archive.unlock'>> {
  const run = runIdOf(context, ref)
  const opened = await context.openedArchives.tryOne(() =>
    context.store.unlockArchive(run, archiveCipher(context, run, passphrase)),
  )
  if (opened === null) return { unlocked: false }
  context.archivesElsewhere?.take(opened)
  context.openedArchives.lockLater(run, () => lock(context, run))
  context.emit('runs.changed', { runs: [run] })
  return { unlocked: true }
}

/** [X138] */
export async function lockArchive(
  context: ServiceContext,
  { ref }: HandlerInput<'archive.lock'>,
): Promise<CallOutput<'archive.lock'>> {
  return { locked: lock(context, runIdOf(context, ref)) }
}

function lock(context: ServiceContext, run: RunId): boolean {
  const wasOpen = forgetArchive(context, run)
  if (wasOpen) context.emit('runs.changed', { runs: [run] })
  return wasOpen
}

/** Wipes it here and on every other thread. */
export function forgetArchive(context: ServiceContext, run: RunId): boolean {
  const locked = context.store.lockArchive(run)
  context.states.forget()
  context.archivesElsewhere?.lock([run])
  return locked.length > 0
}

/** [X139] What is encrypted goes plain to no disk unless a person brings it back. */
export function refuseSealed({ stored }: Pick<OpenedRun, 'stored'>, what: string): void {
  if (stored.archive?.isSealed !== true) return
  const { id } = stored
  const message = `Run ${id} is encrypted in the archive and open to be read only, so ${what}: its state would lie plain on the disk. Bring it back first: unstuck unarchive ${id} --passphrase-file -`
  throw new AppError('invalid-input', message, { run: id, archived: true })
}
