import * as fc from 'fast-check'
import { stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeLine } from '../../../../electron/store/journalLine.ts'
import {
  createJournalScanner,
  scanChain,
  scanJournal,
} from '../../../../electron/store/scanJournal.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import { watchStops } from '../../../faults/campaigns/stops.ts'
import {
  createdAt,
  day,
  failureOf,
  keyframe,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  writeRun,
} from './storeFixtures.ts'

describe('reading a journal in turns', () => {
  test('[T102] gives what reading it at once gives, whatever was done to its bytes', async () => {
    const whole = journalOf(40, 3000)
    const harm = fc.record({
      place: fc.nat(whole.byteLength - 1),
      bit: fc.nat(7),
      cut: fc.option(fc.nat(whole.byteLength), { nil: null }),
      zeros: fc.option(fc.nat(whole.byteLength - 1), { nil: null }),
    })
    const scan = createJournalScanner()
    await fc.assert(
      fc.asyncProperty(fc.array(harm, { maxLength: 3 }), async (all) => {
        const bytes = all.reduce(harmed, whole)
        const atOnce = scanJournal(bytes)
        const { reading, ...chain } = await scanChain(bytes)

        expect(await scan('a', bytes)).toEqual(atOnce)
        const { records, ...place } = atOnce.reading
        expect({ ...chain, reading: { ...reading, records: placesOf(reading.records) } }).toEqual({
          ...atOnce,
          reading: { ...place, records: placesOf(records) },
        })
      }),
      { seed: 20260102, numRuns: 100 },
    )
  })

  test('[T103] lets others have their turn every few milliseconds', async () => {
    const bytes = journalOf(18_000, 1000)
    const atOnceMs = await bestOf(3, async () => scanJournal(bytes))
    const inTurnsMs = await bestOf(3, async () => {
      await scanChain(bytes)
      await createJournalScanner()('a', bytes)
    })

    expect(inTurnsMs).toBeLessThan(atOnceMs / 2)
  })

  test('[T104] a line that no text can be made of is a flaw, and what lies before it is read', () => {
    const first = journalOf(1, 10)
    const large = Buffer.alloc(257 * 1024 * 1024, 'x')
    const { reading } = scanJournal(Buffer.concat([first, large, Buffer.from('\n'), first]))

    expect(reading.records).toHaveLength(1)
    expect(reading.flaws).toMatchObject([
      {
        kind: 'shape',
        line: 2,
        offset: first.byteLength,
        sentence: expect.stringContaining('it has 269 MB, and at most 268 MB can be read'),
      },
    ])
  })
})

describe('files that are larger than what is read at once', () => {
  test('[T110] are refused with what to do, and shown in slices all the same', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store)
    for (const file of [`${runId}.json`, `${runId}.jsonl`]) {
      const path = join(root, 'runs', day, file)
      const before = (await stat(path).catch(() => null))?.size ?? 0
      await writeFile(path, '', { flag: 'a' })
      await truncate(path, 2 ** 30 + 1)

      expect(await failureOf(store.read(runId))).toMatchObject({
        code: 'io',
        message: expect.stringContaining('larger than 1 GB, more than is read at once'),
      })
      const range = { offset: 2 ** 30 - 1, limitBytes: 10 }
      const slice = await store.readSlice(`runs/${day}/${file}`, range)
      expect([slice.bytes.byteLength, slice.sizeBytes]).toEqual([2, 2 ** 30 + 1])
      await truncate(path, before)
    }
  })

  test('[T111] a path of thousands of folders is no path', async () => {
    const store = await openFileStore(await temporaryFolder())

    expect(await failureOf(store.readDocument(`${'a/'.repeat(3000)}x.json`))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^"(a\/){150}…" is no path inside the workspace\.$/),
    })
  })
})

type Harm = {
  readonly place: number
  readonly bit: number
  readonly cut: number | null
  readonly zeros: number | null
}

function harmed(bytes: Uint8Array, { place, bit, cut, zeros }: Harm): Uint8Array {
  const changed = bytes.slice(0, cut ?? bytes.byteLength)
  if (place < changed.byteLength) changed[place] = (changed[place] ?? 0) ^ (1 << bit)
  if (zeros !== null) changed.fill(0, zeros, zeros + 512)
  return changed
}

function placesOf(records: ReturnType<typeof scanJournal>['reading']['records']) {
  return records.map(({ record, line, offset, sizeBytes }) => {
    const { seq, at, epoch, type, prev, sum } = record
    return { seq, at, epoch, type, prev, sum, line, offset, sizeBytes }
  })
}

/** Every tenth record holds the whole run. */
function journalOf(count: number, valueBytes: number): Uint8Array {
  const lines: Uint8Array[] = []
  let prev = ''
  for (let seq = 1; seq <= count; seq += 1) {
    const { bytes, record } = encodeLine(bodyOf(seq, valueBytes), {
      seq,
      epoch: 1,
      prev,
      at: createdAt,
    })
    lines.push(bytes)
    prev = record.sum
  }
  return new Uint8Array(Buffer.concat(lines))
}

function bodyOf(seq: number, valueBytes: number): RecordBody {
  return seq % 10 === 0 ? keyframe() : setVariable(`v${seq}`, 'x'.repeat(valueBytes))
}

/** The shortest of the longest stops: a machine that is busy with other things adds to some. */
async function bestOf(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const stops: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const stop = watchStops()
    await work()
    stops.push(stop())
  }
  return Math.min(...stops)
}
