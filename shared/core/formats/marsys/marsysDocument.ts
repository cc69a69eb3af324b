import { outlineOf } from '../outline.ts'
import { unquote } from '../../codec/pointer.ts'
import type { JsonFlaw } from '../../codec/scanJson.ts'
import { isNothing, member, membersOf, stringOf, type TextObject } from '../text/parseText.ts'
import { openText } from '../view/openText.ts'

/**
 * What a text of MARSYS is: a session of the removed state manager (0.1, 0.2) or a checkpoint of one; a checkpoint of 0.1, of
 * which the branches are Python's `repr` and no longer values; a snapshot of a paused run (0.3).
 */
export type MarsysDocument =
  | {
      readonly kind: 'session' | 'lossy' | 'snapshot'
      readonly root: TextObject
      readonly session: string | null
    }
  | { readonly kind: 'broken'; readonly flaw: JsonFlaw; readonly session: string | null }

export function openMarsys(text: string): MarsysDocument {
  const opened = openText(text)
  if (opened.kind === 'broken') {
    return { kind: 'broken', flaw: opened.flaw, session: sessionOfCut(text) }
  }
  const { root } = opened
  if (root.kind !== 'object') {
    const flaw = { index: root.start, sentence: 'It is no object.' }
    return { kind: 'broken', flaw, session: null }
  }
  const session = stringOf(member(root, 'session_id'))
  if (member(root, 'framework_version') !== null || member(root, 'barriers') !== null) {
    return { kind: 'snapshot', root, session }
  }
  return { kind: isLossy(root) ? 'lossy' : 'session', root, session }
}

/** The session that a cut text names: it is its first key, or nearly. */
function sessionOfCut(text: string): string | null {
  const lexeme = outlineOf(text).entries.get('session_id')?.lexeme
  return lexeme?.startsWith('"') === true ? unquote(lexeme) : null
}

function isLossy(root: TextObject): boolean {
  if (stringOf(member(root, 'active_branches')) !== null) return true
  return [...membersOf(member(root, 'branches')).values()].some((one) => stringOf(one) !== null)
}

/** What a checkpoint is called; null for a session. */
export function checkpointName(root: TextObject): string | null {
  return stringOf(member(member(root, 'metadata'), 'checkpoint_name'))
}

export function isPaused(root: TextObject): boolean {
  const paused = member(member(root, 'metadata'), 'paused')
  return !isNothing(paused) && paused?.kind === 'scalar' && paused.lexeme === 'true'
}
