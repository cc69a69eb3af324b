import { expect, test } from 'vitest'
import { createSliceStore } from '../../../../renderer/state/sliceStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { until } from './hostWith.ts'

function fileOf(start: string) {
  let content = start
  const read = async (offset: number, limitBytes: number) => {
    const end = Math.min(content.length, offset + limitBytes)
    return {
      text: content.slice(offset, end),
      offset,
      nextOffset: end === content.length ? null : end,
      sizeBytes: content.length,
    }
  }
  return { read, grow: (more: string) => void (content += more) }
}

test('a long log is read from its end, and earlier parts on demand', async () => {
  const text = `${'a'.repeat(300_000)}END`
  const store = createSliceStore({ read: fileOf(text).read, from: 'end' })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  expect(store.getState().text.endsWith('END')).toBe(true)
  expect(store.getState().startOffset).toBe(300_003 - 262_144)
  await store.getState().readEarlier()
  expect(store.getState().text).toBe(text)
  expect(store.getState().startOffset).toBe(0)
})

test('what is added is appended', async () => {
  const file = fileOf('one\n')
  let grown = nothing
  const store = createSliceStore({
    read: file.read,
    from: 'end',
    onGrowth: (tell) => {
      grown = tell
      return () => undefined
    },
  })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  file.grow('two\n')
  grown()
  await until(() => store.getState().text === 'one\ntwo\n')
  expect(store.getState().sizeBytes).toBe(8)
})

test('a document is read from its start, on to its end', async () => {
  const text = 'b'.repeat(300_000)
  const store = createSliceStore({ read: fileOf(text).read, from: 'start' })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  expect(store.getState().endOffset).toBe(262_144)
  await store.getState().readLater()
  expect(store.getState().text).toBe(text)
})

test('a file that cannot be read fails, and reading again heals it', async () => {
  let isBroken = true
  const file = fileOf('text')
  const store = createSliceStore({
    from: 'start',
    read: async (offset, limit) => {
      if (isBroken) throw new AppError('not-found', 'There is no log.')
      return file.read(offset, limit)
    },
  })
  store.getState().open()
  await until(() => store.getState().phase === 'failed')
  expect(store.getState().error?.message).toBe('There is no log.')
  isBroken = false
  await store.getState().readLater()
  expect(store.getState()).toMatchObject({ phase: 'ready', text: 'text', error: null })
})

function nothing(): void {
  return undefined
}
