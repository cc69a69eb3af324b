import { expect, test } from 'vitest'
import { flattenTree } from '../../../../renderer/state/flattenTree.ts'
import { createStateTreeStore } from '../../../../renderer/state/stateTreeStore.ts'
import { childrenOf, describeNode, resolvePointer } from '../../../../shared/core/tree/jsonTree.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Json } from '../../../../shared/schema/json.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

function hostOf(state: () => Json) {
  const valueAt = (pointer: string) => {
    const value = resolvePointer(state(), pointer)
    if (value === undefined) throw new AppError('not-found', `Nothing at ${pointer}.`)
    return value
  }
  return hostWith({
    'state.read': async (input) => {
      const node = describeNode(valueAt(input.pointer), input.pointer)
      const children = [...childrenOf(valueAt(input.pointer), input.pointer, input)]
      return { node, children, total: node.size }
    },
    'state.value': async ({ pointer }) => {
      const text = JSON.stringify(valueAt(pointer))
      return { text, offset: 0, nextOffset: null, sizeBytes: text.length }
    },
  })
}

async function opened(state: () => Json, checkpoint: string | null = null) {
  const host = hostOf(state)
  const store = createStateTreeStore(host.client, { ref: ref('a'), checkpoint })
  store.getState().open()
  await until(() => store.getState().root.kind === 'ready')
  const lines = () =>
    flattenTree(store.getState().branches).map((line) =>
      line.kind === 'more' ? `${line.parent} +${line.missing}` : line.node.pointer,
    )
  return { store, lines, host }
}

const state = { id: 'x', steps: { load: { output: [1, 2] } } }

test('only what is opened is read and shown', async () => {
  const { store, lines } = await opened(() => state)
  expect(lines()).toEqual(['/id', '/steps'])
  await store.getState().toggle('/steps')
  await store.getState().toggle('/steps/load')
  expect(lines()).toEqual(['/id', '/steps', '/steps/load', '/steps/load/output'])
  await store.getState().toggle('/steps')
  expect(lines()).toEqual(['/id', '/steps'])
})

test('a long list is read on from where it ended', async () => {
  const { store, lines } = await opened(() => Array.from({ length: 450 }, (_, index) => index))
  expect(lines().at(-1)).toBe(' +250')
  await store.getState().readMore('')
  await store.getState().readMore('')
  expect(lines().length).toBe(450)
  expect(lines().at(-1)).toBe('/449')
})

test('while a run moves, what is open is read again and what is gone disappears', async () => {
  let current: Json = state
  const { store, lines, host } = await opened(() => current)
  await store.getState().toggle('/steps')
  await store.getState().toggle('/steps/load')
  current = { id: 'x', steps: { extract: {} } }
  host.emit('run.progressed', { run: 'a', seq: 5 })
  await until(() => lines().includes('/steps/extract'))
  expect(lines()).toEqual(['/id', '/steps', '/steps/extract'])
})

test('the chosen value is read', async () => {
  const { store } = await opened(() => state)
  await store.getState().select('/steps/load/output')
  expect(store.getState().value).toEqual({
    kind: 'ready',
    value: { text: '[1,2]', sizeBytes: 5, isCut: false },
    problem: null,
  })
})
