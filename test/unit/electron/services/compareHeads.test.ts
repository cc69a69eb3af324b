import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../electron/host/hostFacts.ts'
import { compareHeads } from '../../../../electron/services/compareHeads.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import { diff } from '../../../../shared/core/diff/diff.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import type { Json } from '../../../../shared/schema/json.ts'
import { runAsJson, type Run } from '../../../../shared/schema/run.ts'
import {
  createdAt,
  keyframe,
  openFileStore,
  otherRunId,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from '../store/storeFixtures.ts'

const rows = Array.from({ length: 300 }, (_, index) => ({ id: index, text: `row ${index}` }))
const without = ['id', 'journal', 'checkpoints', 'updatedAt', 'createdAt']

/** A run that rests: its head says all that its journal says. */
async function writeResting(store: Store, id: RunId, list: Json): Promise<Run> {
  const writer = await store.create(id, { ...testing, createdAt })
  const bodies = [keyframe(id), { type: 'variableSet', name: 'rows', value: list } as const]
  const records = await writer.append(bodies, { durable: true })
  const run = replay(records.map((record) => ({ kind: 'known', record })))
  if (run === null) throw new Error('No run was made.')
  await writer.replaceHead(encodeHead(run, sha256))
  await writer.release()
  return run
}

function part(run: Run): Json {
  const entries = Object.entries(runAsJson(run) as Readonly<Record<string, Json>>) // a run is an object
  return Object.fromEntries(entries.filter(([key]) => !without.includes(key)))
}

describe('compareHeads', () => {
  it('[D32] two runs that rest are compared by the lines of their heads', async () => {
    const store = await openFileStore(await temporaryFolder())
    const one = await writeResting(store, runId, rows)
    const other = await writeResting(store, otherRunId, [...rows.slice(5), { id: 'new' }])
    const found = await compareHeads(store, [runId, otherRunId], { without })
    expect(found).toEqual(diff(part(one), part(other)))
    expect(found?.counts).toMatchObject({ removed: 5, added: 1 })
  })

  it('[D32] not where a record came after the head, nor where the head was changed', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeResting(store, runId, rows)
    await writeResting(store, otherRunId, rows)
    const compared = () => compareHeads(store, [runId, otherRunId], { without })
    expect(await compared()).toMatchObject({ changes: [] })

    const path = join(root, store.layout.head(runId))
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('row 7"', 'row 8"'))
    expect(await compared()).toBe(null)
    await writeFile(path, text)

    const writer = await store.open(otherRunId, testing)
    await writer.append([setVariable('late')], { durable: true })
    await writer.release()
    expect(await compared()).toBe(null)
  })
})
