import type { Annotations } from '../../../shared/schema/run.ts'
import { MarkList } from '../../ui/MarkList.tsx'
import styles from './RunHeader.module.css'

export type RunMarksProps = { readonly annotations: Annotations }

export function RunMarks({ annotations }: RunMarksProps) {
  const { colour, note, tags } = annotations
  if (tags.length === 0 && (note ?? '') === '' && colour === null) return null
  return (
    <div className={styles.marks}>
      <MarkList marks={annotations} />
    </div>
  )
}
