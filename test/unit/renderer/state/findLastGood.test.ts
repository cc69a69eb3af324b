import { expect, test } from 'vitest'
import { findLastGood } from '../../../../renderer/state/findLastGood.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import type { RunRow } from '../../../../shared/contract/runs.ts'
import { hostWith } from './hostWith.ts'
import { counts, row } from './samples.ts'

test('[X92] the last completed run of the workflow is found, without the run itself and what is damaged', async () => {
  const asked: unknown[] = []
  const host = hostWith({
    'run.list': async (input) => {
      asked.push(pick(input))
      const rows: RunRow[] = [row('etl-3'), { ...row('etl-2'), health: 'damaged' }, row('etl-1')]
      return { rows, total: rows.length, counts }
    },
  })
  const good = await findLastGood(host.client, { workflow: 'etl', document: 'etl-3' })
  expect(good?.id).toBe('etl-1')
  expect(asked).toEqual([
    {
      view: 'completed',
      filter: [{ kind: 'words', field: 'workflow', values: ['etl'], isNot: false }],
      sort: { column: 'finishedAt', descending: true },
    },
  ])
})

test('[X92] a workflow that was never completed has none', async () => {
  const host = hostWith({ 'run.list': async () => ({ rows: [], total: 0, counts }) })
  expect(await findLastGood(host.client, { workflow: 'etl', document: 'etl-1' })).toBe(null)
})

function pick({ view, filter, sort }: CallInput<'run.list'>) {
  return { view, filter, sort }
}
