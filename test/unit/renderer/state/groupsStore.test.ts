import { expect, test } from 'vitest'
import { createGroupsStore } from '../../../../renderer/state/groupsStore.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { hostWith, until } from './hostWith.ts'

test('[L88] groups are read for what is asked, while a search goes on again, and when runs change', async () => {
  let searched = 0
  let runs = 1
  const asked: HandlerInput<'run.groups'>[] = []
  const host = hostWith({
    'run.groups': async (input) => {
      asked.push(input)
      searched += 50
      const searching = searched < 150 ? { searched, of: 150, found: runs } : undefined
      return { groups: [], total: 0, runs, ...(searching === undefined ? {} : { searching }) }
    },
  })
  const store = createGroupsStore(host.client, () => 0)
  const close = store.getState().open()
  store.getState().show({ view: 'failed', text: 'etl state:orderId=7', by: 'error' })
  const found = () => {
    const { groups } = store.getState()
    return groups.kind === 'ready' ? groups.value : null
  }
  await until(() => found() !== null && found()?.searching === undefined)
  expect(asked).toHaveLength(3)
  expect(asked[0]).toMatchObject({
    view: 'failed',
    text: 'etl',
    by: 'error',
    partial: true,
    filter: [{ kind: 'state', path: '/**/orderId', op: 'equals', value: '7' }],
  })
  runs = 2
  host.emit('runs.changed', { runs: null })
  await until(() => found()?.runs === 2)
  close()
  host.close()
})
