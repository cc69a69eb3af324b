import type { RunError } from '../../schema/run.ts'
import { firstLine } from './words.ts'

/** What stays the same of an error when it comes again: without ids, numbers, times and the names of temporary files. */
export function errorFingerprint({ name, code, message }: RunError): string {
  return `${name} ${code ?? ''} ${variable.reduce((text, one) => text.replace(one, '#'), firstLine(message).slice(0, longest))}`
}

const variable = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi,
  /\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi,
  /\/(?:tmp|var\/tmp|private\/var)\/\S+/g,
  /\d+(?:\.\d+)?/g,
]
const longest = 500
