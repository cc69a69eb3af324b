import { expect, test } from 'vitest'
import { createDragStore } from '../../../../renderer/state/dragStore.ts'

function dragOver() {
  const target = new EventTarget()
  const timers = new Set<() => void>()
  const store = createDragStore(target, (_, action) => {
    timers.add(action)
    return () => timers.delete(action)
  })
  const close = store.getState().open()
  const tell = (name: string, given: object = {}) =>
    target.dispatchEvent(Object.assign(new Event(name), given))
  const files = () => store.getState().files
  return { tell, files, timers, close }
}

const holding = (kinds: readonly string[], types: readonly string[] = ['Files']) => ({
  dataTransfer: { types, items: kinds.map((kind) => ({ kind })) },
})

test('[B65] files over the window are counted until they leave it or are dropped', () => {
  const { tell, files } = dragOver()
  expect(files()).toBeNull()
  tell('dragenter', holding(['file', 'file', 'string']))
  expect(files()).toBe(2)
  tell('dragleave', { relatedTarget: {} })
  expect(files()).toBe(2)
  tell('dragleave', { relatedTarget: null })
  expect(files()).toBeNull()
  tell('dragover', holding(['file']))
  tell('drop')
  expect(files()).toBeNull()
})

test('[B65] a drag that is told no more is over', () => {
  const { tell, files, timers } = dragOver()
  tell('dragenter', holding(['file']))
  tell('dragover', holding(['file']))
  expect(timers.size).toBe(1)
  for (const action of timers) action()
  expect(files()).toBeNull()
})

test('[B65] what is dragged within the page is no file, and nothing is heard once it is closed', () => {
  const { tell, files, close } = dragOver()
  tell('dragover', holding(['string'], ['text/plain']))
  tell('dragover')
  expect(files()).toBeNull()
  close()
  tell('dragover', holding(['file']))
  expect(files()).toBeNull()
})
