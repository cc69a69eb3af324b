// What stands in the summary line of a head, in the order in which this version writes it.
import { runKinds, runStatuses, severities } from '../../shared/schema/headWords.ts'
import { lineNumbers, lineTexts, type LineNumber, type LineText } from './headLines.ts'

export type HeadField = {
  /** What stands before the value. */
  readonly key: Uint8Array
  /** `prose` may have any characters, a `text` only those of ASCII. */
  readonly kind: 'text' | 'prose' | 'count' | 'time' | 'flag'
  /** The place of its column among those of texts, or of numbers. */
  readonly column: number
  readonly isNullable: boolean
  /** Null: any text. */
  readonly words: readonly Uint8Array[] | null
}

export const usualFields: readonly HeadField[] = [
  text('{"id":', 'id'),
  word(',"kind":', 'kind', runKinds),
  text(',"workflow":', 'workflow'),
  orNull(text(',"version":', 'version')),
  word(',"status":', 'status', runStatuses),
  orNull(text(',"step":', 'step')),
  number('count', ',"stepsDone":', 'stepsDone'),
  number('count', ',"stepsTotal":', 'stepsTotal'),
  number('count', ',"attempts":', 'attempts'),
  number('count', ',"checkpoints":', 'checkpoints'),
  number('time', ',"createdAt":', 'createdAt'),
  number('time', ',"updatedAt":', 'updatedAt'),
  orNull(number('time', ',"finishedAt":', 'finishedAt')),
  orNull(prose(',"error":', 'error')),
  number('flag', ',"parent":null,"pinned":', 'isPinned'),
  number('count', ',"seq":', 'seq'),
  number('count', ',"journalBytes":', 'journalBytes'),
]

/** Most heads have none. */
export const errorNameFields: readonly HeadField[] = [text(',"errorName":', 'errorName')]

/** A run that was moving when its head was written has none. */
export const reasonFields: readonly HeadField[] = [
  text(',"reason":{"rule":', 'rule'),
  prose(',"sentence":', 'sentence'),
  word(',"severity":', 'severity', severities),
]

function text(key: string, name: LineText): HeadField {
  const column = lineTexts.indexOf(name)
  return { kind: 'text', key: ascii(key), column, isNullable: false, words: null }
}

function prose(key: string, name: LineText): HeadField {
  return { ...text(key, name), kind: 'prose' }
}

function word(key: string, name: LineText, words: readonly string[]): HeadField {
  return { ...text(key, name), words: words.map(ascii) }
}

function number(kind: 'count' | 'time' | 'flag', key: string, name: LineNumber): HeadField {
  const column = lineNumbers.indexOf(name)
  return { kind, key: ascii(key), column, isNullable: false, words: null }
}

function orNull(field: HeadField): HeadField {
  return { ...field, isNullable: true }
}

export function ascii(given: string): Uint8Array {
  return Uint8Array.from(Buffer.from(given, 'latin1'))
}
