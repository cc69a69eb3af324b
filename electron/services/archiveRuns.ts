import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { writeSealedStart } from '../../shared/core/codec/summaryLine.ts'
import { AppError, needsPassphrase } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ArchivedRun } from '../store/store.ts'
import { archiveCipher } from './archiveCipher.ts'
import { batch, type Unneeded } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { forgetArchive } from './unlockArchive.ts'

/** Moves runs at rest into the archive, one by one; what is told was read back. One that is there already is said to be. */
export function archiveRuns(
  context: ServiceContext,
  input: HandlerInput<'run.archive'>,
  options: HandlerOptions<'run.archive'>,
): Promise<CallOutput<'run.archive'>> {
  return moveRuns(context, options, {
    call: 'run.archive',
    runs: input.runs,
    move: (run) => archiveOne(context, run, input.passphrase ?? null),
  })
}

/** Puts archived runs back, one by one; what is told was read back. One that was not in the archive is said so. */
export function unarchiveRuns(
  context: ServiceContext,
  input: HandlerInput<'run.unarchive'>,
  options: HandlerOptions<'run.unarchive'>,
): Promise<CallOutput<'run.unarchive'>> {
  return moveRuns(context, options, {
    call: 'run.unarchive',
    runs: input.runs,
    move: (run) => unarchiveOne(context, run, input.passphrase ?? null),
  })
}

async function moveRuns(
  context: ServiceContext,
  options: HandlerOptions<'run.archive'> | HandlerOptions<'run.unarchive'>,
  work: {
    readonly call: string
    readonly runs: readonly RunId[]
    readonly move: (run: RunId) => Promise<ArchivedRun | Unneeded>
  },
): Promise<CallOutput<'run.archive'>> {
  const moved: ArchivedRun[] = []
  const items = work.runs.map((run) => ({
    item: run,
    work: async () => {
      const one = await work.move(run)
      context.emit('runs.changed', { runs: [run] })
      if ('because' in one) return one
      moved.push(one)
      return one.path
    },
  }))
  const rows = await batch(context, { call: work.call, rows: items }, options)
  return {
    rows: [...rows],
    archiveBytes: sum(moved.map(({ sizeBytes }) => sizeBytes)),
    plainBytes: sum(moved.map(({ plainBytes }) => plainBytes)),
  }
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}

/** Also of a run that is in the archive: what was cut short before is finished. */
async function archiveOne(
  context: ServiceContext,
  run: RunId,
  passphrase: string | null,
): Promise<ArchivedRun | Unneeded> {
  const found = await requireAtRest(context, run)
  const { rev, isArchived } = found
  if (found.isSealed && passphrase === null)
    return { result: null, because: 'It was in the archive already, encrypted.' }
  const seal =
    passphrase === null
      ? undefined
      : { ...archiveCipher(context, run, passphrase), clear: found.clear }
  const archived = await logged(
    context,
    { call: 'run.archive', item: run },
    () => context.store.archive(run, { ...(rev === null ? {} : { rev }), seal }),
    // What is encrypted comes back only with its passphrase, which is kept nowhere.
    () =>
      isArchived || seal !== undefined
        ? {}
        : { undo: { call: 'run.unarchive', item: run, target: null } },
  )
  await requireArchived(context, run, true)
  if (!isArchived) return archived
  const because =
    passphrase === null || found.isSealed
      ? 'It was in the archive already.'
      : 'It was in the archive already, and is not encrypted. Bring it back first to encrypt it.'
  return { result: archived.path, because }
}

async function unarchiveOne(
  context: ServiceContext,
  run: RunId,
  passphrase: string | null,
): Promise<ArchivedRun | Unneeded> {
  const cipher = passphrase === null ? undefined : archiveCipher(context, run, passphrase)
  const back = await logged(
    context,
    { call: 'run.unarchive', item: run },
    () => context.store.unarchive(run, { cipher }),
    (moved) => (moved === null ? {} : { undo: { call: 'run.archive', item: run, target: null } }),
  )
  forgetArchive(context, run)
  await requireArchived(context, run, false)
  return back ?? { result: null, because: 'It was not in the archive.' }
}

/** A run that goes on would lose its files under its feet; one that is damaged is repaired where it lies. */
async function requireAtRest(context: ServiceContext, id: RunId): Promise<AtRest> {
  const opened = await readUnlessSealed(context, id)
  if (opened === null)
    return { rev: null, isArchived: true, isSealed: true, clear: new Uint8Array() }
  const run = requireRun(opened)
  const { rev, archive } = opened.stored
  if (opened.health !== 'ok' && archive === null) {
    const message = `Run ${id} is damaged, so it was not archived. Repair it first: unstuck repair ${id}`
    throw new AppError('corrupt', message, { run: id })
  }
  if (!goingOn.has(run.status)) {
    const clear = Buffer.from(writeSealedStart(run, context.sha256))
    return { rev, isArchived: archive !== null, isSealed: false, clear }
  }
  const message =
    opened.liveness === 'interrupted'
      ? `Run ${id} was interrupted, so it was not archived. Resume it or cancel it first.`
      : `Run ${id} is ${run.status}, so it was not archived. Cancel it, or wait until it has ended.`
  throw new AppError('invalid-input', message, { run: id, status: run.status })
}

type AtRest = {
  /** Null where nobody can say. */
  readonly rev: string | null
  readonly isArchived: boolean
  readonly isSealed: boolean
  /** What may be read of it once it is encrypted. */
  readonly clear: Uint8Array
}

/** Null for a run that is in the archive and encrypted. */
async function readUnlessSealed(context: ServiceContext, id: RunId): Promise<OpenedRun | null> {
  try {
    const opened = await readStoredRun(context, id)
    // One that is open in memory lies where it lay.
    return opened.stored.archive?.isSealed === true ? null : opened
  } catch (error) {
    if (needsPassphrase(error)) return null
    throw error
  }
}

async function requireArchived(
  context: ServiceContext,
  run: RunId,
  isArchived: boolean,
): Promise<void> {
  const opened = await readUnlessSealed(context, run)
  if ((opened === null || opened.stored.archive !== null) === isArchived) return
  const where = isArchived ? 'not in the archive' : 'in the archive'
  throw new AppError('io', `Run ${run} is ${where} after it was moved. Look at it again.`, { run })
}

const goingOn: ReadonlySet<string> = new Set(['pending', 'running', 'waiting'])
