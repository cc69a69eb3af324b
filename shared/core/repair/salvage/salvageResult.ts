// What a salvage says: the certain value, what was done to read the rest, and what is left, each with its place.

import type { TextEncoding } from './encodingOf.ts'

export type Confidence = 'certain' | 'likely' | 'guess'

/** What becomes of the document without an item: it stays, the value is left out (at a key the document ends), or it ends. */
export type Without = 'kept' | 'leftOut' | 'ends'

/** Where something stands: indices of UTF-16 units, byte from 0, line and column from 1. */
export type SalvagePlace = {
  readonly start: number
  readonly end: number
  readonly offset: number
  readonly sizeBytes: number
  readonly line: number
  readonly column: number
  /** Null where it belongs to no value, or lies deeper than anything that is read. */
  readonly pointer: string | null
}

/** One thing that is not as JSON is written, and what is done about it. */
export type SalvageItem = SalvagePlace & {
  /** `kind@start`: the same in every salvage of this text. */
  readonly id: string
  /** The rule of SPEC.md. */
  readonly rule: string
  readonly kind: SalvageKind
  readonly confidence: Confidence
  readonly sentence: string
  /** The start of what stands there. */
  readonly shown: string
  /** How many like it this item stands for, itself included: of many only the first are listed. */
  readonly count: number
  /** Null when the document cannot be read without it: it is told, and nobody is asked. */
  readonly without: Without | null
}

/** A part behind the certain value. Its text is `source.slice(start, end)`. */
export type SalvageFragment = SalvagePlace & {
  readonly confidence: Confidence
  /** A value that was cut: shown, never completed, and in no document. */
  readonly isUntrusted: boolean
  /** It is one whole JSON document. */
  readonly isDocument: boolean
  readonly sentence: string
  readonly shown: string
}

export type Salvage = {
  /** `whole`: RFC 8259 JSON as it is. `nothing`: no value is certain. */
  readonly kind: 'whole' | 'salvaged' | 'nothing'
  /** The certain value as JSON, made of slices of the source; empty when there is none. */
  readonly text: string
  /** Up to this index of the source the value is certain. */
  readonly certainEnd: number
  /** In the order of the source. */
  readonly items: readonly SalvageItem[]
  readonly fragments: readonly SalvageFragment[]
  /** Why the rest was not looked at; null when all was. */
  readonly stopped: string | null
  /** What was read, decoded. Bytes that are no UTF-8 stand in it as U+DC80 to U+DCFF. */
  readonly source: string
  readonly hasEscapedBytes: boolean
  readonly encoding: TextEncoding
}

type Kind = {
  readonly rule: string
  readonly confidence: Confidence
  readonly without: Without | null
  readonly sentence: string
}

