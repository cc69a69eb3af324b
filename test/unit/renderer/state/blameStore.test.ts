import { expect, test } from 'vitest'
import { blameTargetOf, createBlameStore } from '../../../../renderer/state/blameStore.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

const left = { ref: ref('a'), checkpoint: 'cp-1' }
const right = { ref: ref('a'), checkpoint: null }
const other = { ref: ref('b'), checkpoint: null }

test('[L173] blame asks the side that has the value now', () => {
  const one = { left, right }
  expect(blameTargetOf(one, { kind: 'changed', path: '/a' })).toEqual({ ...right, pointer: '/a' })
  expect(blameTargetOf(one, { kind: 'removed', path: '/a' })).toEqual({ ...right, pointer: '/a' })
  expect(blameTargetOf(one, { kind: 'removed', path: '/a/3' })).toEqual({ ...right, pointer: '/a' })
  expect(blameTargetOf({ left, right: other }, { kind: 'removed', path: '/a/3' })).toEqual({
    ...left,
    pointer: '/a/3',
  })
})

test('[L173] blame of another value takes the place of the one before, and reads on', async () => {
  const { client } = hostWith({
    'state.blame': async ({ pointer, offset, limit }) => ({
      changes: Array.from({ length: Math.min(limit, 30 - offset) }, (_, index) => ({
        seq: 30 - offset - index,
        at: '2026-01-02T03:04:05.678Z',
        type: 'variableSet',
        step: null,
        sentence: pointer,
        before: null,
        after: '1',
        truncated: false,
        gapFromSeq: null,
        checkpoint: null,
      })),
      total: 30,
      parent: null,
      problem: null,
    }),
  })
  const store = createBlameStore(client)
  const close = store.getState().open()
  void store.getState().ask({ ...right, pointer: '/first' })
  await store.getState().ask({ ...right, pointer: '/second' })
  await until(() => store.getState().blame.kind === 'ready')
  await store.getState().readMore()

  const { blame } = store.getState()
  if (blame.kind !== 'ready') throw new Error(`Blame is ${blame.kind}.`)
  expect(new Set(blame.value.changes.map(({ sentence }) => sentence))).toEqual(new Set(['/second']))
  expect(blame.value.changes.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 30 }, (_, index) => 30 - index),
  )
  close()
})
