import { writeFile, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createStampTable,
  exportStamps,
  importStamps,
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
