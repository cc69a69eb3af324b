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

/** Numbers its lines, and counts the lines before a slice as the host does. */
function numbered(lines: number) {
  let text = Array.from({ length: lines }, (_, index) => `line ${index + 1}\n`).join('')
  return {
    grow: (more: string) => void (text += more),
    offsetOf: (line: number) => text.indexOf(`line ${line}\n`),
    read: async (offset: number, limitBytes: number, isNumbered: boolean) => {
      const end = Math.min(text.length, offset + limitBytes)
      const firstLine = text.slice(0, offset).split('\n').length
      return {
        text: text.slice(offset, end),
        offset,
        nextOffset: end === text.length ? null : end,
        sizeBytes: text.length,
        ...(isNumbered ? { firstLine } : {}),
      }
    },
  }
}

function firstLineOf({ text, firstLine }: { text: string; firstLine: number | null }) {
  return [text.slice(0, text.indexOf('\n')), `line ${firstLine}`]
}

test('[L54] any place is gone to, and its lines have their numbers', async () => {
  const log = numbered(500_000)
  const store = createSliceStore({ read: log.read, from: 'end' })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  const [shown, said] = firstLineOf(store.getState())
  expect(shown).toBe(said)

  await store.getState().seek(log.offsetOf(250_000))
  expect(store.getState().text).toContain('\nline 250000\n')
  expect(new Set(firstLineOf(store.getState())).size).toBe(1)
  await store.getState().readEarlier()
  expect(new Set(firstLineOf(store.getState())).size).toBe(1)
  await store.getState().seek(null)
  expect(store.getState().text.endsWith('line 500000\n')).toBe(true)
})

test('[L54] what is read on lets go of what is far, and counts what went', async () => {
  const store = createSliceStore({ read: numbered(1_000_000).read, from: 'start' })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  for (let time = 0; time < 40; time += 1) await store.getState().readLater()

  expect(store.getState().text.length).toBeLessThan(17 * 262_144)
  expect(store.getState().firstLine).toBeGreaterThan(100_000)
  const first = store.getState().text.split('\n', 2)[1]
  expect(first).toBe(`line ${(store.getState().firstLine ?? 0) + 1}`)
})

test('[L55] whoever looks at an earlier place stays there while the log grows', async () => {
  const log = numbered(200_000)
  let grown = nothing
  const store = createSliceStore({
    read: log.read,
    from: 'end',
    onGrowth: (tell) => {
      grown = tell
      return nothing
    },
  })
  store.getState().open()
  await until(() => store.getState().phase === 'ready')
  await store.getState().seek(0)
  const before = store.getState()
  log.grow('more\n')
  grown()
  await until(() => store.getState().sizeBytes > before.sizeBytes)
  expect(store.getState().text).toBe(before.text)
})

function nothing(): void {
  return undefined
}
