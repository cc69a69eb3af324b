import type { StateNode } from '../../shared/contract/runReading.ts'
import type { Branch } from './stateTreeStore.ts'

/** A line of the tree as it is opened. */
export type FlatNode =
  | {
      readonly kind: 'node'
      readonly node: StateNode
      readonly parent: string | null
      readonly depth: number
      readonly expansion: 'none' | 'closed' | 'open' | 'loading'
    }
  | {
      readonly kind: 'more'
      readonly parent: string
      readonly depth: number
      readonly side: 'before' | 'after'
      readonly missing: number
    }

/** The lines of an opened tree, in the order in which they are shown; the root itself has none. */
export function flattenTree(branches: { readonly [pointer: string]: Branch }): readonly FlatNode[] {
  return below('', 0, branches)
}

function below(
  pointer: string,
  depth: number,
  branches: { readonly [pointer: string]: Branch },
): readonly FlatNode[] {
  const branch = branches[pointer]
  if (branch === undefined || !branch.isOpen) return []
  const lines = branch.children.flatMap((node): readonly FlatNode[] => [
    {
      kind: 'node',
      node,
      parent: pointer === '' ? null : pointer,
      depth,
      expansion: expansionOf(node, branches[node.pointer]),
    },
    ...below(node.pointer, depth + 1, branches),
  ])
  if (branch.isReading) return lines
  const missing = branch.total - branch.start - branch.children.length
  const place = { kind: 'more', parent: pointer, depth } as const
  return [
    ...(branch.start > 0 ? [{ ...place, side: 'before', missing: branch.start } as const] : []),
    ...lines,
    ...(missing > 0 ? [{ ...place, side: 'after', missing } as const] : []),
  ]
}

function expansionOf(node: StateNode, branch: Branch | undefined) {
  if (node.size === 0 || (node.type !== 'object' && node.type !== 'array')) return 'none'
  if (branch?.isReading) return 'loading'
  return branch?.isOpen ? 'open' : 'closed'
}
