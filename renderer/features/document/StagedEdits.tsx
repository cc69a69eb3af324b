import type { Edit } from '../../../shared/core/edit/edit.ts'
import { placeOfEdit, type StagedEdit } from '../../state/editStore.ts'
import { useMask, type Mask } from '../../state/useMask.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './PlanScreen.module.css'

export type StagedEditsProps = {
  readonly edits: readonly StagedEdit[]
  readonly onTakeBack: (id: string) => void
}

/** Each staged value as it was typed, and the way to take it back. */
export function StagedEdits({ edits, onTakeBack }: StagedEditsProps) {
  const mask = useMask()
  return (
    <section className={styles.said} aria-label="Staged edits">
      <h2 className={styles.heading}>Staged, in order</h2>
      <ol className={styles.list}>
        {edits.map(({ id, edit }) => {
          const sentence = `${verbs[edit.kind]} ${placeOfEdit(edit)}`
          return (
            <li key={id} className={styles.edit}>
              <span className={styles.what}>
                <strong>{sentence}</strong>
                <code>{valueOf(edit, mask)}</code>
              </span>
              <IconButton
                icon="undo"
                size="s"
                label={`Take back: ${sentence}`}
                onClick={() => onTakeBack(id)}
              />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const verbs: { readonly [kind in Edit['kind']]: string } = {
  set: 'Set',
  add: 'Add',
  remove: 'Remove',
  rename: 'Rename',
  succeed: 'Mark succeeded:',
  fail: 'Mark failed:',
  skip: 'Skip',
  reset: 'Reset',
}

function valueOf(edit: Edit, mask: Mask): string | null {
  if (edit.kind === 'set' || edit.kind === 'add') return mask.value(edit.path, edit.json)
  return edit.kind === 'rename' ? edit.name : null
}
