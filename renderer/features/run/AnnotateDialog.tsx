import { useState, type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import { annotationColours } from '../../../shared/schema/annotationChange.ts'
import type { Annotations } from '../../../shared/schema/run.ts'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './CancelDialog.module.css'

export type AnnotateDialogProps = {
  readonly store: RunStore
  readonly annotations: Annotations
  readonly open: boolean
  readonly onClose: () => void
}

/** What people say of a run: it is recorded in the run itself, and goes with it wherever it goes. */
export function AnnotateDialog({ store, annotations, open, onClose }: AnnotateDialogProps) {
  const { annotate } = useStore(store)
  const [note, setNote] = useState(annotations.note ?? '')
  const [colour, setColour] = useState(annotations.colour ?? none)
  const [tags, setTags] = useState(annotations.tags.join(', '))
  const [pinned, setPinned] = useState(annotations.pinned)
  const tagList = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  const problems = {
    note: note.trim().length > 4000 ? 'At most 4,000 characters.' : null,
    tags:
      tagList.length > 20
        ? 'At most 20 tags.'
        : tagList.some((tag) => tag.length > 60)
          ? 'At most 60 characters in a tag.'
          : null,
  }
  const isWrong = problems.note !== null || problems.tags !== null
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isWrong) return
    onClose()
    const said = { note: note.trim() === '' ? null : note.trim(), tags: tagList, pinned }
    void annotate({ ...said, colour: colour === none ? null : colour })
  }
  return (
    <Dialog open={open} title="Annotate the run" onClose={onClose} size="s">
      <form className={styles.text} onSubmit={submit}>
        <TextField
          takesFocus
          multiline
          label="Note"
          value={note}
          onChange={setNote}
          placeholder="What the next person should know"
          error={problems.note}
        />
        <TextField
          label="Tags, with commas between"
          value={tags}
          onChange={setTags}
          placeholder="payments, eu"
          error={problems.tags}
        />
        <Select label="Colour" value={colour} options={coloursWith(colour)} onChange={setColour} />
        <Checkbox label="Pinned: clean up leaves it alone" checked={pinned} onChange={setPinned} />
        <div className={styles.actions}>
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
          <Button variant="primary" type="submit" disabled={isWrong}>
            Record it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const none = ''
const known = [
  { value: none, label: 'none' },
  ...annotationColours.map((colour) => ({ value: colour, label: colour })),
]

/** A colour that another program wrote stays a choice. */
function coloursWith(
  colour: string,
): readonly { readonly value: string; readonly label: string }[] {
  return known.some(({ value }) => value === colour)
    ? known
    : [...known, { value: colour, label: colour }]
}
