import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../../../electron/store/store.ts'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { readRun } from '../../../../../shared/core/reading/readRun.ts'
import { planRepair, type RepairOutcome } from '../../../../../shared/core/repair/planRepair.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { openFileStore, temporaryFolder, writeRun } from '../../../electron/store/storeFixtures.ts'
import { at } from '../resume/makeRun.ts'
import { born, history, keyframeAfter, runAfter, sha256 } from './storedRun.ts'

const bodies = [...history, keyframeAfter(history)]

async function readStored(store: Store) {
  const { head, journal } = await store.read(born.id)
  const text = head === null ? null : { text: Buffer.from(head.bytes).toString() }
  return { head: text, journal, reading: readRun({ head: text, journal }, sha256) }
}

/** A head that contains the first records only, as between two keyframes. */
async function writeHead(store: Store, untilSeq: number) {
  const { journal } = await store.read(born.id)
  const run = replay(journal?.records ?? [], { untilSeq })
  if (run === null) throw new Error('the first record makes a run')
  const writer = await store.open(born.id, { purpose: 'test', controlSocket: null })
  await writer.replaceHead(encodeHead(run, sha256))
  await writer.release()
}

async function plan(store: Store) {
  const given = { document: born.id, backups: [], rejected: [], source: null, sha256 }
  return planRepair({ ...given, ...(await readStored(store)) })
}

async function carryOut(store: Store, outcome: RepairOutcome) {
  const writer = await store.open(born.id, { purpose: 'repair', controlSocket: null })
  const backup = await writer.backup('before repair')
  if (outcome.cutJournalTo !== null) await writer.cutJournal(outcome.cutJournalTo)
  if (outcome.continueAfterSeq !== null) writer.continueAfter(outcome.continueAfterSeq)
  const { dropped, run } = outcome
  const records = await writer.append(
    [
      { type: 'repaired', source: 'journal', backup: backup.id, dropped, by: 'ada', reason: null },
      { type: 'keyframe', run },
    ],
    { durable: true },
  )
  const repaired = runAfter(records)
  if (repaired !== null) await writer.replaceHead(encodeHead(repaired, sha256))
  await writer.release()
  return backup
}

describe('planRepair with a store on disk', () => {
  it.each([
    ['in its middle', (bytes: Buffer) => bytes.fill('x', 2500, 2510)],
    ['at its end', (bytes: Buffer) => bytes.subarray(0, -20)],
    ['as a whole', () => Buffer.from('gone\n')],
  ])(
    '[R22] a journal damaged %s is repaired as planned, and its bytes are kept',
    async (_, harm) => {
      const root = await temporaryFolder()
      const store = await openFileStore(root)
      await writeRun(store, { run: born.id, bodies, createdAt: at(0) })
      await writeHead(store, 4)
      const path = join(root, store.layout.journal(born.id))
      const damaged = harm(await readFile(path))
      await writeFile(path, damaged)

      const { plan: shown, outcome } = await plan(store)
      expect(shown.problems).toEqual([])
      if (outcome === null) return
      const backup = await carryOut(store, outcome)

      const { reading } = await readStored(store)
      expect(reading).toMatchObject({ health: 'ok', findings: [] })
      expect(reading.run?.steps).toEqual(outcome.run.steps)
      expect((await plan(store)).plan.ready).toBe(false)
      expect(backup.files).toContain(store.layout.journal(born.id))
      await expect(readBackup(store, backup.id)).resolves.toEqual(damaged)
    },
  )
})

async function readBackup(store: Store, backup: string): Promise<Buffer> {
  const journal = store.layout.journal(born.id)
  return Buffer.from((await store.readBackup(born.id, backup, journal)).bytes)
}
