import { isMap, isScalar, visit, type Document, type Node } from 'yaml'

export type TextFlaw = { readonly message: string; readonly offset: number }

/** What is wrong with a text before it is read as a workflow: its YAML, aliases, and keys that repeat. In linear time. */
export function textFlaws(document: Document.Parsed): readonly TextFlaw[] {
  const flaws: TextFlaw[] = [...document.errors, ...document.warnings].map((flaw) => ({
    message: `${sentences[flaw.code] ?? flaw.message}.`,
    offset: flaw.pos[0],
  }))
  const anchors = new Set<string>()
  let aliases = 0
  visit(document, {
    Node(_key, node) {
      if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor)
      flaws.push(...repeatedKeys(node))
    },
    Alias(_key, node) {
      const offset = node.range?.[0] ?? 0
      aliases += 1
      if (aliases === mostAliases + 1) flaws.push({ message: tooManyAliases, offset })
      if (anchors.has(node.source)) return
      flaws.push({ message: `\`*${node.source}\` names no anchor that stands before it.`, offset })
    },
    Pair(_key, pair) {
      if (!isScalar(pair.key) || pair.key.value !== '__proto__') return
      const message = 'the name `__proto__` cannot be used.'
      flaws.push({ message, offset: pair.key.range?.[0] ?? 0 })
    },
  })
  return flaws
}

function repeatedKeys(node: Node): readonly TextFlaw[] {
  if (!isMap(node)) return []
  const seen = new Set<unknown>()
  return node.items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    if (seen.has(key.value))
      return [{ message: 'this key stands here a second time.', offset: key.range?.[0] ?? 0 }]
    seen.add(key.value)
    return []
  })
}

/** Each is looked up by walking through the document. */
const mostAliases = 1000
const tooManyAliases = `its aliases repeat too much: more than ${mostAliases} stand in it.`

const sentences: Readonly<Record<string, string>> = {
  NON_STRING_KEY: 'a key must be a plain text',
  MULTIPLE_DOCS: 'a file holds one workflow only, and here another document begins',
  TAG_RESOLVE_FAILED: 'tags are not supported',
}
