// Documents cut at every byte: the certain value is all that was complete, and not a leaf more.
import { salvage } from '../../../shared/core/repair/salvage/salvage.ts'
import { scanJson } from '../../../shared/core/codec/scanJson.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { isRfc, names, salvageDocuments } from './salvageDocuments.ts'

type Document = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly text: string
  /** Behind each complete value: true for a number, which a cut right there leaves untrusted. */
  readonly ends: ReadonlyMap<number, boolean>
}

const documents = salvageDocuments().map(toDocument)
const cutsOf = ({ bytes }: Document): number => bytes.byteLength
const total = documents.reduce((sum, document) => sum + cutsOf(document), 0)

export const salvageCuts: Campaign = {
  name: 'salvageCuts',
  unit: 'a document of 2, 20 or 200 KB cut at one byte',
  sizes: { test: cutsOf(documents[0] ?? toDocument('', 0)) + 1500, full: total },
  piece: 5000,
  obstacle: noObstacle,
  run: async ({ from, to, report }) => {
    for (let index = from; index < to; index += 1) cutOne(index, report)
  },
}

/** The cuts of a document come in no order, so that the first ones are from everywhere in it. */
const stride = 7919

function cutOne(index: number, report: Report): void {
  let rest = index
  for (const document of documents) {
    if (rest < cutsOf(document))
      return checkCut(document, (rest * stride) % cutsOf(document), { index, report })
    rest -= cutsOf(document)
  }
}

function checkCut(
  { name, bytes, text, ends }: Document,
  at: number,
  { index, report }: { readonly index: number; readonly report: Report },
): void {
  const part = bytes.subarray(0, at)
  const result = salvage(isBoundary(bytes, at) ? Buffer.from(part).toString('utf8') : part)
  const expected = lastEnd(ends, result.source.length)
  const tell = (what: string): void => report.violation(index, `${name} cut at byte ${at}: ${what}`)
  report.count(`${name}: ${result.kind}`)
  if (result.certainEnd !== expected)
    tell(`certain up to ${result.certainEnd}, complete up to ${expected}.`)
  if (!result.text.startsWith(text.slice(0, expected)))
    tell('the text is not that of the document.')
  if (!/^[\]}]*$/.test(result.text.slice(expected))) tell('something was added.')
  if (result.text !== '' && !isRfc(result.text)) tell('the certain value is no JSON.')
  if (
    !result.items.some(({ kind }) => kind === 'cut' || kind === 'empty') &&
    at < text.trimEnd().length
  )
    tell('no item says that it was cut.')
}

/** Behind the last value that was complete: a number only when something stands behind it. */
function lastEnd(ends: Document['ends'], cut: number): number {
  for (let end = cut; end > 0; end -= 1) {
    const isNumber = ends.get(end)
    if (isNumber === false || (isNumber === true && end < cut)) return end
  }
  return 0
}

function isBoundary(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] ?? 0) & 0xc0) !== 0x80
}

function toDocument(text: string, index: number): Document {
  const ends = new Map<number, boolean>()
  scanJson(text, {
    close: (end) => void ends.set(end, false),
    scalar: (start, end) => void ends.set(end, /[-\d]/.test(text.charAt(start))),
  })
  return { name: names[index] ?? '', bytes: Buffer.from(text), text, ends }
}
