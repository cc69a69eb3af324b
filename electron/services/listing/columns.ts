// The columns of the table of rows: one number a row in each, so that a hundred thousand rows are a few arrays.
import { longer } from './pooledTexts.ts'

/** Columns that hold a text's code. */
export const textColumns = [
  'document',
  'reference',
  'id',
  'workflow',
  'version',
  'status',
  /** The word that the list has for the row, by which it is found, counted and sorted. */
  'shown',
  'health',
  'liveness',
  'rule',
  'sentence',
  'severity',
  'step',
  'label',
  'format',
  'owner',
  'parent',
  'error',
  'colour',
  /** All of them as one text, each behind a line feed and with one at the end. */
  'tag',
  'note',
] as const
export type TextColumn = (typeof textColumns)[number]

export const numberColumns = [
  'createdAt',
  'updatedAt',
  'finishedAt',
  'sizeBytes',
  'attempts',
  'checkpoints',
  'stepsDone',
  'stepsTotal',
  'readAtMs',
  'stamp',
] as const
export type NumberColumn = (typeof numberColumns)[number]

export const byteColumns = ['flags', 'views'] as const
export type ByteColumn = (typeof byteColumns)[number]

export type Columns = {
  readonly [K in TextColumn]: Int32Array
} & { readonly [K in NumberColumn]: Float64Array } & { readonly [K in ByteColumn]: Uint8Array }

export const flags = {
  /** A place in the columns that holds a row. */
  live: 1,
  /** The entry has a run's id. */
  run: 2,
  /** It is shown as a run, and named by its id. */
  native: 4,
  pinned: 8,
  /** All of it was read: what the row says is what its files say. */
  verified: 16,
  /** Nothing but its files can change what the row says. */
  settled: 32,
  /** What the row says is what reading all of it would have said, had it no flaw. */
  exact: 64,
  archived: 128,
} as const

/** The columns that these arrays are, in the order of the names. */
export function columnsOf(arrays: readonly ArrayBuffer[]): Columns {
  const take = <K extends string, A>(
    names: readonly K[],
    { from, make }: { readonly from: number; readonly make: (buffer: ArrayBuffer) => A },
  ): Record<K, A> =>
    Object.fromEntries(
      names.map((name, index) => [name, make(arrays[from + index] ?? new ArrayBuffer(0))]),
    ) as Record<K, A> // one for every name
  const [texts, numbers] = [textColumns.length, numberColumns.length]
  return {
    ...take(textColumns, { from: 0, make: (buffer) => new Int32Array(buffer) }),
    ...take(numberColumns, { from: texts, make: (buffer) => new Float64Array(buffer) }),
    ...take(byteColumns, { from: texts + numbers, make: (buffer) => new Uint8Array(buffer) }),
  }
}

export function createColumns(capacity: number): Columns {
  return {
    ...build(textColumns, () => new Int32Array(capacity)),
    ...build(numberColumns, () => new Float64Array(capacity)),
    ...build(byteColumns, () => new Uint8Array(capacity)),
  }
}

function build<K extends string, A>(names: readonly K[], make: () => A): Record<K, A> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<K, A> // one for every name
}

/** The same columns with room for more rows; the arrays that were given are used up. */
export function withCapacity(columns: Columns, capacity: number): Columns {
  const names = [...textColumns, ...numberColumns, ...byteColumns]
  return columnsOf(
    names.map((name) => longer(columns[name], capacity * columns[name].BYTES_PER_ELEMENT)),
  )
}
