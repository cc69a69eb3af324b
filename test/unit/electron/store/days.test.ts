import { expect, test } from 'vitest'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import { createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createClock, createIds, failureOf, writeRun } from './storeFixtures.ts'

const root = '/workspace'

/** Each of them is of another day; every third lies in the folder of a later one. */
const runs = Array.from({ length: 60 }, (_, index) => {
  const at = new Date(Date.UTC(2026, 0, 1 + index))
  const id = `deploy-${at.toISOString().slice(0, 10).replaceAll('-', '')}t030405z-a1b2`
  const made = new Date(at.getTime() + (index % 3 === 0 ? 400 * 86_400_000 : 0))
  return { run: RunId.parse(id), createdAt: made.toISOString() }
})

test('[T28] of very many runs that are looked for each is found, in whatever day it lies', async () => {
  const fileSystem = createMemoryFileSystem(root)
  const open = () =>
    createMemoryStore({ root, fileSystem, now: createClock(), randomId: createIds() })
  const writer = open()
  for (const options of runs) await writeRun(writer, options)

  const reader = open()
  for (const { run } of runs) expect((await reader.read(run)).journal?.records).toHaveLength(1)
  const gone = RunId.parse('deploy-20260315t030405z-ffff')
  expect(await failureOf(reader.read(gone))).toMatchObject({ code: 'not-found' })
  const other = RunId.parse('named-by-hand')
  expect(await failureOf(reader.read(other))).toMatchObject({ code: 'not-found' })
})
