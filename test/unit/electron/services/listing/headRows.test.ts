import * as fc from 'fast-check'
import { createHash, hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createHeadRows } from '../../../../../electron/services/listing/headRows.ts'
import { createRowTable } from '../../../../../electron/services/listing/rowTable.ts'
import { summaryFacts } from '../../../../../electron/services/listing/summaryFacts.ts'
import { toTableRow } from '../../../../../electron/services/listing/toTableRow.ts'
import { createHeadLines } from '../../../../../electron/store/headLines.ts'
import { readHeadLine } from '../../../../../electron/store/headLine.ts'
import type { Entry } from '../../../../../electron/store/store.ts'
import type { RunHeads } from '../../../../../electron/store/sweepPart.ts'
import { tellHead } from '../../../../../electron/store/tellHeads.ts'
import { invariant } from '../../../../../shared/assert.ts'
import { headStart } from '../../../../../shared/schema/headWords.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { homePattern } from '../../../../../electron/store/places.ts'
import { runPair } from '../../../../bench/makeRuns/runPair.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const now = '2026-06-01T00:00:00.000Z'
const pairs = Array.from({ length: 60 }, (_, index) => runPair(index))

/** A head whose summary was changed and has a sum that fits. */
function rewritten(head: string, change: (line: string) => string): string {
  const line = head.slice(headStart.length, head.indexOf('\n', headStart.length))
  const body = change(line.slice(0, line.lastIndexOf(',"sum":')))
  return `${headStart}${body},"sum":"${sha256(body).slice(0, 32)}"},\n"run": {}`
}

function entryOf(id: string, day: string, journalBytes: number): Entry {
  return {
    document: `runs/${day}/${id}.json`,
    run: RunId.parse(id),
    kind: 'run',
    archived: false,
    sizeBytes: 20_000,
    journalBytes,
    modifiedAt: now,
    stamp: '#17',
    problem: null,
  }
}

const startBytes = 1032

/** What a look at a day with this one run tells. */
function headsOf(bytes: Buffer, entry: Entry): RunHeads {
  const lines = createHeadLines(1, null)
  const [from, to] = [0, Math.min(bytes.length, startBytes)]
  const name = `${entry.run}.json`
  tellHead({ bytes, lines, home: homePattern(dayOf(entry), ['.json']) }, 0, { name, from, to })
  return {
    count: 1,
    sizes: Float64Array.of(entry.sizeBytes),
    journalSizes: Float64Array.of(entry.journalBytes ?? -1),
    stamps: Float64Array.of(17),
    bytes,
    from: Uint32Array.of(from),
    to: Uint32Array.of(to),
    lines,
    runAt: () => RunId.parse(entry.run),
    documentAt: () => entry.document,
    entryAt: () => entry,
  }
}

function dayOf({ document }: Entry): string {
  return document.split('/')[1] ?? ''
}

function tell(head: string, entry: Entry, at: string) {
  const bytes = Buffer.from(head)
  const [quick, slow] = [createRowTable(), createRowTable()]
  const isQuick = createHeadRows(quick, at)(headsOf(bytes, entry), 0)
  const found = summaryFacts(entry, bytes.subarray(0, startBytes), { sha256, now: at })
  if (found !== null) {
    const state = { readAtMs: Date.parse(at), isVerified: false, isExact: found.isExact }
    slow.upsert(toTableRow(entry, found.facts, state))
  }
  return { isQuick, quick, slow, found }
}

const whenever = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-03-01'), noInvalidDate: true })
  .map((at) => at.toISOString())

test('[E51] a row that is made of the bytes of a head says what its summary says, at any age', () => {
  let quickOnes = 0
  fc.assert(
    fc.property(fc.constantFrom(...pairs), whenever, ({ head, journal, id, day }, at) => {
      const entry = entryOf(id, day, Buffer.byteLength(journal))
      const { isQuick, quick, slow } = tell(head, entry, at)
      if (!isQuick) return
      quickOnes += 1
      expect(quick.rowAt(0)).toEqual(slow.rowAt(0))
      expect(quick.stateAt(0)).toEqual(slow.stateAt(0))
      expect(quick.stampAt(0)).toBe(slow.stampAt(0))
      expect(quick.counts()).toEqual(slow.counts())
    }),
    { seed: 1, numRuns: 400 },
  )
  expect(quickOnes).toBeGreaterThan(200)
})

