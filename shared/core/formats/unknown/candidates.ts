import type { TextMember, TextNode } from '../text/parseText.ts'

/** A value of a document that may mean something, with the keys that lead to it. */
export type Candidate = {
  readonly path: readonly string[]
  readonly key: string
  readonly node: TextNode
}

/** Values under keys, the outer ones first: no deeper than engines keep what they say of a run, and only so many. */
export function candidatesOf(root: TextNode): readonly Candidate[] {
  const found: Candidate[] = []
  let level: readonly Candidate[] = children({ path: [], key: '', node: root })
  for (let depth = 0; depth < deepest && level.length > 0 && found.length < most; depth += 1) {
    const here = level.slice(0, most - found.length)
    found.push(...here)
    level = here.flatMap(children)
  }
  return found
}

const deepest = 4
const most = 2000
const mostOfOne = 200

function children({ path, node }: Candidate): readonly Candidate[] {
  if (node.kind !== 'object') return []
  return lastOfEach(node.members.slice(0, mostOfOne)).map(({ key, value }) => ({
    path: [...path, key],
    key,
    node: value,
  }))
}

/** Of a key that stands twice readers take the last. */
function lastOfEach(members: readonly TextMember[]): readonly TextMember[] {
  return [...new Map(members.map((one) => [one.key, one])).values()]
}
