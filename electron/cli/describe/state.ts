import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'

export function describeState(
  { node, children, total }: CallOutput<'state.read'>,
  paint: Paint,
): readonly string[] {
  const where = node.pointer === '' ? 'the whole state' : node.pointer
  const left = total - children.length
  return [
    `${paint('bold', printable(where))}  ${node.type}  ${valueOf(node)}`,
    ...table(children.map((child) => [printable(child.key), child.type, valueOf(child)])),
    ...(left > 0 ? [`${left} more: --limit ${Math.min(500, total)} or --offset`] : []),
    ...(node.truncated ? [`The whole value: --value ${printable(node.pointer)}`] : []),
  ]
}

function valueOf({ type, size, preview, truncated }: StateNode): string {
  if (type === 'object') return `${size} keys`
  if (type === 'array') return `${size} items`
  return `${printable(preview)}${truncated ? '…' : ''}`
}
