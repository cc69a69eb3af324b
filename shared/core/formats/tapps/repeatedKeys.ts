import type { TextObject } from '../text/parseText.ts'
import { repeatedKeys as repeatedIn } from '../view/repeatedKeys.ts'
import type { Breach } from './findings.ts'

const mostTold = 50

/** [F62] */
export function repeatedKeys(root: TextObject): readonly Breach[] {
  return repeatedIn(root)
    .slice(0, mostTold)
    .map((path) => ({
      rule: 'F62',
      severity: 'warning',
      sentence: `"${path.at(-1) ?? ''}" stands twice in the same object: its reader takes the last, and nobody sees the first.`,
      path,
      remedy: 'Edit it so that it stands once.',
    }))
}
