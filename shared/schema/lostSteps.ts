import { z } from 'zod'

/** What a repair could not tell of steps: a resume asks about it before it goes on. */
export const LostSteps = z.looseObject({
  /** Steps that may have begun in records that are gone, and are no harm only once. */
  maybe: z.array(z.string()),
  /** How many steps are gone of which nothing tells the name; null: nobody knows. */
  unnamed: z.number().int().min(0).nullable(),
  /** At most how many records are gone; null: nothing limits it. */
  records: z.number().int().min(0).nullable(),
})
export type LostSteps = z.infer<typeof LostSteps>

/** [R91] What nobody can tell of steps, in words that stand by themselves. */
export function lostSentence(lost: Pick<LostSteps, 'maybe' | 'unnamed' | 'records'>): string {
  return [...maybeSentence(lost), ...unnamedSentence(lost)].join(' ')
}

function maybeSentence({
  maybe,
  records,
}: Pick<LostSteps, 'maybe' | 'records'>): readonly string[] {
  if (maybe.length === 0) return []
  const gone =
    records === null
      ? 'Nothing tells how many records are lost'
      : `Up to ${records} ${records === 1 ? 'record is' : 'records are'} lost`
  const names = maybe.slice(0, mostNamed).join(', ')
  const more = maybe.length > mostNamed ? ` and ${maybe.length - mostNamed} more` : ''
  const it = maybe.length === 1 ? 'the step' : `${maybe.length} steps`
  return [`${gone}: ${it} ${names}${more} may have run in them.`]
}

function unnamedSentence({ unnamed }: Pick<LostSteps, 'unnamed'>): readonly string[] {
  if (unnamed === 0) return []
  if (unnamed === null)
    return ['Steps are lost, nobody knows how many or which: they may have run.']
  return [
    `${unnamed} ${unnamed === 1 ? 'step is' : 'steps are'} lost of which nothing tells the name: ${unnamed === 1 ? 'it' : 'they'} may have run.`,
  ]
}

const mostNamed = 8
