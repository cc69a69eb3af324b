import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { checksumStart, encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { locate } from '../../shared/core/codec/locate.ts'
import { placesOf } from '../../shared/core/codec/placesOf.ts'
import { indexOfPath } from '../../shared/core/codec/pointer.ts'
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { check } from '../../shared/core/integrity/check.ts'
import { checkRecords } from '../../shared/core/integrity/checkRecords.ts'
import { Finding } from '../../shared/core/integrity/finding.ts'
import { oldDocumentFindings } from '../../shared/core/migrate/oldDocumentFindings.ts'
import { upcast } from '../../shared/core/migrate/upcast.ts'
import { placeInRun } from '../../shared/core/reading/runFindings.ts'
import { journalOf, readingOf, sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { anyRun, body, json } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 200 } as const

/** A run with one value of it replaced by any other, in a head whose checksum fits. */
const oddHead = fc.tuple(anyRun, json, fc.nat()).map(([run, value, at]) => {
  const text = encodeHead(run, sha256)
  const lines = text.slice(0, text.lastIndexOf(checksumStart)).split('\n')
  const index = 3 + (at % Math.max(1, lines.length - 3))
  const changed = (lines[index] ?? '').replace(
    /: ?("[^"]*"|\d+|null|true|false)/,
    () => `: ${JSON.stringify(value)}`,
  )
  const covered = lines.with(Math.min(index, lines.length - 1), changed).join('\n')
  return `${covered}${checksumStart}${sha256(covered)}"\n}\n`
})

/** A document that says it is of an old version, with anything in it. */
const oddOld = fc
  .record({ version: fc.constantFrom(1, 2), status: json, part: json, list: fc.array(json) })
  .map(({ version, status, part, list }) =>
    JSON.stringify(
      version === 1
        ? { workflow_id: 'x', status, states: { a: part } }
        : { version, workflow_id: 'x', status, steps: list, checkpoints: [part] },
    ),
  )

const anyText = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  oddHead,
  oddOld,
)

function findingsOf(text: string): readonly Finding[] {
  const { problem, format } = detectFormat(text)
  const head = decodeHead(text, sha256)
  const options = { document: 'x.json', at: '2026-01-02T00:00:00.000Z', sha256 }
  const old = upcast(text, { ...options, isTaken: () => false })
  const own = head.kind === 'ok' || head.kind === 'damaged' ? head.findings : []
  const run = head.kind === 'ok' ? head.run : null
  const inside = run === null ? [] : placeInRun(check(run), { run, head: { text }, journal: null })
  const older = oldDocumentFindings({ text, format, run: old }, sha256)
  return [...(problem === null ? [] : [problem]), ...own, ...inside, ...older]
}

describe('checking', () => {
  it('[I82] any JSON gives findings, with a place inside it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const size = Buffer.byteLength(text)
        for (const finding of Finding.array().parse(findingsOf(text)))
          expect(finding.offset ?? 0).toBeLessThanOrEqual(size)
      }),
      settings,
    )
  })

  it('[I82] records in any order give findings', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 12 }), (bodies) => {
        const { records } = readingOf(journalOf(...bodies))
        expect(() => Finding.array().parse(checkRecords(records))).not.toThrow()
      }),
      settings,
    )
  })

  it('[I83] places found in one pass are those that are found one by one', () => {
    const value = fc.jsonValue({ maxDepth: 4, depthSize: 'medium' })
    const part = fc.oneof(fc.constantFrom('0', '1', '2', 'length', ''), fc.string())
    fc.assert(
      fc.property(value, fc.array(fc.array(part, { maxLength: 4 })), (given, guessed) => {
        const text = JSON.stringify(given, null, 1)
        const paths = [...guessed, ...pathsOf(given)]
        const single = paths.map((path) => locate(text, indexOfPath(text, path)))
        expect(placesOf(text, paths)).toEqual(single)
      }),
      settings,
    )
  })
})

/** The path of every value. */
function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]]
  const below = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child).map((path) => [key, ...path]),
  )
  return [[], ...below]
}
