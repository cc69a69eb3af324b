// A host's account of itself: what it holds in memory, what it began with, and where that is not so any more.
import type { BatchFacts, HostDifference } from '../../../shared/contract/host.ts'
import { AppError } from '../../../shared/errors.ts'
import type { HostBatch, HostWorkspace } from '../../../shared/schema/hostState.ts'
import type { HostAccount } from '../../services/context.ts'
import type { StateKeeper } from './createStateKeeper.ts'
import type { WorkspaceRecord } from './createWorkspaceRecord.ts'
import { findDifferences, type Asked } from './findDifferences.ts'
import { tellHost } from './tellHost.ts'
import { fileView, ownView, type HostView } from './hostViews.ts'
import { reachedBy, settleBatch, tellBatch } from './settleBatch.ts'

export type AccountParts = {
  readonly keeper: StateKeeper
  readonly record: WorkspaceRecord
  /** Known only once there are handlers, of which the account answers two. */
  readonly asked: () => Asked
}

export function createHostAccount(parts: AccountParts): HostAccount {
  const { keeper, record } = parts
  // Of what was cut nothing changes any more but by a person, who can ask again after a restart.
  const settled = new Map<number, Promise<Settled>>()
  let differences: Promise<readonly HostDifference[]> | null = null

  const get: HostAccount['get'] = async () => {
    const view = keeper.isOpen() ? ownView(parts) : await fileView(parts)
    const cut = view.workspace.batches.filter(({ state }) => state === 'cut')
    const told = await Promise.all(cut.map((batch) => settle(batch)))
    const batches = [
      ...told.map(({ facts }) => facts),
      ...view.workspace.batches
        .filter(({ state }) => state !== 'cut')
        .toReversed()
        .map(tellBatch),
    ]
    const all = [...told.flatMap((one) => one.differences), ...(await compare(view))]
    return tellHost(view, { batches, differences: all })
  }

  /** Once: what an earlier host said is compared with how this one found it. A file that is looked at goes on to change. */
  function compare({ said }: HostView): Promise<readonly HostDifference[]> {
    if (!keeper.isOpen()) return differencesOf(parts.asked(), said)
    differences ??= differencesOf(parts.asked(), said).catch((error: unknown) => {
      differences = null
      throw error
    })
    return differences
  }

  function settle(batch: HostBatch): Promise<Settled> {
    const known = settled.get(batch.number)
    if (known !== undefined) return known
    const settling = settleOne(parts, batch)
    settled.set(batch.number, settling)
    void settling.catch(() => settled.delete(batch.number))
    return settling
  }

  return {
    get,
    dismiss: async (numbers) => {
      await keeper.open()
      requireOwn(keeper)
      requireKnown(record, numbers)
      record.batches.dismiss(numbers)
      if (numbers === null) {
        record.forgetSaid()
        keeper.forgetProblem()
        differences = null
      }
      await keeper.changed()
      return get()
    },
  }
}

function requireOwn(keeper: StateKeeper): void {
  const file = keeper.facts()
  if (file?.use === 'shared')
    throw new AppError(
      'locked',
      `Nothing was dismissed: another host keeps ${file.path}. Dismiss it on its screen, or here when it has ended.`,
      { path: file.path },
    )
}

function requireKnown({ batches }: WorkspaceRecord, numbers: readonly number[] | null): void {
  const cut = new Set(
    batches.all().flatMap(({ number, state }) => (state === 'cut' ? [number] : [])),
  )
  const unknown = numbers?.find((number) => !cut.has(number))
  if (unknown === undefined) return
  const message = `There is no cut batch ${unknown} here. unstuck host shows those there are.`
  throw new AppError('not-found', message, { batch: unknown })
}

async function differencesOf(
  asked: Asked,
  said: readonly HostWorkspace[],
): Promise<readonly HostDifference[]> {
  return (await Promise.all(said.map((one) => findDifferences(asked, one)))).flat()
}

type Settled = { readonly facts: BatchFacts; readonly differences: readonly HostDifference[] }

async function settleOne({ keeper, asked }: AccountParts, batch: HostBatch): Promise<Settled> {
  const { store } = asked().context
  const items = await keeper.readItems(batch.number)
  const limit = 2 * batch.total + spare
  const [page] = await Promise.allSettled([
    store.operations({ offset: 0, limit, call: batch.call, since: batch.startedAt }),
  ])
  const operations = page.status === 'fulfilled' ? page.value.operations : null
  const facts = settleBatch(batch, { items, operations })
  return { facts, differences: behind(batch, facts) }
}

/** The file is written a moment after a row has ended. */
function behind(
  batch: HostBatch,
  { counts, number, total, problem }: BatchFacts,
): readonly HostDifference[] {
  const now = counts.done + counts.failed + counts.stale
  if (problem !== null || now === reachedBy(batch)) return []
  return [
    {
      about: 'batch',
      item: String(number),
      said: `${reachedBy(batch)} of ${total} items of batch ${number} (${batch.call}) had come to their end.`,
      now: `The operations log shows ${now}.`,
    },
  ]
}

/** Programs that do the same meanwhile have lines there too. */
const spare = 1000
