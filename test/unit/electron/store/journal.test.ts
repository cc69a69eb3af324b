import { describe, expect, test } from 'vitest'
import { createJournalScanner, scanJournal } from '../../../../electron/store/scanJournal.ts'
import { encodeLine } from '../../../../electron/store/journalLine.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import { createdAt, keyframe, setVariable } from './storeFixtures.ts'

type Written = { readonly bytes: Uint8Array; readonly seq: number; readonly sum: string }

describe('reading a journal', () => {
  test('[T5] a whole one gives every record with its place, and no flaw', () => {
    const lines = chain([setVariable('a'), setVariable('b')])

    const { reading, end, tail } = scanJournal(join(lines))

    expect(reading).toMatchObject({ flaws: [], goodBytes: reading.sizeBytes })
    expect(
      reading.records.map(({ line, offset, sizeBytes }) => ({ line, offset, sizeBytes })),
    ).toEqual([
      { line: 1, offset: 0, sizeBytes: lines[0]?.bytes.byteLength },
      { line: 2, offset: lines[0]?.bytes.byteLength, sizeBytes: lines[1]?.bytes.byteLength },
    ])
    expect({ end, tail }).toEqual({
      end: { seq: 2, sum: lines[1]?.sum, epoch: 1 },
      tail: { kind: 'whole' },
    })
  })

  test('[T6] a last line cut short at any byte is torn, and all before it is read', () => {
    const lines = chain([setVariable('a'), keyframe(), setVariable('b')])
    const whole = join(lines)
    const lastOffset = whole.byteLength - (lines.at(-1)?.bytes.byteLength ?? 0)

    for (let size = lastOffset + 1; size < whole.byteLength; size += 1) {
      const { reading, tail } = scanJournal(whole.subarray(0, size))
      expect(reading.records.map(({ record }) => record.seq)).toEqual([1, 2])
      expect(reading.flaws).toMatchObject([
        { kind: 'torn', line: 3, offset: lastOffset, sizeBytes: size - lastOffset },
      ])
      expect(reading.goodBytes).toBe(lastOffset)
      expect(tail).toEqual({ kind: 'torn', offset: lastOffset })
    }
    expect(scanJournal(whole.subarray(0, lastOffset)).reading.flaws).toEqual([])
  })

  test('[T32] one that is read as it grows, or after a change of what was read, reads as if for the first time', async () => {
    const whole = join(chain([large('a'), large('b'), large('c'), keyframe(), setVariable('d')]))
    const scan = createJournalScanner()
    const sizes = [90_000, 95_000, whole.byteLength - 60, whole.byteLength - 1, whole.byteLength]
    for (const size of [...sizes, 90_100]) {
      const grown = whole.slice(0, size)
      expect(await scan('a', grown)).toEqual(scanJournal(grown))
    }
    expect(await scan('a', whole)).toEqual(scanJournal(whole))
    for (const place of [100, 31_000, 90_500, whole.byteLength - 40]) {
      const changed = whole.slice()
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(await scan('a', changed)).toEqual(scanJournal(changed))
      expect((await scan('b', changed)).reading.flaws).not.toEqual([])
      expect(await scan('a', whole)).toEqual(scanJournal(whole))
    }
  })

  test('[T6] a last line whose page was never written is torn', () => {
    const lines = chain([setVariable('a'), setVariable('b')])
    const whole = join(lines)
    whole.fill(0, lines[0]?.bytes.byteLength, whole.byteLength - 20)

    expect(scanJournal(whole).reading.flaws).toMatchObject([{ kind: 'torn', line: 2 }])
  })

  test('[T3] a bit that flips in any record is found, and reading goes on at the next keyframe', () => {
    const lines = chain([
      setVariable('a'),
      setVariable('b'),
      setVariable('c'),
      keyframe(),
      setVariable('d'),
    ])
    const whole = join(lines)
    const expected = [
      [4, 5],
      [1, 4, 5],
      [1, 2, 4, 5],
      [1, 2, 3],
      [1, 2, 3, 4],
    ]

    let offset = 0
    for (const [index, { bytes }] of lines.entries()) {
      for (let byte = 0; byte < bytes.byteLength - 1; byte += 7) {
        const flipped = whole.slice()
        flipped[offset + byte] = (flipped[offset + byte] ?? 0) ^ 1
        const { reading } = scanJournal(flipped)
        expect(reading.flaws[0]).toMatchObject({ line: index + 1, offset })
        expect(reading.records.map(({ record }) => record.seq)).toEqual(expected[index])
        expect(reading.goodBytes).toBe(offset)
      }
      offset += bytes.byteLength
    }
  })

  test('[T3] the sentence names the line, its byte and the whole records that were lost with it', () => {
    const lines = chain([setVariable('a'), setVariable('b'), setVariable('c'), setVariable('d')])
    const bytes = join(lines)
    const offset = lines[0]?.bytes.byteLength ?? 0
    bytes[offset + 60] = 0x7e

    expect(scanJournal(bytes)).toMatchObject({
      reading: {
        flaws: [
          {
            sentence: `Line 2 of the journal, at byte ${offset}, does not fit: its sum does not fit its bytes. Nothing connects the 2 whole records behind it (3 to 4).`,
          },
        ],
      },
      tail: { kind: 'damaged' },
    })
  })

  test('[T3] a line that is missing is found', () => {
    const [first, , third] = chain([setVariable('a'), setVariable('b'), setVariable('c')])

    const { reading } = scanJournal(join([first, third]))

    expect(reading.flaws).toMatchObject([{ kind: 'sequence', line: 2 }])
  })

  test('[T3] a line from another journal is found', () => {
    const [first] = chain([setVariable('a')])
    const [, second] = chain([setVariable('x'), setVariable('b')])

    expect(scanJournal(join([first, second])).reading.flaws).toMatchObject([{ kind: 'chain' }])
  })

  test('[T7] a record of an older lock is rejected, and what follows the last good one is read', () => {
    const [first] = chain([setVariable('a')])
    const second = written(setVariable('b'), { seq: 2, epoch: 2, prev: first?.sum ?? '' })
    const zombie = written(setVariable('z'), { seq: 3, epoch: 1, prev: second.sum })
    const third = written(setVariable('c'), { seq: 3, epoch: 2, prev: second.sum })

    const { reading, tail } = scanJournal(join([first, second, zombie, third]))

    expect(reading.flaws).toMatchObject([{ kind: 'epoch', line: 3 }])
    expect(reading.records.map(({ line: number }) => number)).toEqual([1, 2, 4])
    expect(tail).toEqual({ kind: 'whole' })
  })

  test('[T8] a repair may go on behind the numbers that it says were dropped', () => {
    const [first] = chain([setVariable('a')])
    const repaired = written(
      {
        type: 'repaired',
        source: 'head',
        backup: null,
        dropped: { fromSeq: 2, toSeq: 6, bytes: 100 },
        by: 'ana',
        reason: null,
      },
      { seq: 7, epoch: 2, prev: first?.sum ?? '' },
    )
    const next = written(keyframe(), { seq: 8, epoch: 2, prev: repaired.sum })

    expect(scanJournal(join([first, repaired, next])).reading).toMatchObject({
      flaws: [],
      records: [{ line: 1 }, { line: 2 }, { line: 3 }],
    })
  })

  test('[T8] a repair may not jump over more than it says', () => {
    const [first] = chain([setVariable('a')])
    const repaired = written(
      {
        type: 'repaired',
        source: 'head',
        backup: null,
        dropped: { fromSeq: 2, toSeq: 3, bytes: 100 },
        by: 'ana',
        reason: null,
      },
      { seq: 7, epoch: 2, prev: first?.sum ?? '' },
    )

    expect(scanJournal(join([first, repaired])).reading.flaws).toMatchObject([{ kind: 'sequence' }])
  })

  test('[T8] a gap that thinning names is none, when a keyframe stands behind it', () => {
    const lines = chain([setVariable('a'), setVariable('b'), keyframe()])
    const thinned = written(
      { type: 'thinned', dropped: [{ fromSeq: 2, toSeq: 2, sumBefore: lines[0]?.sum ?? '' }] },
      { seq: 4, epoch: 1, prev: lines[2]?.sum ?? '' },
    )

    const { reading } = scanJournal(join([lines[0], lines[2], thinned]))

    expect(reading.flaws).toEqual([])
    expect(reading.records.map(({ record }) => record.seq)).toEqual([1, 3, 4])
  })

  test('[T5] an empty journal is whole', () => {
    expect(scanJournal(new Uint8Array())).toEqual({
      reading: { sizeBytes: 0, records: [], flaws: [], goodBytes: 0 },
      end: { seq: 0, sum: '', epoch: 0 },
      maxEpoch: 0,
      tail: { kind: 'whole' },
      sinceKeyframeBytes: 0,
    })
  })
})

function chain(bodies: readonly RecordBody[]): readonly Written[] {
  const lines: Written[] = []
  for (const body of bodies) {
    lines.push(written(body, { seq: lines.length + 1, epoch: 1, prev: lines.at(-1)?.sum ?? '' }))
  }
  return lines
}

function written(
  body: RecordBody,
  link: { readonly seq: number; readonly epoch: number; readonly prev: string },
): Written {
  const { bytes, record } = encodeLine(body, { ...link, at: createdAt })
  return { bytes, seq: record.seq, sum: record.sum }
}

function large(name: string): RecordBody {
  return { type: 'variableSet', name, value: 'x'.repeat(30_000) }
}

function join(lines: readonly (Written | undefined)[]): Uint8Array {
  // Not a Buffer, whose slices share their bytes.
  return new Uint8Array(Buffer.concat(lines.map((one) => one?.bytes ?? new Uint8Array())))
}
