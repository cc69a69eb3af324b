import { parseAnsi } from './parseAnsi.ts'

/** A log as it reads, without colours and what was written over. */
export function plainText(text: string): string {
  return parseAnsi(text)
    .map((segments) => segments.map((segment) => segment.text).join(''))
    .join('\n')
}
