// What every storage backend promises, as cases for any test runner: `for (const { title, run } of storageBackendCases) …`.
import assert from 'node:assert/strict'
import type { Json } from '../../shared/schema/json.ts'
import type { State } from './state.ts'
import type { StorageBackend } from './storageBackend.ts'

/** One promise of every backend; it rejects with an `AssertionError` where it is not kept. */
export type StorageBackendCase = {
  readonly title: string
  /** `open` gives an empty backend, a new one with every call; whoever runs the case closes it. */
  readonly run: (open: () => Promise<StorageBackend>) => Promise<void>
}

/** What every backend of sessions has to pass, each a test of its own. */
export const storageBackendCases: readonly StorageBackendCase[] = [
  {
    title: 'a value is loaded as it was saved',
    run: async (open) => {
      const backend = await open()
      await backend.save('a', everyJson)
      assert.deepEqual(plain(await backend.load('a')), plain(everyJson))
      assert.equal(await backend.exists('a'), true)
    },
  },
  {
    title: 'a key without a value loads null, does not exist, and is not deleted',
    run: async (open) => {
      const backend = await open()
      assert.equal(await backend.load('a'), null)
      assert.equal(await backend.exists('a'), false)
      assert.equal(await backend.delete('a'), false)
      assert.deepEqual(await backend.listKeys(), [])
    },
  },
  {
    title: 'a value is kept instead of the one before, and nothing of that stays',
    run: async (open) => {
      const backend = await open()
      await backend.save('a', { old: 1, both: { deep: [1, 2] } })
      await backend.save('a', { new: 2, both: { deep: [2] } })
      assert.deepEqual(plain(await backend.load('a')), { both: { deep: [2] }, new: 2 })
      await backend.save('a', {})
      assert.deepEqual(plain(await backend.load('a')), {})
    },
  },
  {
    title: 'a deleted key is gone, and can be saved again',
    run: async (open) => {
      const backend = await open()
      await backend.save('a', { n: 1 })
      assert.equal(await backend.delete('a'), true)
      assert.equal(await backend.load('a'), null)
      assert.deepEqual(await backend.listKeys(), [])
      await backend.save('a', { n: 2 })
      assert.deepEqual(plain(await backend.load('a')), { n: 2 })
    },
  },
  {
    title: 'keys of any characters are told apart, and stay within the backend',
    run: async (open) => {
      const backend = await open()
      for (const [index, key] of oddKeys.entries()) await backend.save(key, { index })
      for (const [index, key] of oddKeys.entries())
        assert.deepEqual(plain(await backend.load(key)), { index }, `under ${JSON.stringify(key)}`)
      assert.deepEqual((await backend.listKeys()).toSorted(), oddKeys.toSorted())
    },
  },
  {
    title: 'keys are listed by their beginning',
    run: async (open) => {
      const backend = await open()
      for (const key of ['a/1', 'a/2', 'a', 'b/1', 'A/1']) await backend.save(key, {})
      assert.deepEqual((await backend.listKeys('a/')).toSorted(), ['a/1', 'a/2'])
      assert.deepEqual(await backend.listKeys('c'), [])
    },
  },
  {
    title: 'a value belongs to its caller: changing it changes nothing that is kept',
    run: async (open) => {
      const backend = await open()
      const value = { list: [1] }
      await backend.save('a', value)
      value.list.push(2)
      const loaded = await backend.load('a')
      assert.deepEqual(plain(loaded), { list: [1] })
      if (loaded !== null) Object.assign(loaded, { list: [] })
      assert.deepEqual(plain(await backend.load('a')), { list: [1] })
    },
  },
  {
    title: 'of values that are saved at the same time one is kept, whole',
    run: async (open) => {
      const backend = await open()
      const values = Array.from({ length: 8 }, (_, n) => ({ n, also: { n }, list: [n, n] }))
      await Promise.all(values.map((value) => backend.save('a', value)))
      const loaded = plain(await backend.load('a'))
      assert.ok(values.some((value) => JSON.stringify(loaded) === JSON.stringify(plain(value))))
    },
  },
  {
    title: 'a value that JSON cannot hold, and a text that is no key, are refused',
    run: async (open) => {
      const backend = await open()
      const cycle: Record<string, unknown> = {}
      cycle['self'] = cycle
      for (const value of [{ at: new Map() }, { at: Number.NaN }, { at: 1n }, cycle, [], null])
        await assert.rejects(backend.save('a', value as unknown as State)) // what types forbid, a program may do
      for (const key of ['', 'x'.repeat(1001), '\uD800'])
        await assert.rejects(backend.save(key, {}))
      assert.deepEqual(await backend.listKeys(), [])
    },
  },
  {
    title: 'a value of a megabyte is kept',
    run: async (open) => {
      const backend = await open()
      const value = { text: 'ä€😀'.repeat(120_000) }
      await backend.save('a', value)
      assert.deepEqual(plain(await backend.load('a')), value)
    },
  },
]

const everyJson: State = JSON.parse(
  '{"null":null,"yes":true,"number":-1.5e-7,"big":9007199254740991,"text":"line\\n\\u0000 ä€😀 \\ud800","list":[1,[],{},"",null],"deep":{"a":{"b":{"c":[{"d":1}]}}},"__proto__":{"x":1},"constructor":"c","":"empty","1":"one"}',
) as State // a literal

const oddKeys: readonly string[] = [
  'plain',
  'Plain',
  'with space',
  '../../etc/passwd',
  '/absolute',
  'a/b',
  'a\\b',
  '..',
  '.',
  'nul\u0000byte',
  'line\nfeed',
  '__proto__',
  'constructor',
  'con',
  'ÅÄÖ',
  'A\u030AÄÖ',
  '😀',
  '%2F',
  'x'.repeat(1000),
  `${'x'.repeat(999)}y`,
  'session/plain',
  'a.json',
]

/** As JSON text and with its keys sorted: objects of any prototype compare, and any order of keys. */
function plain(value: unknown): Json {
  return sorted(JSON.parse(JSON.stringify(value)) as Json) // just made of JSON text
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}