test('[E51] what was changed anywhere in a head is never told by its bytes alone', () => {
  const lines = createHeadLines(1, null)
  const isRead = (bytes: Uint8Array, to: number): boolean =>
    readHeadLine({ bytes, lines, index: 0 }, 0, to)
  for (const { head } of pairs.slice(0, 12)) {
    const bytes = Buffer.from(head).subarray(0, 1032)
    const end = bytes.indexOf(10, headStart.length)
    if (!isRead(bytes, bytes.length)) continue
    for (let at = 0; at <= end; at += 1) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(isRead(flipped, flipped.length), `byte ${at}`).toBe(false)
      expect(isRead(bytes, at), `cut at ${at}`).toBe(false)
    }
  }
})

const failed = pairs.find(({ head }) => head.includes('"error":"') && head.includes('"reason":'))
const languages = 'Zażółć „gęślą” 日本 🙂'

test('[E51] an error in any language is told by the bytes of the head', () => {
  invariant(failed !== undefined, 'A run failed.')
  const entry = entryOf(failed.id, failed.day, Buffer.byteLength(failed.journal))
  const head = rewritten(failed.head, (line) =>
    line
      .replace('"error":"', `"error":"${languages}`)
      .replace('"sentence":"', `"sentence":"${languages}`),
  )
  const { isQuick, quick, slow } = tell(head, entry, now)

  expect(isQuick).toBe(true)
  expect(quick.rowAt(0)).toEqual(slow.rowAt(0))
  expect(quick.rowAt(0).reason.sentence).toContain(languages)
})

test('[E51] an error whose bytes are no UTF-8 is left to whoever reads all of the summary', () => {
  invariant(failed !== undefined, 'A run failed.')
  const changed = rewritten(failed.head, (line) => line.replace('"error":"', '"error":"é'))
  const bytes = Buffer.from(changed, 'latin1')
  const [from, to] = [headStart.length, bytes.indexOf(',"sum":"')]
  bytes.write(hash('sha256', bytes.subarray(from, to)).slice(0, 32), to + ',"sum":"'.length)
  const task = { bytes, lines: createHeadLines(1, null), index: 0 }

  expect(readHeadLine(task, 0, bytes.length)).toBe(false)
  const whole = Buffer.from(changed)
  expect(readHeadLine({ ...task, bytes: whole }, 0, whole.length)).toBe(true)
})

const changes: readonly (readonly [string, (line: string) => string])[] = [
  ['another id', (line) => line.replace('"id":"', '"id":"x')],
  ['an escape', (line) => line.replace('"workflow":"', String.raw`"workflow":"\u0041`)],
  ['a character beyond ASCII', (line) => line.replace('"workflow":"', '"workflow":"é')],
  ['a key more', (line) => line.replace(',"seq":', ',"more":1,"seq":')],
  [
    'a day that is none',
    (line) => line.replace(/"createdAt":"\d{4}-\d\d-\d\d/, '"createdAt":"2026-02-30'),
  ],
  ['an hour that is none', (line) => line.replace(/("createdAt":"[^T]*T)\d\d/, '$124')],
  ['a parent', (line) => line.replace('"parent":null', '"parent":"other-run"')],
  ['a word that is no status', (line) => line.replace(/"status":"\w+"/, '"status":"asleep"')],
  ['a number with a fraction', (line) => line.replace(/"attempts":\d+/, '"attempts":1.5')],
  ['another size of the journal', (line) => line.replace(/"journalBytes":\d+/, '"journalBytes":1')],
]

test.each(changes)(
  '[E51] a head with %s is left to whoever reads all of the summary',
  (_, change) => {
    const pair = pairs.find(({ head }) => head.includes('"status":"completed"'))
    if (pair === undefined) throw new Error('No run is completed.')
    const entry = entryOf(pair.id, pair.day, Buffer.byteLength(pair.journal))
    expect(
      tell(
        rewritten(pair.head, (line) => line),
        entry,
        now,
      ).isQuick,
    ).toBe(true)
    expect(tell(rewritten(pair.head, change), entry, now).isQuick).toBe(false)
  },
)
