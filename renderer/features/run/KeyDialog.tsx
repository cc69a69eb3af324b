import { useState } from 'react'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import type { Edit } from '../../../shared/core/edit/edit.ts'
import { readJson, type NumberRule } from '../../../shared/core/edit/readJson.ts'
import { pointer } from '../../../shared/schema/pointer.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './StepEdits.module.css'

export type KeyDialogProps = {
  /** `add`: into this object or list; `rename`: this value. */
  readonly kind: 'add' | 'rename'
  readonly node: StateNode
  readonly numbers: NumberRule
  readonly onStage: (edit: Edit) => void
  readonly onClose: () => void
}

/** A new key or item, or another name for a key. */
export function KeyDialog({ kind, node, numbers, onStage, onClose }: KeyDialogProps) {
  const isItem = kind === 'add' && node.type === 'array'
  const [name, setName] = useState(kind === 'rename' ? node.key : isItem ? '-' : '')
  const [json, setJson] = useState('')
  const flaw = kind === 'add' && json !== '' ? flawOf(json, numbers) : null
  const isWhole = kind === 'rename' ? name !== node.key : json !== '' && flaw === null
  const stage = () => {
    if (!isWhole) return
    onStage(
      kind === 'rename'
        ? { kind, path: node.pointer, name }
        : { kind, path: `${node.pointer}${pointer(name)}`, json },
    )
  }
  return (
    <Dialog
      open
      size="s"
      title={kind === 'rename' ? `Rename ${node.key}` : `Add to ${node.pointer}`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!isWhole} onClick={stage}>
            Stage
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          stage()
        }}
      >
        <TextField
          label={isItem ? 'Before the item' : 'Key'}
          hint={isItem ? 'An index, or - for behind the last.' : undefined}
          value={name}
          takesFocus
          onChange={setName}
        />
        {kind === 'add' && (
          <TextField
            label="Value (JSON)"
            value={json}
            placeholder={'42, "text", true, null, {}'}
            error={flaw}
            onChange={setJson}
          />
        )}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  )
}

function flawOf(json: string, numbers: NumberRule): string | null {
  const read = readJson(json, numbers)
  return read.kind === 'ok' ? null : read.sentence
}
