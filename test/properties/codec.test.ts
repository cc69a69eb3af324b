import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { summarise } from '../../shared/core/codec/summarise.ts'
import { readSummary } from '../../shared/core/codec/summaryLine.ts'
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'
import { anyRun, json, text as piece } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 300 } as const

/** What a text may be when a disk, an editor or a stranger had it: cut, changed, or something else. */
const anyText = fc.oneof(
  piece,
  json.map((value) => JSON.stringify(value)),
  fc.tuple(anyRun, fc.nat(4000)).map(([run, at]) => encodeHead(run, sha256).slice(0, at)),
  fc.tuple(anyRun, fc.nat(4000), piece).map(([run, at, put]) => {
    const text = encodeHead(run, sha256)
    return text.slice(0, at) + put + text.slice(at + put.length)
  }),
  fc
    .tuple(json, fc.constantFrom(1, 2, 3, 4))
    .map(([value, version]) =>
      JSON.stringify({ format: 'unstuck', version, summary: value, run: value, checksum: '' }),
    ),
)

describe('the codec', () => {
  it('[C2] decoding what was encoded gives the run back, byte for byte', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const text = encodeHead(deepFreeze(run), sha256)
        const decoded = decodeHead(text, sha256)
        expect(decoded).toMatchObject({ kind: 'ok', findings: [] })
        if (decoded.kind !== 'ok') return
        expect(decoded.run).toEqual(run)
        expect(encodeHead(decoded.run, sha256)).toBe(text)
      }),
      settings,
    )
  })

  it('[C3] the first kilobyte holds the summary', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const start = Buffer.from(encodeHead(run, sha256)).subarray(0, 1024).toString()
        expect(readSummary(start, sha256)).toMatchObject(summarise(run))
      }),
      settings,
    )
  })

  it('[C14] the scanner takes what JSON.parse takes, and nothing else', () => {
    const nearJson = fc
      .tuple(
        json,
        fc.nat(60),
        fc.constantFrom(
          '',
          ',',
          '"',
          '\\',
          '{',
          ']',
          ':',
          '0',
          '-',
          '\u0001',
          '\ufeff',
          ' ',
          'e5',
          '.',
          '\\u12',
        ),
      )
      .map(([value, at, put]) => {
        const text = JSON.stringify(value)
        return text.slice(0, at) + put + text.slice(at + put.length)
      })
    fc.assert(
      fc.property(fc.oneof(nearJson, piece), (text) => {
        expect(scanJson(text) === null).toBe(isJson(text))
      }),
      { ...settings, numRuns: 3000 },
    )
  })

  it('[C4] reading never throws, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        decodeHead(text, sha256)
        readSummary(text, sha256)
        detectFormat(text)
        const { run, health } = readRun({ head: { text }, journal: null }, sha256)
        expect(run === null).toBe(health !== 'ok')
      }),
      { ...settings, numRuns: 600 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
