import { createHash } from 'node:crypto'
import { writeFile, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createStampTable,
  exportStamps,
  importStampParts,
  importStamps,
  stampParts,
} from '../../../../electron/store/stampTable.ts'
import { openFileStore, temporaryFolder } from './storeFixtures.ts'

test('[T66] a table that was exported and imported knows the same', async () => {
  const { store, table } = await sweptTable()
  const total = table.counts.size

  const imported = importStamps(exportStamps(table))

  expect(imported).toEqual(table)
  expect(total).toBeGreaterThan(1)
  expect(await store.sweep(imported ?? createStampTable())).toMatchObject({
    changed: [],
    removed: [],
  })
})

test('[T66] a file costs its name and 33 bytes', async () => {
  const { table } = await sweptTable()
  const names = [...table.folders.values()].map((folder) => folder.names)
  const files = names.flatMap((text) => text.split('/').filter((name) => name !== ''))
  const text = files.reduce((sum, name) => sum + Buffer.byteLength(name), 0)

  expect(exportStamps(table).byteLength).toBeLessThanOrEqual(text + files.length * 33 + 700)
})

test('[T67] bytes that were cut are no table', async () => {
  const { table } = await sweptTable()
  const bytes = exportStamps(table)

  for (let length = 0; length < bytes.byteLength; length += 1) {
    expect(importStamps(bytes.subarray(0, length))).toBeNull()
  }
})

test('[T67] parts that do not fit each other are no table', async () => {
  const { table } = await sweptTable()
  const parts = stampParts(table).map((pieces) => Uint8Array.from(Buffer.concat(pieces)))
  const [told = none, names = none, rows = none] = parts
  const cut = names.subarray(0, names.lastIndexOf(0x2f))

  expect(importStampParts([told, names, rows])).toEqual(table)
  for (const others of [
    [told, names],
    [told, names, rows, none],
    [names, told, rows],
    [told, names, rows.slice(8)],
    [told, names, Uint8Array.from([...rows, ...rows.subarray(0, 8)])],
    [told, Uint8Array.from([...names, 0x2f]), rows],
    [told, Uint8Array.from(cut), rows],
    // As many bytes, and one name less.
    [told, names.map((byte, at) => (at === cut.length ? 0x61 : byte)), rows],
  ])
    expect(importStampParts(others)).toBeNull()
})

test.each(['', '{', '{"folders":[]}', '{"folders":[["a",-1,0,[],null]],"strays":[],"counts":[]}'])(
  '[T67] a table that says %o, and nothing else is wrong with it, is none',
  (text) => {
    expect(importStampParts([headOf(text), none, none])).toBeNull()
  },
)

test('[T67] bytes that were changed hide no file: what they give tells everything that differs', async () => {
  const { store, table } = await sweptTable()
  const bytes = exportStamps(table)
  const list = await store.list()
  for (let at = 0; at < bytes.byteLength; at += 7) {
    const damaged = Uint8Array.from(bytes)
    damaged[at] = (damaged[at] ?? 0) ^ 4
    const imported = importStamps(damaged)
    if (imported === null) continue
    const { changed } = await store.sweep(imported)
    expect(list).toEqual(expect.arrayContaining([...changed]))
    expect(await store.sweep(imported)).toEqual({ changed: [], removed: [], total: list.length })
  }
})

const none = new Uint8Array()

/** What a table begins with: its name, how long it is, its digest, and what it says. */
function headOf(text: string): Uint8Array<ArrayBuffer> {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(Buffer.byteLength(text))
  const digest = createHash('sha256').update(text).digest()
  const parts = [Buffer.from('unstuck stamps 2'), size, digest, Buffer.from(text)]
  return Uint8Array.from(Buffer.concat(parts))
}

async function sweptTable() {
  const root = await temporaryFolder()
  for (const day of ['2026-01-02', '2026-01-03']) {
    await mkdir(join(root, 'runs', day), { recursive: true })
    for (const name of ['a-1.json', 'b-2.jsonl', 'c-é.json']) {
      await writeFile(join(root, 'runs', day, name), '{}')
    }
  }
  await symlink(root, join(root, 'runs/2026-01-03/d-4.json'))
  const store = await openFileStore(root)
  const table = createStampTable()
  await store.sweep(table)
  return { store, table }
}
