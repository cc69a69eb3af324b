import { expect, test } from 'vitest'
import { createStartStore } from '../../../../renderer/state/startStore.ts'
import type { CallOutput } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

const count = { type: 'integer', minimum: 1 } as const

function workflow(path: string): CallOutput<'workflow.read'> {
  return {
    path,
    name: 'etl',
    version: null,
    description: null,
    fields: [{ name: 'count', field: count, default: null }],
    steps: [],
    problems: [],
  }
}

test('[L16] what is not right is not sent, and what is sent is what was given', async () => {
  const given: unknown[] = []
  const host = hostWith({
    'workflow.read': async ({ definition }) => workflow(definition),
    'run.start': async (input) => {
      given.push(input)
      return { ref: ref('etl-1') }
    },
  })
  const store = createStartStore(host.client)
  await store.getState().choose('etl.yaml')
  expect(await store.getState().start()).toBeNull()
  store.getState().change('count', '7')
  expect(await store.getState().start()).toEqual(ref('etl-1'))
  expect(given).toEqual([{ definition: 'etl.yaml', inputs: { count: 7 } }])
})

test('[L17] what the host refuses stands beside its field until that is changed', async () => {
  const host = hostWith({
    'workflow.read': async ({ definition }) => workflow(definition),
    'run.start': async () => {
      const problems = [{ name: 'count', message: '`count`: expected less, found 7.' }]
      throw new AppError('invalid-input', 'Input count does not fit.', { problems })
    },
  })
  const store = createStartStore(host.client)
  await store.getState().choose('etl.yaml')
  store.getState().change('count', '7')
  await store.getState().start()
  expect(store.getState().problems).toEqual({ count: 'Expected less, found 7.' })
  expect(store.getState().work.kind).toBe('failed')
  store.getState().change('count', '8')
  expect(store.getState().problems).toEqual({})
})

test('[L18] another workflow has a form of its own, and a late answer is not shown', async () => {
  const waiting: (() => void)[] = []
  const host = hostWith({
    'workflow.read': async ({ definition }) => {
      if (definition === 'slow.yaml') await new Promise<void>((done) => waiting.push(done))
      return workflow(definition)
    },
  })
  const store = createStartStore(host.client)
  const slow = store.getState().choose('slow.yaml')
  await until(() => waiting.length === 1)
  store.getState().change('count', '1')
  await store.getState().choose('quick.yaml')
  waiting[0]?.()
  await slow
  const { workflow: shown, draft } = store.getState()
  expect([shown.kind === 'ready' && shown.value.path, draft]).toEqual(['quick.yaml', {}])
})

test('[L18] a definition that was corrected is read again, and what was filled in stays', async () => {
  let reads = 0
  const host = hostWith({
    'workflow.list': async () => ({ workflows: [] }),
    'workflow.read': async ({ definition }) => {
      reads += 1
      return { ...workflow(definition), version: String(reads) }
    },
  })
  const store = createStartStore(host.client)
  await store.getState().choose('etl.yaml')
  store.getState().change('count', '7')
  await store.getState().refresh()
  const { workflow: shown, draft } = store.getState()
  expect([shown.kind === 'ready' && shown.value.version, draft]).toEqual(['2', { count: '7' }])
})
