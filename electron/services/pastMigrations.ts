// Which runs were migrated and not rolled back since, and which of them can be rolled back now.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { backupReason } from './migrateDocument.ts'
import { requireUntouched } from './requireUntouched.ts'

type Output = CallOutput<'migrate.past'>
type Past = Omit<Output['rows'][number], 'problem'>

/** [M25] Newest first, as the operations log has them. Of the page that is asked for it is looked up what stands in the way. */
export async function pastMigrations(
  context: ServiceContext,
  { offset, limit }: HandlerInput<'migrate.past'>,
  { signal }: Pick<HandlerOptions<'migrate.past'>, 'signal'>,
): Promise<Output> {
  const all = await migratedRuns(context, signal)
  const rows: Output['rows'] = []
  for (const past of all.slice(offset, offset + limit)) {
    throwIfCancelled(signal, 'Looking for migrations')
    rows.push({ ...past, problem: await whyNot(context, past.run) })
  }
  return { rows, total: all.length }
}

/** Of a run that was migrated more than once the last time counts, unless it was rolled back after it. */
async function migratedRuns(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<readonly Past[]> {
  const undone = new Map<string, string>()
  for await (const { item, requestedAt } of done(context, 'migrate.rollback', signal))
    if (!undone.has(item)) undone.set(item, requestedAt ?? '')
  const found = new Map<string, Past>()
  for await (const { item, run, requestedAt, by } of done(context, 'migrate.apply', signal)) {
    const id = RunId.safeParse(run ?? item)
    const at = requestedAt ?? ''
    if (!id.success || found.has(id.data) || (undone.get(id.data) ?? '') > at) continue
    found.set(id.data, { run: id.data, document: item, at, by })
  }
  return [...found.values()]
}

async function* done({ store }: ServiceContext, call: string, signal: CancelSignal) {
  for (let offset: number | null = 0; offset !== null;) {
    const page = await store.operations({ call, offset, limit: 500, signal })
    yield* page.operations.filter(({ state }) => state === 'done')
    offset = page.nextOffset
  }
}

/** The same that rolling it back would say; null: nothing stands in its way as far as its files tell. */
async function whyNot(context: ServiceContext, run: RunId): Promise<string | null> {
  try {
    const { holder, archive } = await context.store.read(run)
    if (archive !== null) return 'It is in the archive. Bring it back first.'
    if (holder !== null && (await context.store.holderState(holder)) !== 'gone')
      return 'Somebody holds it. Wait until it rests.'
    const backup = (await context.store.backups(run)).find(({ reason }) => reason === backupReason)
    if (backup === undefined) return 'The backup of its old document is gone.'
    await requireUntouched(context, run, backup)
    return null
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    return error.code === 'not-found' ? 'The run is not here any more.' : error.message
  }
}
