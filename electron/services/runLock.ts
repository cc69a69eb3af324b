import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { runIdOf } from './refs.ts'

export async function readLock(
  context: ServiceContext,
  input: HandlerInput<'lock.get'>,
): Promise<CallOutput<'lock.get'>> {
  const { holder } = await context.store.read(runIdOf(context, input.ref))
  if (holder === null) return { holder, state: null, heldHere: false }
  const state = await context.store.holderState(holder)
  return { holder, state, heldHere: context.store.isHeldHere(holder) }
}

/** A person's word that a holder is gone, where nothing proves it. Recorded, and read back. */
export async function breakRunLock(
  context: ServiceContext,
  input: HandlerInput<'lock.break'>,
): Promise<CallOutput<'lock.break'>> {
  const run = runIdOf(context, input.ref)
  const { holder, state } = await readLock(context, input)
  if (holder === null)
    throw new AppError('not-found', `Nobody holds run ${run}: there is no lock to break.`, { run })
  requireSame(holder, input.holder)
  if (state === 'alive') throw aliveError(holder)

  await logged(context, { call: 'lock.break', item: run }, () => context.store.breakLock(holder))
  context.emit('runs.changed', { runs: [run] })
  const after = await context.store.read(run)
  return { observed: after.holder === null }
}

function requireSame(holder: LockHolder, seen: HandlerInput<'lock.break'>['holder']): void {
  const isSame =
    holder.pid === seen.pid && holder.epoch === seen.epoch && holder.since === seen.since
  if (isSame) return
  throw new AppError(
    'stale',
    `Run ${holder.run} is held by another process than the one you looked at. Look again.`,
    { run: holder.run, holder },
  )
}

function aliveError(holder: LockHolder): AppError {
  return new AppError(
    'locked',
    `Process ${holder.pid} on ${holder.hostName} lives and holds run ${holder.run}: its lock is not broken. Pause or cancel the run, or end that process.`,
    { run: holder.run, holder },
  )
}
