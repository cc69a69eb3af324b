import { expect, test } from 'vitest'
import { createNoticesStore } from '../../../../renderer/state/noticesStore.ts'

test('[B66] what a watched run came to, and errors, stay until a person has seen them; the rest goes by itself', () => {
  const due: (() => void)[] = []
  const store = createNoticesStore((_, action) => void due.push(action))
  const { notify, dismiss } = store.getState()
  const texts = () => store.getState().notices.map(({ text }) => text)
  notify('done', 'Copied.')
  notify('warning', 'etl-1: load failed.', '#/run/etl-1')
  notify('error', 'The disk is full.')
  for (const action of due) action()
  expect(texts()).toEqual(['etl-1: load failed.', 'The disk is full.'])
  for (const { id } of store.getState().notices) dismiss(id)
  expect(texts()).toEqual([])
})
