import { expect, test } from 'vitest'
import { readRun } from '../../../shared/core/reading/readRun.ts'
import { readSummary } from '../../../shared/core/codec/summaryLine.ts'
import { makeRuns } from '../../bench/makeRuns.ts'
import { sha256 } from '../../bench/sha256.ts'
import { openFileStore, temporaryFolder } from '../electron/store/storeFixtures.ts'

test('the runs that are measured are whole: heads fit their checksums and their journals', async () => {
  const store = await openFileStore(makeRuns(await temporaryFolder(), 60))
  const entries = await store.list()

  const statuses = new Set<string>()
  for (const { run, journalBytes } of entries) {
    if (run === null) throw new Error('Only runs are made.')
    const { head, journal } = await store.read(run)
    const text = Buffer.from(head?.bytes ?? []).toString()
    const summary = readSummary(text.slice(0, 1024), sha256)
    const read = readRun({ head: { text }, journal }, sha256)
    statuses.add(summary?.status ?? 'none')
    expect(read.findings).toEqual([])
    expect(summary).toMatchObject({ id: run, journalBytes, seq: journal?.records.length })
  }

  expect(entries).toHaveLength(60)
  expect([...statuses].toSorted()).toEqual(['cancelled', 'completed', 'failed', 'waiting'])
})
