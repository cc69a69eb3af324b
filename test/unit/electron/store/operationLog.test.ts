import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import type { OperationPage } from '../../../../electron/store/operationLog.ts'
import type { Store } from '../../../../electron/store/store.ts'
import {
  createClock,
  createdAt,
  createIds,
  openFileStore,
  temporaryFolder,
} from './storeFixtures.ts'

type Line = Parameters<Store['logOperation']>[0]

const application = { version: '0.1.0', host: 'cli' }

/** What is on the disk, by both kinds of store. */
const kinds: readonly (readonly [string, () => Promise<Store>])[] = [
  ['file store', async () => openFileStore(await temporaryFolder())],
  ['memory store', async () => createMemoryStore({ now: createClock(), randomId: createIds() })],
]

describe.each(kinds)('%s', (_name, create) => {
  test('[T97] an operation is its request and what was observed, paired by id, newest first', async () => {
    const store = await create()
    await store.logOperation(request('1', { call: 'run.start', item: 'a-1' }))
    await store.logOperation(request('2', { call: 'repair.apply', item: 'a-2' }))
    await store.logOperation(end('1', { call: 'run.start', item: 'a-1' }))
    await store.logOperation({
      ...end('2', { call: 'repair.apply', item: 'a-2' }),
      outcome: 'locked: It is held.',
      error: { code: 'locked', message: 'It is held.' },
    })
    await store.logOperation(request('3', { call: 'cleanup.restore', item: 'e', run: 'a-1' }))

    const { operations, findings, nextOffset } = await read(store)

    const base = { by: 'ana', host: 'here', application }
    expect(operations).toEqual([
      {
        ...base,
        id: '3',
        requestedAt: '2026-01-02T03:04:05.682Z',
        observedAt: null,
        call: 'cleanup.restore',
        item: 'e',
        run: 'a-1',
        state: 'unfinished',
        error: null,
        undoneBy: null,
      },
      {
        ...base,
        id: '2',
        requestedAt: '2026-01-02T03:04:05.679Z',
        observedAt: '2026-01-02T03:04:05.681Z',
        call: 'repair.apply',
        item: 'a-2',
        run: null,
        state: 'failed',
        error: { code: 'locked', message: 'It is held.' },
        undoneBy: null,
      },
      {
        ...base,
        id: '1',
        requestedAt: '2026-01-02T03:04:05.678Z',
        observedAt: '2026-01-02T03:04:05.680Z',
        call: 'run.start',
        item: 'a-1',
        run: null,
        state: 'done',
        error: null,
        undoneBy: null,
      },
    ])
    expect([findings, nextOffset]).toEqual([[], null])
  })

  test('[T97] pages are narrowed by run, call, person, time and what is unfinished', async () => {
    const store = await create()
    await store.logOperation(request('1', { call: 'x', item: 'a' }))
    await store.logOperation(end('1', { call: 'x', item: 'a' }))
    await store.logOperation(request('2', { call: 'y', item: 'e', run: 'a', by: 'bo' }))
    await store.logOperation(request('3', { call: 'x', item: 'b' }))
    const ids = async (query: object): Promise<readonly (string | null)[]> =>
      (await read(store, query)).operations.map(({ id }) => id)

    expect(await ids({ run: 'a' })).toEqual(['2', '1'])
    expect(await ids({ call: 'x' })).toEqual(['3', '1'])
    expect(await ids({ by: 'bo' })).toEqual(['2'])
    expect(await ids({ since: '2026-01-02T03:04:05.680Z' })).toEqual(['3', '2'])
    expect(await ids({ state: 'unfinished' })).toEqual(['3', '2'])
    expect(await read(store, { limit: 1, offset: 1 })).toMatchObject({
      operations: [{ id: '2' }],
      nextOffset: 2,
    })
    expect(await read(store, { limit: 1, offset: 2 })).toMatchObject({
      operations: [{ id: '1' }],
      nextOffset: null,
    })
  })

  test('[T150] pages are narrowed by end, letters, id and latest time; what was taken back says by what', async () => {
    const store = await create()
    const edit = { call: 'edit.apply', item: 'order-1' }
    await store.logOperation({ ...request('1', edit), reason: 'Wrong bill' })
    await store.logOperation(end('1', edit))
    await store.logOperation({
      ...request('2', { call: 'edit.undo', item: 'order-1' }),
      undoes: '1',
    })
    await store.logOperation(end('2', { call: 'edit.undo', item: 'order-1' }))
    await store.logOperation({ ...request('3', edit), undoes: '2' })
    const ids = async (query: object): Promise<readonly (string | null)[]> =>
      (await read(store, query)).operations.map(({ id }) => id)

    expect(await ids({ state: 'unfinished' })).toEqual(['3'])
    expect(await ids({ state: 'done' })).toEqual(['2', '1'])
    expect(await ids({ text: 'wrong B' })).toEqual(['1'])
    expect(await ids({ text: 'ORDER' })).toEqual(['3', '2', '1'])
    expect(await ids({ id: '2' })).toEqual(['2'])
    expect(await ids({ until: '2026-01-02T03:04:05.679Z' })).toEqual(['1'])
    const { operations } = await read(store)
    // What has no end took nothing back.
    expect(operations.map(({ undoneBy }) => undoneBy)).toEqual([null, null, '2'])
    expect(operations[2]).toMatchObject({ reason: 'Wrong bill' })
  })

  test('[T97] of a request that was lost the end is told', async () => {
    const store = await create()
    await store.logOperation(end('9', { call: 'x', item: 'a' }))

    expect((await read(store)).operations).toMatchObject([
      { id: '9', requestedAt: null, observedAt: '2026-01-02T03:04:05.678Z', state: 'done' },
    ])
  })

  test('[T97] a workspace without a log has no operations', async () => {
    expect(await read(await create())).toEqual({ operations: [], findings: [], nextOffset: null })
  })
})

