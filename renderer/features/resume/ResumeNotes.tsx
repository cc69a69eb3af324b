import type { ResumeNote } from '../../../shared/core/resume/resumePlan.ts'
import styles from './ResumeScreen.module.css'

export type ResumeNotesProps = { readonly notes: readonly ResumeNote[] }

/** What is different now, or is changed by an edit; nothing of it forbids the resume. */
export function ResumeNotes({ notes }: ResumeNotesProps) {
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes} aria-label="To know before it goes on">
      {notes.map(({ about, sentence }) => (
        <li key={sentence}>
          <span className={styles.about}>{titles[about]}</span> {sentence}
        </li>
      ))}
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
