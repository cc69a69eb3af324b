import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ArchivedRun } from '../store/store.ts'
import { batch, type Unneeded } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'

/** Moves runs at rest into the archive, one by one; what is told was read back. One that is there already is said to be. */
export function archiveRuns(
  context: ServiceContext,
  input: HandlerInput<'run.archive'>,
  options: HandlerOptions<'run.archive'>,
): Promise<CallOutput<'run.archive'>> {
  return moveRuns(context, options, {
    call: 'run.archive',
    runs: input.runs,
    move: (run) => archiveOne(context, run),
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
    move: (run) => unarchiveOne(context, run),
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
async function archiveOne(context: ServiceContext, run: RunId): Promise<ArchivedRun | Unneeded> {
  const { rev, isArchived } = await requireAtRest(context, run)
  const archived = await logged(
    context,
    { call: 'run.archive', item: run },
    () => context.store.archive(run, { rev }),
    () => (isArchived ? {} : { undo: { call: 'run.unarchive', item: run, target: null } }),
  )
  await requireArchived(context, run, true)
  if (!isArchived) return archived
  return { result: archived.path, because: 'It was in the archive already.' }
}

async function unarchiveOne(context: ServiceContext, run: RunId): Promise<ArchivedRun | Unneeded> {
  const back = await logged(
    context,
    { call: 'run.unarchive', item: run },
    () => context.store.unarchive(run),
    (moved) => (moved === null ? {} : { undo: { call: 'run.archive', item: run, target: null } }),
  )
  await requireArchived(context, run, false)
  return back ?? { result: null, because: 'It was not in the archive.' }
}

/** A run that goes on would lose its files under its feet; one that is damaged is repaired where it lies. */
async function requireAtRest(
  context: ServiceContext,
  id: RunId,
): Promise<{ readonly rev: string; readonly isArchived: boolean }> {
  const opened = await readStoredRun(context, id)
  const run = requireRun(opened)
  const { rev, archive } = opened.stored
  if (opened.health !== 'ok' && archive === null) {
    const message = `Run ${id} is damaged, so it was not archived. Repair it first: unstuck repair ${id}`
    throw new AppError('corrupt', message, { run: id })
  }
  if (!goingOn.has(run.status)) return { rev, isArchived: archive !== null }
  const message =
    opened.liveness === 'interrupted'
      ? `Run ${id} was interrupted, so it was not archived. Resume it or cancel it first.`
      : `Run ${id} is ${run.status}, so it was not archived. Cancel it, or wait until it has ended.`
  throw new AppError('invalid-input', message, { run: id, status: run.status })
}

async function requireArchived(
  context: ServiceContext,
  run: RunId,
  isArchived: boolean,
): Promise<void> {
  const { archive } = await context.store.read(run)
  if ((archive !== null) === isArchived) return
  const where = isArchived ? 'not in the archive' : 'in the archive'
  throw new AppError('io', `Run ${run} is ${where} after it was moved. Look at it again.`, { run })
}

const goingOn: ReadonlySet<string> = new Set(['pending', 'running', 'waiting'])
