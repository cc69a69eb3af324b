import { maxJsonDepth } from '../../../schema/json.ts'
import { parseText, type ParsedText, type TextNode } from '../text/parseText.ts'

/**
 * A text that Python's `json` wrote, as a tree. Nested deeper than we walk is broken: Python refuses it too. Never throws.
 */
export function openText(text: string): ParsedText {
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') return parsed
  const deep = tooDeep(parsed.root)
  if (deep === null) return parsed
  const sentence = `It is nested deeper than ${maxJsonDepth} levels.`
  return { kind: 'broken', flaw: { index: deep.start, sentence } }
}

/** A value below the deepest level that is walked, found without recursion. */
function tooDeep(root: TextNode): TextNode | null {
  let level: readonly TextNode[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxJsonDepth) return level[0] ?? null
    level = level.flatMap(childrenOf)
  }
  return null
}

function childrenOf(node: TextNode): readonly TextNode[] {
  if (node.kind === 'scalar') return []
  return node.kind === 'array' ? node.items : node.members.map(({ value }) => value)
}
