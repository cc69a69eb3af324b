import { flags, type Columns, type TextColumn } from './columns.ts'
import { isWellFormed, type TextCode } from './pooledTexts.ts'
import type { TextPool } from './textPool.ts'

/** Tells rows whose texts contain every word. A text that grew letter by letter is looked for among what was found. */
export type WordMatcher = {
  /** Marks, by row, those that match; null: all of them do. */
  readonly match: (text: string) => Uint8Array | null
}

type Found = { readonly word: string; hits: Uint8Array; size: number; count: number }

export function createWordMatcher(table: {
  readonly columns: () => Columns
  readonly places: () => number
  readonly texts: TextPool
}): WordMatcher {
  const { texts } = table
  let lately: readonly Found[] = []
  const find = (word: string): Found => {
    const known = lately.find((one) => one.word === word)
    const found = known === undefined ? findNew(texts, word, lately) : brought(texts, known)
    lately = [found, ...lately.filter((one) => one.word !== word)].slice(0, wordsKept)
    return found
  }
  return {
    match: (text) => {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean)
      if (words.length === 0) return null
      let matches: Uint8Array = new Uint8Array(table.places()).fill(1)
      for (const { hits, count } of words.map(find)) {
        if (count === 0) return matches.fill(0)
        if (count > fewCodes) keepMatching(table.columns(), hits, matches)
        else matches = thoseOf(table.columns(), codesIn(hits), matches)
      }
      return matches
    },
  }
}

const wordsKept = 8
/** Fewer texts than this are looked at one by one more quickly than all at once. */
const fewTexts = 20_000
/** The engine finds the rows of a code sooner than a loop over all rows is made quick. */
const fewCodes = 8

function findNew(texts: TextPool, word: string, lately: readonly Found[]): Found {
  const size = texts.size()
  const hits = new Uint8Array(size)
  const shorter = lately
    .filter((one) => word.includes(one.word) && one.size === size)
    .toSorted((one, other) => one.count - other.count)[0]
  if (shorter === undefined || shorter.count > fewTexts || !isWellFormed(word))
    texts.find(word, hits)
  else narrow(texts, word, { among: shorter.hits, hits })
  return { word, hits, size, count: countOf(hits) }
}

/** Texts that came since are looked at too. */
function brought(texts: TextPool, found: Found): Found {
  const size = texts.size()
  if (found.size === size) return found
  const hits = new Uint8Array(size)
  hits.set(found.hits)
  texts.find(found.word, hits, found.size)
  return { word: found.word, hits, size, count: countOf(hits) }
}

function narrow(
  texts: TextPool,
  word: string,
  { among, hits }: { readonly among: Uint8Array; readonly hits: Uint8Array },
): void {
  const needle = Buffer.from(word)
  let code = among.indexOf(1)
  while (code !== -1) {
    if (texts.contains(code, needle)) hits[code] = 1
    code = among.indexOf(1, code + 1)
  }
}

function countOf(hits: Uint8Array): number {
  let count = 0
  for (let code = 0; code < hits.length; code++) count += hits[code] ?? 0
  return count
}

/** The columns in which words are looked for. */
const searched = [
  'id',
  'sentence',
  'workflow',
  'shown',
  'step',
  'version',
  'health',
  'label',
  'note',
  'tag',
  'reference',
] as const satisfies readonly TextColumn[]

function codesIn(hits: Uint8Array): readonly TextCode[] {
  const codes: TextCode[] = []
  for (let code = hits.indexOf(1); code !== -1; code = hits.indexOf(1, code + 1)) codes.push(code)
  return codes
}

/** Of the rows that matched so far those that have one of the codes. */
function thoseOf(columns: Columns, codes: readonly TextCode[], matches: Uint8Array): Uint8Array {
  const found = new Uint8Array(matches.length)
  for (const name of searched)
    for (const code of codes) markRows(columns[name], code, { matches, found })
  return found
}

function markRows(
  codes: Int32Array,
  code: TextCode,
  { matches, found }: { readonly matches: Uint8Array; readonly found: Uint8Array },
): void {
  let row = codes.indexOf(code)
  while (row !== -1 && row < found.length) {
    found[row] = matches[row] ?? 0
    row = codes.indexOf(code, row + 1)
  }
}

function keepMatching(columns: Columns, hits: Uint8Array, matches: Uint8Array): void {
  const { id, reference, workflow, version, shown, health, step, sentence, label, note, tag } =
    columns
  const has = (codes: Int32Array, row: number): boolean => hits[codes[row] ?? 0] === 1
  for (let row = 0; row < matches.length; row++) {
    if (matches[row] === 0 || ((columns.flags[row] ?? 0) & flags.live) === 0) continue
    const isMatch =
      has(id, row) ||
      has(sentence, row) ||
      has(workflow, row) ||
      has(shown, row) ||
      has(step, row) ||
      has(version, row) ||
      has(health, row) ||
      has(label, row) ||
      has(note, row) ||
      has(tag, row) ||
      has(reference, row)
    if (!isMatch) matches[row] = 0
  }
}
