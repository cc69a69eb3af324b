import { pointer } from '../../../schema/pointer.ts'
import type { MappedField } from '../../../schema/unknownMapping.ts'
import type { TextNode } from '../text/parseText.ts'
import { candidatesOf } from './candidates.ts'
import type { Guess } from './guess.ts'
import type { Item } from './items.ts'
import { nameRank } from './names.ts'

export type NodeTest = (node: TextNode) => boolean

/** What may be the name of something. */
export const isNamed: NodeTest = (node) =>
  node.kind === 'scalar' &&
  !/^(?:true|false|null|"")$/.test(node.lexeme) &&
  node.lexeme.length < 200

/** The place in an item of the plainest name whose value fits. */
export function findIn({ node }: Item, field: MappedField, test: NodeTest): string | null {
  let found: { readonly cost: number; readonly path: string } | null = null
  for (const candidate of candidatesOf(node)) {
    const { path } = candidate
    const rank = path.length > 2 ? null : nameRank(field, candidate.key)
    const cost = (rank ?? 0) + (path.length - 1) * 20
    if (rank === null || (found !== null && cost >= found.cost) || !test(candidate.node)) continue
    found = { cost, path: pointer(...path) }
  }
  return found?.path ?? null
}

/** What most of the items agree in. */
export function mostCommon(
  paths: readonly string[],
): { readonly path: string; readonly count: number } | null {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1)
  const [first] = [...counts].toSorted((one, other) => other[1] - one[1])
  return first === undefined ? null : { path: first[0], count: first[1] }
}

export function said(field: MappedField, path: string): Guess {
  return { field, path, confidence: 'mapped', evidence: 'A person said so.' }
}
