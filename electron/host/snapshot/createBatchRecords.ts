// Work on many items, as the host remembers it: which items, how far it is, and what was cut.
import type { OutcomeRow } from '../../../shared/contract/call.ts'
import type { HostBatch } from '../../../shared/schema/hostState.ts'
import type { BatchFollower, BatchLog } from '../../services/batch.ts'
import type { StateKeeper } from './createStateKeeper.ts'

export type BatchRecords = BatchLog & {
  /** Oldest first. */
  readonly all: () => readonly HostBatch[]
  /** Batches of earlier hosts: those that were under way are cut. */
  readonly restore: (batches: readonly HostBatch[]) => void
  /** Forgets cut ones that were seen; null: all. */
  readonly dismiss: (numbers: readonly number[] | null) => void
}

export function createBatchRecords(keeper: StateKeeper, now: () => string): BatchRecords {
  const batches = new Map<number, HostBatch>()

  function put(batch: HostBatch): void {
    batches.set(batch.number, batch)
    void keeper.changed()
  }

  function forget(batch: HostBatch): void {
    batches.delete(batch.number)
    void dropWhenSaved(batch.number)
  }

  /** The items are needed for as long as the file still says that the batch is under way. */
  async function dropWhenSaved(number: number): Promise<void> {
    if (await keeper.changed()) await keeper.dropItems(number)
  }

  return {
    all: () => [...batches.values()].toSorted((a, b) => a.number - b.number),
    restore: (said) => {
      for (const batch of said) {
        if (batch.state === 'running') put({ ...batch, state: 'cut' })
        else batches.set(batch.number, batch)
        if (batch.state === 'ended') void keeper.dropItems(batch.number)
      }
    },
    dismiss: (numbers) => {
      for (const batch of batches.values()) {
        const isMeant = numbers === null || numbers.includes(batch.number)
        if (batch.state === 'cut' && isMeant) forget(batch)
      }
    },
    begin: async ({ call, by, items }) => {
      await keeper.open()
      const number = await keeper.counters.next('batch')
      await keeper.keepItems(number, items)
      const facts = { number, call, by, startedAt: now(), endedAt: null, total: items.length }
      put({ ...facts, state: 'running', counts: nothing, failures: [] })
      await keeper.flush()
      return follow(number)
    },
  }

  function follow(number: number): BatchFollower {
    return {
      row: (outcome) => {
        const batch = batches.get(number)
        if (batch !== undefined) put(withRow(batch, outcome))
      },
      end: () => {
        const batch = batches.get(number)
        if (batch === undefined) return
        put({ ...batch, state: 'ended', endedAt: now() })
        void dropWhenSaved(number)
        const ended = [...batches.values()].filter(({ state }) => state === 'ended')
        for (const old of ended.slice(0, -endedKept)) forget(old)
      },
    }
  }
}

function withRow(batch: HostBatch, { item, outcome, cause }: OutcomeRow): HostBatch {
  const name = outcome === 'not-reached' ? 'notReached' : outcome
  const counts = { ...batch.counts, [name]: batch.counts[name] + 1 }
  if (outcome === 'done' || batch.failures.length >= failuresKept) return { ...batch, counts }
  return { ...batch, counts, failures: [...batch.failures, { item, outcome, cause }] }
}

const nothing: HostBatch['counts'] = { done: 0, failed: 0, stale: 0, notReached: 0 }

const endedKept = 20
const failuresKept = 200
