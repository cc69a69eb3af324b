import type { Sha256 } from '../../../schema/digest.ts'
import { member, type TextObject } from '../text/parseText.ts'
import { patchText } from '../text/patchText.ts'
import { pythonString } from '../text/pythonJson.ts'
import { isUnsigned, matchingForm } from './checksums.ts'
import { parseState } from './parseState.ts'
import { loadable } from './stateFile.ts'

/** [F84] The word with which the checksum fits: it covers the status, so it proves what stood there. Null when none does. */
export function provedStatus(text: string, root: TextObject, sha256: Sha256): string | null {
  if (isUnsigned(root, '_checksum') || matchingForm(root, sha256) !== null) return null
  const fits = (word: string): boolean => {
    const parsed = parseState(withStatus(text, word))
    return parsed.kind === 'ok' && matchingForm(parsed.root, sha256) !== null
  }
  return [...loadable, 'blocked', 'cancelled'].find(fits) ?? null
}

/** The text with another status. */
export function withStatus(text: string, word: string): string {
  const parsed = parseState(text)
  const isThere = parsed.kind === 'ok' && member(parsed.root, 'status') !== null
  const patch = {
    op: isThere ? 'replace' : 'add',
    path: ['status'],
    value: pythonString(word),
  } as const
  const patched = patchText(text, [patch], 'python')
  return patched.kind === 'ok' ? patched.text : text
}
