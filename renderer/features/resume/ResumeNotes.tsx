import type { ResumeNote } from '../../../shared/core/resume/resumePlan.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ResumeScreen.module.css'

export type ResumeNotesProps = {
  readonly notes: readonly ResumeNote[]
  /** Inputs that were edited since the checkpoint that is gone on from. */
  readonly inputsSince: readonly string[]
  readonly onTake: () => void
}

/** What is different now, or is changed by an edit; nothing of it forbids the resume. */
export function ResumeNotes({ notes, inputsSince, onTake }: ResumeNotesProps) {
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes} aria-label="To know before it goes on">
      {notes.map(({ about, sentence }) => (
        <li key={sentence}>
          <span className={styles.about}>{titles[about]}</span> <span>{sentence}</span>
        </li>
      ))}
      {inputsSince.length > 0 && (
        <li>
          <span className={styles.take}>
            <Button size="s" onClick={onTake}>
              Take the inputs as they are now
            </Button>
          </span>
        </li>
      )}
    </ul>
  )
}

const titles: { readonly [About in ResumeNote['about']]: string } = {
  user: 'User',
  host: 'Host',
  folder: 'Folder',
  environment: 'Environment',
  definition: 'Definition',
  inputs: 'Inputs',
  variables: 'Variables',
  file: 'File',
  child: 'Child run',
  output: 'Output',
}
