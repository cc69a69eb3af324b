import type { Annotations } from '../../../shared/schema/run.ts'
import type { Tone } from '../../ui/statusLooks.ts'
import { Badge } from '../../ui/Badge.tsx'
import styles from './RunHeader.module.css'

export type RunMarksProps = { readonly annotations: Annotations }

/** The note and the tags of a run, in its colour: never the colour alone. */
export function RunMarks({ annotations: { colour, note, tags } }: RunMarksProps) {
  const tone = colour === null ? 'neutral' : (tones[colour] ?? 'neutral')
  const [line = ''] = (note ?? '').split('\n')
  if (tags.length === 0 && line === '' && colour === null) return null
  return (
    <div className={styles.marks}>
      {tags.map((tag) => (
        <Badge key={tag} tone={tone}>
          {tag}
        </Badge>
      ))}
      {line !== '' && (
        <Badge tone={tone} title={note ?? undefined}>
          {line.length > longest ? `${line.slice(0, longest)}…` : line}
        </Badge>
      )}
      {colour !== null && tags.length === 0 && line === '' && <Badge tone={tone}>{colour}</Badge>}
    </div>
  )
}

const longest = 100
const tones: { readonly [colour: string]: Tone } = {
  red: 'bad',
  amber: 'warn',
  green: 'good',
  blue: 'busy',
  grey: 'neutral',
}
