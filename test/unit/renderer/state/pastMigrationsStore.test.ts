import { expect, test } from 'vitest'
import {
  createPastMigrationsStore,
  freeToRollBack,
  type PastMigration,
} from '../../../../renderer/state/pastMigrationsStore.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { hostWith } from './hostWith.ts'

function past(run: string, problem: string | null = null): PastMigration {
  const at = '2026-01-02T03:04:05.678Z'
  return { run: RunId.parse(run), document: `runs/${run}.json`, at, by: 'ada', problem }
}

test('[M25] all pages are read, and those that can be are rolled back and told anew', async () => {
  let all = [past('a'), past('b', 'It went on.'), past('c')]
  const asked: unknown[] = []
  const { client } = hostWith({
    'migrate.past': async ({ offset }) => ({
      rows: all.slice(offset, offset + 2),
      total: all.length,
    }),
    'migrate.rollback': async ({ runs }) => {
      asked.push(runs)
      all = all.filter(({ run }) => !runs.includes(run))
      return {
        rows: runs.map((item) => ({ item, outcome: 'done', cause: null, result: null })),
      }
    },
  })
  const store = createPastMigrationsStore(client)
  await store.getState().read()
  const { past: before } = store.getState()
  const free = before.kind === 'ready' ? freeToRollBack(before.value) : []
  await store.getState().rollBack(free)

  expect(free).toEqual(['a', 'c'])
  expect(asked).toEqual([['a', 'c']])
  expect(store.getState()).toMatchObject({
    past: { kind: 'ready', value: { rows: [{ run: 'b' }], total: 1 } },
    work: { kind: 'finished' },
  })
})
