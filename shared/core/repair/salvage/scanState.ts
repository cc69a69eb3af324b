import type { Confidence, SalvageKind } from './salvageResult.ts'

/** What the grammar expects next. Numbers, because the scanner asks for them with every character. */
export const expects = {
  value: 0,
  firstItem: 1,
  firstKey: 2,
  key: 3,
  colon: 4,
  after: 5,
} as const

/** An item as it is found: indices only, no places yet. */
export type FoundItem = {
  readonly kind: SalvageKind
  readonly start: number
  end: number
  readonly pointer: string | null
  count: number
}

export type FoundFragment = {
  readonly start: number
  readonly end: number
  readonly pointer: string | null
  readonly confidence: Confidence
  readonly isUntrusted: boolean
  readonly isDocument: boolean
}

/** A piece of the source that another text takes the place of. Sorted, and never one inside another. */
export type TextEdit = {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Brackets that belong to the value before them. */
  readonly isCloser?: true
  /** A member that goes because its key stands again. */
  readonly isDuplicate?: true
}

/** An earlier member that a later one of the same key makes void. */
export type Duplicate = {
  readonly start: number
  readonly end: number
  readonly laterStart: number
}

/** Where the certain value ends, and what closes it. */
export type Certain = {
  readonly end: number
  readonly closers: string
  readonly edits: readonly TextEdit[]
}

/**
 * A scan in progress: where it is, which brackets are open, and the last complete value. Levels and keys are indices into
 * the text, not objects, so that depth and width cost a few bytes each.
 */
export type Scan = {
  text: string
  /** The text is looked at up to here. */
  end: number
  readonly hasEscapedBytes: boolean
  readonly rejected: ReadonlySet<string>

  index: number
  expected: number
  depth: number
  /** Per level: where the bracket stands, what it is, items begun, and where its keys begin in `keyStarts`. */
  opens: Int32Array
  isObject: Uint8Array
  counts: Int32Array
  keyBases: Int32Array
  /** Keys of all open objects, each with where it starts and ends. */
  keyStarts: Int32Array
  keyEnds: Int32Array
  keyTop: number
  /** The keys of wide objects, by level. */
  readonly wide: Map<number, Map<string, number>>
  /** Set by the scanner of strings when it passes a backslash. */
  hasEscape: boolean

  /** Behind the last complete value, and how many brackets were open there; 0: there is none. */
  safeEnd: number
  safeDepth: number
  /** Where it begins when it is a text, number or word; -1 when it is an object or array. */
  safeStart: number
  /** The same of the one before. */
  priorEnd: number
  priorDepth: number

  confidence: Confidence
  certain: Certain | null
  items: FoundItem[]
  readonly listed: Map<SalvageKind, { count: number; last: FoundItem | null }>
  edits: TextEdit[]
  duplicates: Duplicate[]
  fragments: FoundFragment[]
  fragmentStart: number
  fragmentPointer: string | null
  /** How the root object begins, up to its first and its second key. */
  opening: {
    readonly root: number
    readonly first: string | null
    readonly second: string | null
  } | null
  /** Breaks of the structure that were mended. */
  breaks: number
  stopped: string | null
}

export function createScan(
  text: string,
  options: { readonly hasEscapedBytes: boolean; readonly rejected: ReadonlySet<string> },
): Scan {
  return {
    text,
    end: text.length,
    ...options,
    index: 0,
    expected: expects.value,
    depth: 0,
    opens: new Int32Array(64),
    isObject: new Uint8Array(64),
    counts: new Int32Array(64),
    keyBases: new Int32Array(64),
    keyStarts: new Int32Array(256),
    keyEnds: new Int32Array(256),
    keyTop: 0,
    wide: new Map(),
    hasEscape: false,
    safeEnd: 0,
    safeDepth: 0,
    safeStart: -1,
    priorEnd: 0,
    priorDepth: 0,
    confidence: 'certain',
    certain: null,
    items: [],
    listed: new Map(),
    edits: [],
    duplicates: [],
    fragments: [],
    fragmentStart: -1,
    fragmentPointer: null,
    opening: null,
    breaks: 0,
    stopped: null,
  }
}

/** Deeper documents are not read on: each level costs memory, and no reader of JSON takes them. */
export const mostLevels = 1 << 22

/** Makes room for one more level. */
export function growLevels(scan: Scan): void {
  const size = scan.opens.length * 2
  scan.opens = grown(scan.opens, new Int32Array(size))
  scan.isObject = grown(scan.isObject, new Uint8Array(size))
  scan.counts = grown(scan.counts, new Int32Array(size))
  scan.keyBases = grown(scan.keyBases, new Int32Array(size))
}

export function growKeys(scan: Scan): void {
  const size = scan.keyStarts.length * 2
  scan.keyStarts = grown(scan.keyStarts, new Int32Array(size))
  scan.keyEnds = grown(scan.keyEnds, new Int32Array(size))
}

/** What closes the first `depth` open brackets, innermost first. */
export function closersOf(scan: Scan, depth: number): string {
  const parts: string[] = []
  for (let level = depth - 1; level >= 0; level -= 1)
    parts.push(scan.isObject[level] === 1 ? '}' : ']')
  return parts.join('')
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
