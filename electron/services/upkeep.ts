// What a host that lives long does by itself: left-over files go to the trash, and what has expired there goes for good.
import { AppError, toAppError } from '../../shared/errors.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { purgeBySchedule } from './purgeTrash.ts'

export type Upkeep = {
  /** Once soon, then again and again. Asked again it changes nothing. */
  readonly begin: () => void
  /** Resolves when nothing of it is under way any more. */
  readonly close: () => Promise<void>
}

export type UpkeepOptions = {
  /** Default: what the trash and left-over files need, soon and then daily. */
  readonly round?: (context: ServiceContext, signal: CancelSignal) => Promise<void>
  /** Default: a little while, so that whoever opens the workspace is served first. */
  readonly firstMs?: number
  readonly everyMs?: number
  /** Told of what failed; it is tried again the next time. */
  readonly report: (error: AppError) => void
  /** Calls back after a time; the returned function forgets it. */
  readonly after: (ms: number, callback: () => void) => () => void
}

export function createUpkeep(context: ServiceContext, options: UpkeepOptions): Upkeep {
  const { round = keepUp, firstMs = soonMs, everyMs = dailyMs } = options
  const controller = new AbortController()
  const { signal } = controller
  let forget: (() => void) | null = null
  let running: Promise<void> = Promise.resolve()
  const run = async (): Promise<void> => {
    try {
      await round(context, signal)
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code !== 'cancelled') options.report(failure)
    }
    plan(everyMs)
  }
  const plan = (ms: number): void => {
    if (signal.aborted) return
    forget = options.after(ms, () => {
      running = run()
    })
  }
  return {
    begin: () => {
      if (forget === null) plan(firstMs)
    },
    close: async () => {
      controller.abort()
      forget?.()
      await running
    },
  }
}

/** One round of it; what fails of one part keeps no other from being done. Writes nothing where there is nothing to do. */
export async function keepUp(context: ServiceContext, signal: CancelSignal): Promise<void> {
  const { store, workspace } = context
  if (!store.access.writable || workspace.document !== null) return
  const parts = [keepSettings, settleChanges, sweepLeftOvers, purgeExpired]
  const ends = []
  for (const part of parts) ends.push(...(await Promise.allSettled([part(context, signal)])))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** [E210] */
async function keepSettings({ keepSettings: keep }: ServiceContext): Promise<void> {
  await keep?.()
}

/** [E179] Changes of other engines' files that a process left half done; where somebody else wrote meanwhile, it is told. */
async function settleChanges(context: ServiceContext): Promise<void> {
  const settled = await context.store.settleDocuments()
  if (settled.length === 0) return
  for (const { document, state } of settled)
    await logged(
      context,
      { call: `document.settle (${state})`, item: document, by: 'unstuck' },
      async () => state,
    )
  context.emit('runs.changed', { runs: null })
  const left = settled.find(({ state }) => state === 'left')
  if (left === undefined) return
  const message = `A change of ${left.document} was cut short, and somebody else wrote one of its files since: ${left.files.join(', ')} are as they were found. What they were before is in backup ${left.backup}.`
  throw new AppError('io', message, { document: left.document, backup: left.backup })
}

async function purgeExpired(context: ServiceContext, signal: CancelSignal): Promise<void> {
  const { rows } = await purgeBySchedule(context, signal)
  const failed = await findLeft(
    context,
    rows.filter(({ outcome }) => outcome === 'failed'),
  )
  if (failed === undefined) return
  const message = `Trash entry ${failed.item} has expired and could not be deleted: ${failed.cause ?? ''} It is tried again tomorrow.`
  throw new AppError('io', message, { entry: failed.item })
}

/** The first that is still there: another host does the same, and may have been quicker. */
async function findLeft<Row extends { readonly item: string }>(
  { store }: ServiceContext,
  rows: readonly Row[],
): Promise<Row | undefined> {
  if (rows.length === 0) return undefined
  const left = [...(await store.trashed()), ...(await store.leftPurges())]
  const ids = new Set(left.map(({ id }) => id))
  return rows.find(({ item }) => ids.has(item))
}

async function sweepLeftOvers(context: ServiceContext, signal: CancelSignal): Promise<void> {
  const { store, settings } = context
  const found = await store.temporaries({ signal })
  const gone = found.filter(({ owner }) => owner === 'gone')
  if (gone.length === 0) return
  const item = gone.length === 1 ? (gone[0]?.path ?? '') : `${gone.length} left-over files`
  const keepDays = settings.value.cleanup.trashDays
  await logged(context, { call: 'trash.sweep', item, by: 'unstuck' }, () =>
    store.sweepTemporaries({ keepDays, signal }),
  )
  context.emit('runs.changed', { runs: null })
}

const soonMs = 3000
const dailyMs = 24 * 60 * 60 * 1000
