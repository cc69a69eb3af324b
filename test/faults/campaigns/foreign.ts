// Documents of other engines, cut at every byte and with flipped bits: each is answered, what is no JSON is a finding, and what
// still is and means something else is a finding or to be seen.
import { detectFormat } from '../../../shared/core/formats/detectFormat.ts'
import type { FormatReading } from '../../../shared/core/formats/format.ts'
import type { TextNode } from '../../../shared/core/formats/text/parseText.ts'
import {
  childrenOfText,
  describeText,
  parseDocument,
} from '../../../shared/core/formats/text/textTree.ts'
import { allFormats, casesOf, type FormatCase } from '../../conformance/formats/formatCases.ts'
import { readEverything } from '../../conformance/formats/readEverything.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createRandom } from './random.ts'

/** Of each format the largest document that is a whole run. */
type Sample = FormatCase & { readonly bytes: Buffer }
const samples: readonly Sample[] = allFormats.flatMap((format) => {
  const runs = casesOf(format).filter(
    ({ document, text }) =>
      format.role(document, text) === 'run' && parseDocument(text).kind === 'ok',
  )
  const [largest] = runs.toSorted((one, other) => other.text.length - one.text.length)
  return largest === undefined ? [] : [{ ...largest, bytes: Buffer.from(largest.text) }]
})

const totalBytes = samples.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)

export const foreignCuts: Campaign = {
  name: 'foreignCuts',
  unit: "another engine's document cut at one byte",
  sizes: { test: 200, full: totalBytes },
  piece: 500,
  obstacle: noObstacle,
  run: async ({ from, to, report }) => {
    // A prime step: a part of it takes cuts from the start to the end of all documents.
    for (let index = from; index < to; index += 1)
      cutOne(index, (index * 7919) % totalBytes, report)
  },
}

export const foreignFlips: Campaign = {
  name: 'foreignFlips',
  unit: "one bit of another engine's document changed",
  sizes: { test: 200, full: 20_000 },
  piece: 500,
  obstacle: noObstacle,
  run: async ({ from, to, seed, report }) => {
    for (let index = from; index < to; index += 1) flipOne(index, seed, report)
  },
}

function cutOne(index: number, place: number, report: Report): void {
  let at = place
  for (const sample of samples) {
    if (at < sample.bytes.byteLength) {
      const cut = sample.bytes.subarray(0, at).toString('utf8')
      return judge(sample, { index, text: cut, what: `cut at byte ${at}`, report })
    }
    at -= sample.bytes.byteLength
  }
}

function flipOne(index: number, seed: number, report: Report): void {
  const random = createRandom(seed, index)
  const sample = samples[random.below(samples.length)]
  if (sample === undefined) return
  const bytes = Buffer.from(sample.bytes)
  const [at, bit] = [random.below(bytes.byteLength), random.below(8)]
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  const text = bytes.toString('utf8')
  judge(sample, { index, text, what: `bit ${bit} of byte ${at} changed`, report })
}

type Damage = {
  readonly index: number
  readonly text: string
  readonly what: string
  readonly report: Report
}

function judge(sample: Sample, { index, text, what, report }: Damage): void {
  const where = `${sample.document} of ${sample.format.name}, ${what}`
  try {
    const reading = readEverything(sample, text)
    const isBroken = parseDocument(text).kind === 'broken'
    const isTold = reading.findings.some(({ severity }) => severity === 'error')
    if (isBroken && !isTold) report.violation(index, `${where}, is no JSON, and nothing is said.`)
    const seen = isBroken ? 'broken and told' : seenOfWhole(sample, text, reading)
    if (seen === null)
      report.violation(index, `${where}, means something else, and looks the same.`)
    report.count(seen ?? 'silent')
  } catch (error) {
    report.violation(index, `${where}: ${String(error)}`)
  }
}

/** How a person gets to know of a change that left the document whole; null: not at all. */
function seenOfWhole(sample: Sample, text: string, now: FormatReading): string | null {
  const before = healthyOf(sample)
  if (meaningOf(text) === before.meaning) return 'whole, and means the same'
  const { findings, ...view } = now
  if (JSON.stringify(findings) !== before.findings) return 'whole and told'
  if (detectFormat(text).format !== sample.format.id) return 'whole, and another kind of document'
  if (JSON.stringify(view) !== before.view) return 'whole, and seen in the run'
  return shownOf(text) === before.shown ? null : 'whole, and seen in its state'
}

type Healthy = Readonly<Record<'meaning' | 'findings' | 'view' | 'shown', string>>
const healthy = new Map<Sample, Healthy>()

function healthyOf(sample: Sample): Healthy {
  const known = healthy.get(sample)
  if (known !== undefined) return known
  const { findings, ...view } = readEverything(sample, sample.text)
  const made = {
    meaning: meaningOf(sample.text),
    findings: JSON.stringify(findings),
    view: JSON.stringify(view),
    shown: shownOf(sample.text),
  }
  healthy.set(sample, made)
  return made
}

/** What a reader makes of a text, by a parser that is not ours; numbers as they are written. */
function meaningOf(text: string): string {
  try {
    const read: unknown = JSON.parse(
      text,
      (_key: string, value: unknown, at?: { readonly source?: string }) =>
        typeof value === 'number' ? { number: at?.source } : value,
    )
    return JSON.stringify(read)
  } catch {
    // Lines of JSON, or words that only Python writes: the text means itself.
    return text
  }
}

/** All that the State tab shows of a text, value by value. */
function shownOf(text: string): string {
  const parsed = parseDocument(text)
  return parsed.kind === 'broken' ? text : shownBelow(parsed.root, '', text).join('\n')
}

function shownBelow(node: TextNode, pointer: string, text: string): readonly string[] {
  const { preview, truncated, type } = describeText(node, pointer)
  const own = `${pointer} ${type} ${truncated ? text.slice(node.start, node.end) : preview}`
  const children = childrenOfText(node, pointer, { offset: 0, limit: Infinity })
  const values =
    node.kind === 'array'
      ? node.items
      : node.kind === 'object'
        ? node.members.map(({ value }) => value)
        : []
  return [
    own,
    ...values.flatMap((value, at) => shownBelow(value, children[at]?.pointer ?? '', text)),
  ]
}
