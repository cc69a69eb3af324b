import type { Sha256 } from '../../../schema/digest.ts'
import {
  isNothing,
  member,
  membersOf,
  stringOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { compareCodePoints, pythonJson, pythonString } from '../text/pythonJson.ts'

/**
 * What the removed state manager writes as `checksum`: SHA-256 over five fields in Python's canonical form, branches as sorted
 * pairs, sets as sorted lists. Null where Python could not compute it. [F102]
 */
export function legacyChecksum(root: TextObject, sha256: Sha256): string | null {
  const [session, timestamp, branches] = ['session_id', 'timestamp', 'branches'].map((key) =>
    member(root, key),
  )
  const active = sortedSet(member(root, 'active_branches'))
  const completed = sortedSet(member(root, 'completed_branches'))
  if (active === null || completed === null || branches?.kind !== 'object') return null
  if (session === undefined || session === null) return null
  if (timestamp === undefined || timestamp === null) return null
  const pairs = [...membersOf(branches)]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([key, value]) => `[${pythonString(key)}, ${canonical(value)}]`)
  return sha256(
    `{"active_branches": ${active}, "branches": [${pairs.join(', ')}], "completed_branches": ${completed}, ` +
      `"session_id": ${canonical(session)}, "timestamp": ${canonical(timestamp)}}`,
  )
}

function canonical(node: TextNode): string {
  return pythonJson(node, { sortKeys: true })
}

function sortedSet(node: TextNode | null): string | null {
  if (node?.kind !== 'array') return null
  const texts = node.items.map(stringOf).filter((text) => text !== null)
  if (texts.length !== node.items.length) return null
  const sorted = texts.toSorted(compareCodePoints).map((text) => pythonString(text))
  return `[${sorted.join(', ')}]`
}

/** `absent`: MARSYS takes a missing or empty checksum for a good one. */
export function checksumState(
  root: TextObject,
  sha256: Sha256,
): 'absent' | 'good' | 'wrong' | 'uncomputable' {
  const stored = member(root, 'checksum')
  if (isNothing(stored) || stringOf(stored) === '') return 'absent'
  const computed = legacyChecksum(root, sha256)
  if (computed === null) return 'uncomputable'
  return stringOf(stored) === computed ? 'good' : 'wrong'
}
