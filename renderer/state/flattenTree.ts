import type { StateNode } from '../../shared/contract/runs.ts'
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
  const missing = branch.total - branch.children.length
  if (missing === 0 || branch.isReading) return lines
  return [...lines, { kind: 'more', parent: pointer, depth, missing }]
}

function expansionOf(node: StateNode, branch: Branch | undefined) {
  if (node.size === 0 || (node.type !== 'object' && node.type !== 'array')) return 'none'
  if (branch?.isReading) return 'loading'
  return branch?.isOpen ? 'open' : 'closed'
}
