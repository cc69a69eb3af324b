import type { StateNode } from '../../../shared/contract/runReading.ts'
import type { FlatNode } from '../../state/flattenTree.ts'
import type { Mask } from '../../state/useMask.ts'
import type { TreeRow } from '../../ui/TreeView.tsx'

/** A line of the tree, with what is staged for it. */
export function treeRow(
  line: FlatNode,
  mask: Mask,
  marks: ReadonlyMap<string, string> = noMarks,
): TreeRow {
  if (line.kind === 'more') {
    const { side, missing } = line
    const what = side === 'before' ? 'those before' : 'more'
    const label = `Show ${what} (${missing.toLocaleString('en')} left)`
    return { ...line, id: `${line.parent}/ ${side}`, label }
  }
  const { node, parent, depth, expansion } = line
  return {
    kind: 'node',
    id: node.pointer,
    parent,
    depth,
    label: node.key,
    type: node.type,
    value: mask.value(node.pointer, valueOf(node)),
    note: noteOf(node),
    expansion,
    mark: marks.get(node.pointer),
  }
}

const noMarks: ReadonlyMap<string, string> = new Map()

/** What a container holds is said by its note; an empty one is short enough to be shown. */
function valueOf({ type, size, preview, truncated }: StateNode): string {
  if ((type === 'object' || type === 'array') && size > 0) return ''
  return truncated ? `${preview}…` : preview
}

function noteOf({ type, size }: StateNode): string | null {
  if (size === 0) return null
  if (type === 'object') return size === 1 ? '1 key' : `${size.toLocaleString('en')} keys`
  if (type === 'array') return size === 1 ? '1 item' : `${size.toLocaleString('en')} items`
  return type === 'string' && size > 200 ? `${size.toLocaleString('en')} characters` : null
}
