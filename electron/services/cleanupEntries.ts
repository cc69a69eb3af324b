// What cleaning up knows of every run, from the index: no run is read for it.
import { sealedRule } from '../../shared/core/cleanup/exemptions.ts'
import type { CleanupEntry } from '../../shared/core/cleanup/cleanupEntry.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { RunStatus } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { withRows } from './queryRuns.ts'

/** One entry for each run of Unstuck's own format, in no order. */
export async function readCleanupEntries(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<readonly CleanupEntry[]> {
  const beside = await measureBeside(context, signal)
  return withRows(context, signal, async () => {
    const places = nativePlaces(context)
    const liveForks = findLiveForks(context, places)
    return places.flatMap((place) => entryAt(context, place, { liveForks, beside }))
  })
}

export function placeOfRun({ index, store }: ServiceContext, run: RunId): number {
  return index.rows.placeOf(store.layout.head(run))
}

function nativePlaces({ index }: ServiceContext): readonly number[] {
  const { rows } = index
  return [...rows.places({ column: 'updatedAt', descending: false })].filter(
    (place) => rows.stateAt(place).isRun && rows.batchFactsAt(place).format === 'unstuck',
  )
}

function findLiveForks({ index }: ServiceContext, places: readonly number[]): ReadonlySet<string> {
  const parents = places.flatMap((place) => {
    const { parent, finishedAt } = index.rows.cleanupFactsAt(place)
    return parent !== null && finishedAt === null ? [parent] : []
  })
  return new Set(parents)
}

function entryAt(
  context: ServiceContext,
  place: number,
  known: {
    readonly liveForks: ReadonlySet<string>
    readonly beside: ReadonlyMap<string, number>
  },
): readonly CleanupEntry[] {
  const { rows } = context.index
  const facts = rows.cleanupFactsAt(place)
  const [status, id] = [RunStatus.safeParse(facts.status), RunId.safeParse(facts.id)]
  if (!id.success) return []
  const { archived, pinned, locked, liveness, finishedAt, checkpoints } = facts
  return [
    {
      run: id.data,
      workflow: facts.workflow ?? '',
      // Of a run that cannot be read nothing is known, and it stays as what is damaged.
      status: status.data ?? 'pending',
      archived,
      sealed: archived && rows.rowAt(place).reason.rule === sealedRule,
      finishedAt,
      updatedAt: facts.updatedAt ?? facts.createdAt ?? context.now(),
      sizeBytes: facts.sizeBytes + (archived ? 0 : (known.beside.get(id.data) ?? 0)),
      checkpoints,
      rev: rows.stampAt(place),
      pinned,
      locked,
      healthy: facts.health === 'ok' && status.success,
      liveness,
      hasLiveFork: known.liveForks.has(id.data),
      hasForks: rows.forksOf(id.data).length > 0,
    },
  ]
}

/** [X36] Sizes of logs, reports and backups. Those of a run at rest change with its journal alone, so they are looked at once. */
async function measureBeside(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, number>> {
  const { store, index } = context
  const runs = [...(await store.runsBeside())]
  const sizes = await mapBounded(runs, 8, async (run) => {
    throwIfCancelled(signal, 'Looking for runs to clean up')
    const place = placeOfRun(context, run)
    const stamp = place === -1 ? null : index.rows.stampAt(place)
    const known = index.beside.get(run)
    if (known !== undefined && known.stamp === stamp) return [run, known.bytes] as const
    const bytes = await store.besideBytes(run)
    if (stamp !== null) index.beside.set(run, { stamp, bytes })
    return [run, bytes] as const
  })
  return new Map(sizes)
}
