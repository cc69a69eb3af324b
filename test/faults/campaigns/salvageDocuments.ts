// Whole documents to be damaged, and what every salvage of anything has to keep to.
import { readFileSync } from 'node:fs'
import { applySalvage } from '../../../shared/core/repair/salvage/applySalvage.ts'
import { salvage } from '../../../shared/core/repair/salvage/salvage.ts'
import type { Salvage } from '../../../shared/core/repair/salvage/salvageResult.ts'
import { createPosition, unquote } from '../../../shared/core/codec/pointer.ts'
import { scanJson } from '../../../shared/core/codec/scanJson.ts'
import { makeAnyDocuments } from '../../bench/diff/anyDocuments.ts'
import type { Report } from './campaign.ts'
import type { Random } from './random.ts'
import { createSamplePair } from './samplePair.ts'

export const names = ['2 KB', '20 KB', '200 KB'] as const

/** A head of version 3 as it lay on a disk, a head of a run with many variables, and a document of no program of ours. */
export function salvageDocuments(): readonly string[] {
  return [
    readFileSync('test/fixtures/versions/3/deploy-20250102-101500.json', 'utf8'),
    Buffer.from(createSamplePair(60).head).toString('utf8'),
    JSON.stringify(JSON.parse(makeAnyDocuments(150e3, 0).before), null, 1),
  ]
}

/** A scalar or an empty object or array: where it is, how it is written, and where its text and the keys to it stand. */
export type Leaf = {
  readonly pointer: string
  readonly lexeme: string
  readonly spans: readonly (readonly [number, number])[]
}

export function leavesOf(text: string): readonly Leaf[] {
  const leaves: Leaf[] = []
  const keys: (readonly [number, number])[] = []
  const opens: number[] = []
  const position = createPosition()
  const add = (start: number, end: number): void => {
    const spans = [...keys.slice(0, position.depth()), [start, end] as const].filter(Boolean)
    leaves.push({ pointer: position.pointer(), lexeme: text.slice(start, end), spans })
  }
  scanJson(text, {
    open: (kind, start) => {
      position.enter()
      position.open(kind)
      opens.push(start)
    },
    close: (end) => {
      position.close()
      const start = opens.pop() ?? 0
      if (/^[[{]\s*[\]}]$/.test(text.slice(start, end))) add(start, end)
    },
    key: (start, end) => {
      keys[position.depth() - 1] = [start, end]
      position.key(unquote(text.slice(start, end)))
    },
    scalar: (start, end) => {
      position.enter()
      add(start, end)
    },
  })
  return leaves
}

type Case = { readonly index: number; readonly report: Report; readonly random: Random }

/** Whatever was salvaged: what comes out is JSON, an item says what is wrong, and any choice of items makes JSON again. */
export function checkSound(
  input: string | Uint8Array,
  { index, report, random }: Case,
): Salvage | null {
  const tell = (what: string): void =>
    report.violation(index, `${what}: ${JSON.stringify(String(input).slice(0, 300))}`)
  try {
    const result = salvage(input)
    const ids = result.items.map(({ id }) => id)
    const some = ids.filter(() => random.chance(0.3))
    const { encoding, hasEscapedBytes, source } = result
    const isJson = encoding === 'utf-8' && !hasEscapedBytes && isRfc(source)
    if ((result.kind === 'whole') !== isJson) tell(`JSON: ${isJson}, but ${result.kind}`)
    if (!isJson && result.items.length === 0) tell('No item says what is wrong')
    if (result.text !== '' && !isRfc(result.text)) tell('The certain value is no JSON')
    for (const rejected of [[], some, ids]) {
      const document = applySalvage(result, rejected)
      if (document !== null && !isRfc(document)) tell(`No JSON without ${rejected.join(' ')}`)
    }
    report.count(result.kind)
    return result
  } catch (error) {
    tell(`It throws ${String(error)}`)
    return null
  }
}

export function isRfc(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
