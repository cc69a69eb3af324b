import { Badge } from './Badge.tsx'
import { markTone } from './markTone.ts'

export type MarkListProps = {
  readonly marks: {
    readonly colour: string | null
    readonly tags: readonly string[]
    readonly note: string | null
  }
}

/** The tags and the note of a run, in its colour: never the colour alone. */
export function MarkList({ marks: { colour, tags, note } }: MarkListProps) {
  const tone = markTone(colour)
  const [line = ''] = (note ?? '').split('\n')
  return (
    <>
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
    </>
  )
}

const longest = 100