/** Every kind of item. `…` in a sentence is what stands there. */
export const salvageKinds = {
  bom: {
    rule: 'R25',
    confidence: 'certain',
    without: null,
    sentence: 'A byte order mark stands before the document. It goes.',
  },
  utf16le: {
    rule: 'R51',
    confidence: 'certain',
    without: null,
    sentence: 'The bytes are UTF-16, little-endian, and JSON is UTF-8. They are read as UTF-16.',
  },
  utf16be: {
    rule: 'R51',
    confidence: 'certain',
    without: null,
    sentence: 'The bytes are UTF-16, big-endian, and JSON is UTF-8. They are read as UTF-16.',
  },
  comment: {
    rule: 'R26',
    confidence: 'certain',
    without: null,
    sentence: 'A comment is no JSON. It goes.',
  },
  hashComment: {
    rule: 'R26',
    confidence: 'likely',
    without: 'ends',
    sentence: 'A line from # on reads like a comment. It goes.',
  },
  trailingComma: {
    rule: 'R27',
    confidence: 'certain',
    without: null,
    sentence: 'Nothing follows this comma. It goes.',
  },
  duplicateKey: {
    rule: 'R28',
    confidence: 'likely',
    without: 'kept',
    sentence: 'The key … stands twice. The last one counts, the one before goes.',
  },
  singleQuotes: {
    rule: 'R29',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'A text stands in single quotes. It gets double ones.',
  },
  unquotedKey: {
    rule: 'R30',
    confidence: 'likely',
    without: 'ends',
    sentence: 'The key … has no quotes. It gets them.',
  },
  foreignWord: {
    rule: 'R31',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'The word … is no JSON. The word of JSON takes its place.',
  },
  notANumber: {
    rule: 'R31',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'JSON has no number …. null takes its place.',
  },
  controlCharacter: {
    rule: 'R32',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'Control characters stand in a text. They are escaped.',
  },
  badEscape: {
    rule: 'R32',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'A backslash in a text escapes nothing. It is kept as a backslash.',
  },
  windows1252: {
    rule: 'R33',
    confidence: 'likely',
    without: 'leftOut',
    sentence: 'Bytes of a text are no UTF-8. They are read as Windows-1252.',
  },
  invalidUtf8: {
    rule: 'R33',
    confidence: 'guess',
    without: 'leftOut',
    sentence: 'Bytes of a text are in no encoding that is known. Each becomes U+FFFD.',
  },
  missingComma: {
    rule: 'R34',
    confidence: 'likely',
    without: 'ends',
    sentence: 'A comma is missing before …. It is put in.',
  },
  missingColon: {
    rule: 'R34',
    confidence: 'likely',
    without: 'ends',
    sentence: 'A colon is missing between key and value. It is put in.',
  },
  missingBracket: {
    rule: 'R34',
    confidence: 'likely',
    without: 'ends',
    sentence: 'A bracket is not closed before …. It is closed there.',
  },
  extraComma: {
    rule: 'R27',
    confidence: 'likely',
    without: 'ends',
    sentence: 'A comma stands where a value was expected. It goes.',
  },
  missingValue: {
    rule: 'R35',
    confidence: 'likely',
    without: null,
    sentence: 'A key has no value. It is left out.',
  },
  strayBracket: {
    rule: 'R36',
    confidence: 'guess',
    without: 'ends',
    sentence: 'The bracket … closes nothing that is open. It goes.',
  },
  garbage: {
    rule: 'R36',
    confidence: 'guess',
    without: 'ends',
    sentence: 'No JSON begins with …. It is passed over.',
  },
  zeroed: {
    rule: 'R37',
    confidence: 'guess',
    without: 'ends',
    sentence:
      'A block was never written or was wiped: it holds zeros only. What stood there is lost.',
  },
  zeroedEnd: {
    rule: 'R37',
    confidence: 'certain',
    without: null,
    sentence: 'The end was never written or was wiped: it holds zeros only. It is taken for a cut.',
  },
  untrustedNumber: {
    rule: 'R38',
    confidence: 'likely',
    without: 'ends',
    sentence: 'The number … is cut or damaged. It is untrusted and left out.',
  },
  untrustedString: {
    rule: 'R38',
    confidence: 'guess',
    without: 'ends',
    sentence: 'A text is damaged before its end. It is untrusted and left out.',
  },
  untrustedWord: {
    rule: 'R38',
    confidence: 'likely',
    without: 'ends',
    sentence: 'The word … is no value of JSON. It is untrusted and left out.',
  },
  cutNumber: {
    rule: 'R24',
    confidence: 'certain',
    without: null,
    sentence:
      'The document is cut at the number …: digits may be missing. It is untrusted and left out.',
  },
  cutString: {
    rule: 'R24',
    confidence: 'certain',
    without: null,
    sentence: 'The document is cut inside a text. It is untrusted and left out.',
  },
  cutWord: {
    rule: 'R24',
    confidence: 'certain',
    without: null,
    sentence: 'The document is cut inside the word …. It is untrusted and left out.',
  },
  cut: {
    rule: 'R24',
    confidence: 'certain',
    without: null,
    sentence: 'The document is cut here. What was open is closed behind the last complete value.',
  },
  secondWrite: {
    rule: 'R39',
    confidence: 'guess',
    without: null,
    sentence: 'A second write begins inside the first one. The first ends here.',
  },
  anotherDocument: {
    rule: 'R40',
    confidence: 'certain',
    without: null,
    sentence: 'The document is complete, and another one follows. The first is taken.',
  },
  remains: {
    rule: 'R39',
    confidence: 'certain',
    without: null,
    sentence:
      'The document is complete, and the end of another text follows, as a shorter write over a longer one leaves it. It goes.',
  },
  trailing: {
    rule: 'R41',
    confidence: 'certain',
    without: null,
    sentence: 'The document is complete, but … follows. It goes.',
  },
  empty: {
    rule: 'R41',
    confidence: 'certain',
    without: null,
    sentence: 'The text holds no value.',
  },
} as const satisfies Record<string, Kind>

export type SalvageKind = keyof typeof salvageKinds