test('[T98] lines of older versions are read, and paired with what was begun last', async () => {
  const { store, file } = await storeWithLog()
  await writeFile(
    file,
    old('requested', null, '1') +
      old('requested', null, '2') +
      old('observed', 'io: The disk is full.', '3'),
  )

  const { operations } = await read(store)

  expect(operations.map(({ requestedAt, state, error }) => [requestedAt, state, error])).toEqual([
    ['2', 'failed', { code: 'io', message: 'The disk is full.' }],
    ['1', 'unfinished', null],
  ])
})

test('[T98] lines of older versions that were begun one in the other end one in the other', async () => {
  const { store, file } = await storeWithLog()
  await writeFile(
    file,
    old('requested', null, '1') +
      old('requested', null, '2') +
      old('observed', 'what went wrong', '3') +
      old('observed', 'done', '4'),
  )

  const { operations } = await read(store)

  // What was begun last is what ends first, and an end in words of its own is told as it stands.
  expect(
    operations.map(({ requestedAt, observedAt, error }) => [requestedAt, observedAt, error]),
  ).toEqual([
    ['2', '3', { code: 'unknown', message: 'what went wrong' }],
    ['1', '4', null],
  ])
})

test('[T99] of many damaged lines the first fifty are told, and every operation is', async () => {
  const { store, file } = await storeWithLog()
  await writeFile(file, '\n')
  await store.logOperation(request('1', { call: 'x', item: 'a' }))
  await appendFile(file, 'damaged\n'.repeat(300))

  const { operations, findings } = await read(store)

  expect(operations).toMatchObject([{ id: '1' }])
  expect(findings).toHaveLength(50)
})

test('[T99] a last line that was cut stays as a line of its own, and is told with its place', async () => {
  const { store, file } = await storeWithLog()
  await store.logOperation(request('1', { call: 'x', item: 'a' }))
  const whole = await readFile(file)
  await store.logOperation(end('1', { call: 'x', item: 'a' }))
  const full = await readFile(file)
  for (let size = whole.byteLength + 1; size < whole.byteLength + 60; size += 7) {
    const torn = full.subarray(whole.byteLength, size)
    await writeFile(file, full.subarray(0, size))
    await store.logOperation(request('2', { call: 'x', item: 'b' }))

    const { operations, findings } = await read(store)

    expect(operations.map(({ id, state }) => [id, state])).toEqual([
      ['2', 'unfinished'],
      ['1', 'unfinished'],
    ])
    expect(findings).toEqual([
      {
        file: '.unstuck/operations.jsonl',
        offset: whole.byteLength,
        sentence: 'The line was cut short or damaged: it is no JSON.',
      },
    ])
    expect((await readFile(file)).subarray(whole.byteLength, size)).toEqual(torn)
  }
})

test('[T99] damaged, foreign and endless lines are told, and the others are read', async () => {
  const { store, file } = await storeWithLog()
  await store.logOperation(request('1', { call: 'x', item: 'a' }))
  await appendFile(file, `\n\n{"a":1}\n${'x'.repeat(3_000_000)}\nÿ\0\n`)
  await store.logOperation(end('1', { call: 'x', item: 'a' }))

  const { operations, findings } = await read(store)

  expect(operations).toMatchObject([{ id: '1', state: 'done' }])
  expect(findings.map(({ sentence }) => sentence)).toEqual([
    'The line was cut short or damaged: it is no JSON.',
    'The line is too long to be an operation.',
    'The line is JSON, but no operation.',
  ])
})

