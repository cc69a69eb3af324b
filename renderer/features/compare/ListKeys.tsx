import { useState } from 'react'
import type { CompareQuestion } from '../../state/compareStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ListKeys.module.css'

type Keys = CompareQuestion['keys']

export type ListKeysProps = {
  readonly keys: Keys
  /** The list that the change that is looked at lies in; null: in none. */
  readonly list: string | null
  readonly onKeys: (keys: Keys) => void
}

/** By what the items of a list are told apart: found by itself, unless a key is chosen here. */
export function ListKeys({ keys, list, onKeys }: ListKeysProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button icon="list" onClick={() => setIsOpen(true)}>
        {keys.length === 0 ? 'Keys of lists…' : `Keys of lists: ${keys.length} chosen`}
      </Button>
      {isOpen && (
        <ListKeysDialog keys={keys} list={list} onKeys={onKeys} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}

function ListKeysDialog({
  keys,
  list,
  onKeys,
  onClose,
}: ListKeysProps & { readonly onClose: () => void }) {
  const [path, setPath] = useState(list ?? '')
  const [key, setKey] = useState('')
  const [byContent, setByContent] = useState(false)
  const isWhole = path.startsWith('/') && (byContent || key.trim() !== '')
  const choose = () => {
    if (!isWhole) return
    const chosen = { path, key: byContent ? null : key.trim() }
    onKeys([...keys.filter((one) => one.path !== path), chosen])
    onClose()
  }
  return (
    <Dialog
      open
      size="s"
      title="Keys of lists"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!isWhole} onClick={choose}>
            Compare by it
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          choose()
        }}
      >
        <p className={styles.note}>
          Items are told apart by what tells them apart in both sides, such as an id. Choose
          otherwise where that is wrong.
        </p>
        <TextField
          label="List"
          hint="Its path; * stands for any key or index."
          placeholder="/inputs/orders"
          value={path}
          takesFocus
          onChange={setPath}
        />
        <TextField
          label="Key of its items"
          placeholder="orderId"
          value={key}
          disabled={byContent}
          onChange={setKey}
        />
        <Checkbox label="By content, without a key" checked={byContent} onChange={setByContent} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      {keys.length > 0 && (
        <ul className={styles.chosen} aria-label="Chosen keys">
          {keys.map((one) => (
            <li key={one.path}>
              <code>{one.path}</code> by {one.key === null ? 'content' : <code>{one.key}</code>}
              <IconButton
                icon="close"
                size="s"
                label={`Find the key of ${one.path} by itself`}
                onClick={() => onKeys(keys.filter(({ path: other }) => other !== one.path))}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
