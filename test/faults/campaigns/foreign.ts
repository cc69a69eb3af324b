// Documents of other engines, cut at every byte and with flipped bits: each is answered, and what is no JSON is a finding.
import { parseDocument } from '../../../shared/core/formats/text/textTree.ts'
import { allFormats, casesOf, type FormatCase } from '../../conformance/formats/formatCases.ts'
import { readEverything } from '../../conformance/formats/readEverything.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createRandom } from './random.ts'

/** Of each format the largest document that is a whole run. */
const samples: readonly (FormatCase & { readonly bytes: Buffer })[] = allFormats.flatMap(
  (format) => {
    const runs = casesOf(format).filter(
      ({ document, text }) =>
        format.role(document, text) === 'run' && parseDocument(text).kind === 'ok',
    )
    const [largest] = runs.toSorted((one, other) => other.text.length - one.text.length)
    return largest === undefined ? [] : [{ ...largest, bytes: Buffer.from(largest.text) }]
  },
)

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

function judge(
  sample: FormatCase,
  { index, text, what, report }: { index: number; text: string; what: string; report: Report },
): void {
  const where = `${sample.document} of ${sample.format.name}, ${what}`
  try {
    const { findings } = readEverything(sample, text)
    const isBroken = parseDocument(text).kind === 'broken'
    const isTold = findings.some(({ severity }) => severity === 'error')
    if (isBroken && !isTold) report.violation(index, `${where}, is no JSON, and nothing is said.`)
    report.count(isBroken ? 'broken and told' : isTold ? 'whole and told' : 'whole')
  } catch (error) {
    report.violation(index, `${where}: ${String(error)}`)
  }
}