test('[T100] a long log is put aside, is read on, and none is ever replaced', async () => {
  const { root, store, file } = await storeWithLog()
  const pad = 'x'.repeat(1000)
  const lines = Array.from({ length: 16_000 }, (_, index) =>
    JSON.stringify({ ...request(`p${index}`, { call: pad, item: 'a' }), at: '2026-01-01' }),
  )
  await writeFile(file, `${lines.join('\n')}\n`)
  await store.logOperation(request('n1', { call: 'x', item: 'a' }))
  await writeFile(file, `${lines.join('\n')}\n`, { flag: 'a' })
  const others = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      openFileStore(root, { randomId: createIds(index.toString()) }),
    ),
  )
  await Promise.all(
    others.map((other, index) =>
      other.logOperation(request(`o${index}`, { call: 'x', item: 'a' })),
    ),
  )

  const names = (await readdir(join(root, '.unstuck'))).toSorted()
  expect(names[0]).toMatch(/^operations\.1-[0-9a-z]{6}\.jsonl$/)
  expect(names.at(-1)).toBe('operations.jsonl')
  expect(names.length).toBeGreaterThan(2)
  const page = await read(store, { call: 'x' })
  expect(new Set(page.operations.map(({ id }) => id))).toEqual(
    new Set(['n1', ...others.map((_, index) => `o${index}`)]),
  )
  expect((await read(store, { offset: 32_000 })).operations).toHaveLength(9)
  expect((await stat(file)).size).toBeLessThan(10_000)
})

test('[T100] logs that two processes put aside at once are read one behind the other', async () => {
  const { root, store } = await storeWithLog()
  for (const [name, id] of [
    ['operations.2-aaaaaa.jsonl', '3'],
    ['operations.1-bbbbbb.jsonl', '2'],
    ['operations.1-aaaaaa.jsonl', '1'],
  ] as const) {
    const line = { ...request(id, { call: 'x', item: 'a' }), at: createdAt }
    await writeFile(join(root, '.unstuck', name), `${JSON.stringify(line)}\n`)
  }

  const { operations } = await read(store)

  expect(operations.map(({ id }) => id)).toEqual(['3', '2', '1'])
})

test('[T100] a long log that cannot be put aside under a new number is told, and none is replaced', async () => {
  const { root, store, file } = await storeWithLog()
  await writeFile(file, '')
  await truncate(file, 17_000_000)
  const last = join(root, '.unstuck', `operations.${Number.MAX_SAFE_INTEGER}-aaaaaa.jsonl`)
  await writeFile(last, 'kept')

  const refused = store.logOperation(request('1', { call: 'x', item: 'a' }))

  await expect(refused).rejects.toMatchObject({
    code: 'io',
    message: 'The operations log has no free number. Move its files elsewhere.',
  })
  expect([await readFile(last, 'utf8'), (await stat(file)).size]).toEqual(['kept', 17_000_000])
})

test('[T133] a log that is put aside while it is read loses no operation', async () => {
  const { root, store, file } = await storeWithLog()
  for (const id of ['1', '2']) await store.logOperation(request(id, { call: 'x', item: 'a' }))
  const disk = createNodeFileSystem()
  let isFirst = true
  const reader = await openFileStore(root, {
    fileSystem: {
      ...disk,
      open: async (path, mode) => {
        if (isFirst && path === file) {
          isFirst = false
          await rename(file, join(root, '.unstuck/operations.1-abcdef.jsonl'))
          await store.logOperation(request('3', { call: 'x', item: 'a' }))
        }
        return disk.open(path, mode)
      },
    },
  })

  expect((await read(reader)).operations.map(({ id }) => id)).toEqual(['3', '2', '1'])
})

function old(phase: string, outcome: string | null, at: string): string {
  return `${JSON.stringify({ at, call: 'x', item: 'a', by: 'ana', phase, outcome })}\n`
}

function request(id: string, part: Partial<Line> & Pick<Line, 'call' | 'item'>): Line {
  return { id, by: 'ana', host: 'here', application, phase: 'requested', outcome: null, ...part }
}

function end(id: string, part: Partial<Line> & Pick<Line, 'call' | 'item'>): Line {
  return { ...request(id, part), phase: 'observed', outcome: 'done' }
}

function read(store: Store, query: object = {}): Promise<OperationPage> {
  return store.operations({ offset: 0, limit: 100, ...query })
}

async function storeWithLog(): Promise<{ root: string; store: Store; file: string }> {
  const root = await temporaryFolder()
  await mkdir(join(root, '.unstuck'))
  return { root, store: await openFileStore(root), file: join(root, '.unstuck/operations.jsonl') }
}
