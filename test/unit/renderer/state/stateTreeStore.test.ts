import { expect, test } from 'vitest'
import { flattenTree } from '../../../../renderer/state/flattenTree.ts'
import { createStateTreeStore } from '../../../../renderer/state/stateTreeStore.ts'
import {
  childrenOf,
  describeNode,
  placeOf,
  resolvePointer,
} from '../../../../shared/core/tree/jsonTree.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Json } from '../../../../shared/schema/json.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

function hostOf(state: (checkpoint: string | null) => Json) {
  const asked: string[] = []
  const valueAt = (pointer: string, checkpoint: string | null = null) => {
    const value = resolvePointer(state(checkpoint), pointer)
    if (value === undefined) throw new AppError('not-found', `Nothing at ${pointer}.`)
    return value
  }
  const host = hostWith({
    'state.read': async (input) => {
      asked.push(`${input.pointer}${input.checkpoint === null ? '' : ` at ${input.checkpoint}`}`)
      const value = valueAt(input.pointer, input.checkpoint)
      const node = describeNode(value, input.pointer)
      const place = input.child === undefined ? -1 : placeOf(value, input.child)
      const offset = place === -1 ? input.offset : place - (place % input.limit)
      const children = [...childrenOf(value, input.pointer, { offset, limit: input.limit })]
      return { node, children, total: node.size, offset }
    },
    'state.value': async ({ pointer, checkpoint }) => {
      const text = JSON.stringify(valueAt(pointer, checkpoint))
      return { text, offset: 0, nextOffset: null, sizeBytes: text.length }
    },
  })
  return { ...host, asked }
}

async function opened(
  state: (checkpoint: string | null) => Json,
  checkpoint: string | null = null,
) {
  const host = hostOf(state)
  const store = createStateTreeStore(host.client, { ref: ref('a'), checkpoint })
  store.getState().open()
  await until(() => store.getState().root.kind === 'ready')
  const lines = () =>
    flattenTree(store.getState().branches).map((line) =>
      line.kind === 'more'
        ? `${line.parent} ${line.side === 'after' ? '+' : '-'}${line.missing}`
        : line.node.pointer,
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

test('[L57] a far place is gone to by the page in which it stands, and what is around it read on', async () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ id: index }))
  const { store, lines } = await opened(() => ({ a: 1, rows: many }))
  expect(await store.getState().reveal('/rows/777/id')).toBe(true)

  expect(store.getState().selected).toBe('/rows/777/id')
  expect(lines()).toContain('/rows/777/id')
  expect(lines().slice(0, 4)).toEqual(['/a', '/rows', '/rows -600', '/rows/600'])
  expect(lines().at(-1)).toBe('/rows +200')
  await store.getState().readBefore('/rows')
  expect(lines().slice(2, 4)).toEqual(['/rows -400', '/rows/400'])
  await store.getState().readMore('/rows')
  expect(lines().at(-1)).toBe('/rows/999')
})

test('[L57] a place that is not there is said not to be, and nothing else is selected', async () => {
  const { store } = await opened(() => state)
  await store.getState().reveal('/steps/load')
  expect(await store.getState().reveal('/steps/gone/x')).toBe(false)
  expect(await store.getState().reveal('/id/x')).toBe(false)
  expect(store.getState()).toMatchObject({ selected: '/steps/load', problem: null })
})

test('[L58] what is open stays open at another checkpoint, as far as it is there', async () => {
  const early: Json = { id: 'x', steps: { load: {} } }
  const { store, lines } = await opened((checkpoint) => (checkpoint === null ? state : early))
  await store.getState().reveal('/steps/load/output')
  await store.getState().toggle('/steps/load/output')
  expect(lines()).toContain('/steps/load/output/1')
  await store.getState().show('cp-1')
  expect(lines()).toEqual(['/id', '/steps', '/steps/load'])
  await store.getState().show(null)
  expect(lines()).toEqual(['/id', '/steps', '/steps/load', '/steps/load/output'])
})
