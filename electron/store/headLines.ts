// What the summary lines of many heads say, in columns: whoever reads the start of a head fills them, and they cross to another
// thread without a copy.

export const lineTexts = [
  'id',
  'kind',
  'workflow',
  'version',
  'status',
  'step',
  'error',
  'errorName',
  'rule',
  'sentence',
  'severity',
] as const
export type LineText = (typeof lineTexts)[number]

export const lineNumbers = [
  'stepsDone',
  'stepsTotal',
  'attempts',
  'checkpoints',
  'seq',
  'journalBytes',
  /** Milliseconds; NaN for null. */
  'createdAt',
  'updatedAt',
  'finishedAt',
  /** 1 or 0. */
  'isPinned',
] as const
export type LineNumber = (typeof lineNumbers)[number]

/**
 * By the place of the head among others. Of a text where it begins in the bytes of all starts, and where it ends; both 0 for
 * null.
 */
export type HeadLines = { readonly [K in LineText]: Uint32Array } & {
  readonly [K in LineNumber]: Float64Array
} & {
  /** 1 where the line was read, its sum fits, and its id is the one in the name of the file. Of any other nothing is said. */
  readonly isTold: Uint8Array
  /** 1 where the id says the day in whose folder the head lies. */
  readonly isHome: Uint8Array
  readonly count: number
  /** All texts and all numbers, one column behind the other. */
  readonly texts: Uint32Array
  readonly numbers: Float64Array
}

/** Of `count` heads, of which nothing is told yet. `spare`: memory to be used again where it is enough. */
export function createHeadLines(count: number, spare: ArrayBuffer | null): HeadLines {
  const size = count * bytesOfLine
  const buffer =
    spare !== null && spare.byteLength >= size
      ? spare
      : new ArrayBuffer(Math.ceil(size / roundBytes) * roundBytes)
  const numbers = new Float64Array(buffer, 0, count * lineNumbers.length)
  const texts = new Uint32Array(buffer, numbers.byteLength, count * lineTexts.length * 2)
  const flagsFrom = numbers.byteLength + texts.byteLength
  return {
    count,
    texts,
    numbers,
    ...named(lineNumbers, (place) => numbers.subarray(place * count, (place + 1) * count)),
    ...named(lineTexts, (place) => texts.subarray(place * count * 2, (place + 1) * count * 2)),
    isTold: new Uint8Array(buffer, flagsFrom, count).fill(0),
    isHome: new Uint8Array(buffer, flagsFrom + count, count).fill(0),
  }
}

const bytesOfLine = (lineNumbers.length + lineTexts.length) * 8 + 2
const roundBytes = 4096

function named<K extends string, A>(names: readonly K[], make: (place: number) => A): Record<K, A> {
  return Object.fromEntries(names.map((name, place) => [name, make(place)])) as Record<K, A> // one for every name
}
