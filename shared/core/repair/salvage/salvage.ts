// This room takes out of broken JSON what is certain, and shows the rest with what speaks for it: nothing is made up.
import { assemble } from './assemble.ts'
import { decodeBytes, type DecodedBytes } from './decodeBytes.ts'
import type { TextEncoding } from './encodingOf.ts'
import { addItem, editsUpTo } from './found.ts'
import { placesOf } from './places.ts'
import { readToEnd } from './readText.ts'
import {
  salvageKinds,
  type Confidence,
  type Salvage,
  type SalvageFragment,
  type SalvageItem,
  type SalvagePlace,
} from './salvageResult.ts'
import {
  closersOf,
  createScan,
  expects,
  type FoundFragment,
  type FoundItem,
  type Scan,
} from './scanState.ts'

/**
 * What broken JSON says for certain, and everything else in it. Never throws, whatever is given. Bytes are taken where they
 * are no UTF-8; of a text that a platform decoded without a loss the text is quicker.
 */
export function salvage(input: string | Uint8Array | DecodedBytes): Salvage {
  const { text, hasEscapedBytes, encoding } = decodedOf(input)
  const scan = createScan(text, { hasEscapedBytes, rejected: new Set() })
  readToEnd(scan)
  return resultOf(scan, encoding)
}

function decodedOf(input: string | Uint8Array | DecodedBytes): DecodedBytes {
  if (typeof input === 'string') return { text: input, hasEscapedBytes: false, encoding: 'utf-8' }
  return input instanceof Uint8Array ? decodeBytes(input) : input
}

/** What a scan that has reached the end found in a text of this encoding. */
export function resultOf(scan: Scan, encoding: TextEncoding): Salvage {
  if (encoding !== 'utf-8')
    addItem(scan, encodingItems[encoding], { start: 0, end: 0, pointer: null })
  const { text: source, hasEscapedBytes } = scan
  const items = scan.items.toSorted((a, b) => a.start - b.start)
  const isComplete = scan.depth === 0 && scan.expected === expects.after
  const isWhole = isComplete && items.every(({ kind }) => kind === 'duplicateKey')
  const certain = scan.certain ?? {
    end: scan.safeEnd,
    closers: closersOf(scan, scan.safeDepth),
    edits: editsUpTo(scan, scan.safeEnd),
  }
  const place = placer(scan, encoding)
  return {
    kind: isWhole ? 'whole' : certain.end > 0 ? 'salvaged' : 'nothing',
    text: isWhole ? source : certain.end > 0 ? assemble(source, certain) : '',
    certainEnd: isWhole ? source.length : certain.end,
    items: items.map((item) => toItem(scan, item, place)),
    fragments: scan.fragments.map((fragment) => toFragment(scan, fragment, place)),
    stopped:
      scan.stopped === null || scan.stopped === 'secondWrite'
        ? null
        : `${scan.stopped}: the rest was not read.`,
    source,
    hasEscapedBytes,
    encoding,
  }
}

const encodingItems = { 'utf-16le': 'utf16le', 'utf-16be': 'utf16be' } as const

type Bounds = { readonly start: number; readonly end: number; readonly pointer: string | null }
type Placer = (bounds: Bounds) => SalvagePlace

function placer(scan: Scan, encoding: TextEncoding): Placer {
  const all = [...scan.items, ...scan.fragments]
  const indices = all.flatMap(({ start, end }) => [start, end])
  const { hasEscapedBytes } = scan
  const places = placesOf(scan.text, indices, { hasEscapedBytes, encoding })
  return ({ start, end, pointer }) => {
    const { offset, line, column } = places.get(start) ?? { offset: 0, line: 1, column: 1 }
    const sizeBytes = (places.get(end)?.offset ?? offset) - offset
    return { start, end, offset, sizeBytes, line, column, pointer }
  }
}

const shownUnits = 80

function toItem(scan: Scan, item: FoundItem, place: Placer): SalvageItem {
  const { kind, count } = item
  const { rule, confidence, without, sentence } = salvageKinds[kind]
  const shown = scan.text.slice(item.start, Math.min(item.end, item.start + shownUnits))
  return {
    id: `${kind}@${item.start}`,
    rule,
    kind,
    confidence,
    sentence:
      sentence.replace('…', () => shown.slice(0, 40)) +
      (count > 1 ? ` So do ${count - 1} more behind it.` : ''),
    ...place(item),
    shown,
    count,
    without,
  }
}

function toFragment(scan: Scan, fragment: FoundFragment, place: Placer): SalvageFragment {
  const { start, end, confidence, isUntrusted, isDocument } = fragment
  return {
    ...place(fragment),
    confidence,
    isUntrusted,
    isDocument,
    sentence: isUntrusted
      ? 'A value that is cut or damaged: what it was is not known.'
      : isDocument
        ? 'A whole document of its own.'
        : fragmentSentences[confidence],
    shown: scan.text.slice(start, Math.min(end, start + shownUnits)),
  }
}

const fragmentSentences = {
  certain: 'It can be read, and cannot have been otherwise.',
  likely: 'It can be read; that it belongs here depends on the items before it.',
  guess: 'It can be read in part; where it belongs is a guess.',
} as const satisfies Record<Confidence, string>
