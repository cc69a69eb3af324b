import { tokensOf } from '../../schema/pointer.ts'
import { compilePattern } from '../expression/pattern/compilePattern.ts'

/**
 * Whether a pattern of redaction takes a sample: a key or a value in which the expression is found, or a pointer that is named, with
 * `*` for any key or item, or lies below one that is. Null: the pattern cannot be used.
 */
export function fitsPattern(
  of: 'keys' | 'values' | 'paths',
  pattern: string,
  sample: string,
): boolean | null {
  if (of === 'paths') return pattern.startsWith('/') ? fitsPointer(pattern, sample) : null
  const compiled = compilePattern(pattern)
  return 'problem' in compiled ? null : compiled.pattern.matcher(sample).find()
}

function fitsPointer(pattern: string, sample: string): boolean {
  const wanted = tokensOf(pattern)
  const given = tokensOf(sample)
  return wanted.every(
    (part, index) => given[index] !== undefined && (part === '*' || part === given[index]),
  )
}
