import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import { tokensOf } from '../../../shared/schema/pointer.ts'
import { Button } from '../../ui/Button.tsx'
import { isEditable, isRemovable } from './editable.ts'

export type ValueActionsProps = {
  readonly node: StateNode
  readonly detail: RunDetail
  /** Why it cannot be edited; null: it can. */
  readonly whyNot: string | null
  readonly onText: () => void
  readonly onAdd: () => void
  readonly onRename: () => void
  readonly onRemove: () => void
}

/** What can be staged for the chosen value. */
export function ValueActions(props: ValueActionsProps) {
  const { node, detail, whyNot, onText, onAdd, onRename, onRemove } = props
  const isHolder = node.type === 'object' || node.type === 'array'
  const isMovable = isRemovable(node.pointer, detail)
  const isKey = isMovable && !/^\d+$/.test(tokensOf(node.pointer).at(-1) ?? '')
  const common = { size: 's', variant: 'quiet', disabled: whyNot !== null } as const
  const title = whyNot ?? undefined
  return (
    <>
      <Button {...common} title={title} onClick={onText}>
        Edit as text
      </Button>
      {isHolder && isEditable(node.pointer, detail) && (
        <Button {...common} title={title} onClick={onAdd}>
          {node.type === 'array' ? 'Add item…' : 'Add key…'}
        </Button>
      )}
      {isKey && (
        <Button {...common} title={title} onClick={onRename}>
          Rename…
        </Button>
      )}
      {isMovable && (
        <Button {...common} title={title} onClick={onRemove}>
          Remove
        </Button>
      )}
    </>
  )
}
