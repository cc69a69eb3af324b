import { pointer } from '../../../schema/pointer.ts'
import { textFinding } from '../../codec/headFinding.ts'
import type { Finding, Severity } from '../../integrity/finding.ts'
import { nodeAt, type TextNode } from '../text/parseText.ts'

/** What a rule of a format says of one value of a document. */
export type Breach = {
  readonly rule: string
  readonly severity: Severity
  readonly sentence: string
  /** Keys and indices; where nothing stands there, the place is that of what should hold it. */
  readonly path: readonly string[]
  readonly remedy: string | null
}

/** Breaches as findings of the document, with their places; at most 50 a rule, the last of them says how many more. */
export function findingsAt(
  text: string,
  root: TextNode,
  breaches: readonly Breach[],
): readonly Finding[] {
  const counts = new Map<string, number>()
  for (const { rule } of breaches) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const shown = new Map<string, number>()
  return breaches.flatMap((breach) => {
    const { rule, path, sentence, ...rest } = breach
    const index = (shown.get(rule) ?? 0) + 1
    shown.set(rule, index)
    if (index > mostShown) return []
    const more = index === mostShown ? (counts.get(rule) ?? 0) - mostShown : 0
    const said = more > 0 ? `${sentence} (${more} more like this.)` : sentence
    const at = { index: placeOf(root, path), pointer: pointer(...path) }
    return [textFinding(text, { rule, sentence: said, file: 'document', ...rest, ...at })]
  })
}

const mostShown = 50

function placeOf(root: TextNode, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodeAt(root, path.slice(0, length))
    if (node !== null) return node.start
  }
  return root.start
}
