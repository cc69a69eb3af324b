import { z } from 'zod'
import type { Annotations } from './run.ts'
import { lazyObject } from './lazyObject.ts'

/** Colours that the screens have; others are kept, and shown as words. */
export const annotationColours = ['red', 'amber', 'green', 'blue', 'grey'] as const

/** What is said of a run from now on; what is left out stays as it was. Null takes a note or a colour away. */
export const AnnotationChange = lazyObject(() => ({
  pinned: z.boolean().optional(),
  note: z.string().trim().max(4000).nullable().optional(),
  colour: z.string().trim().min(1).max(40).nullable().optional(),
  /** All of them: they replace what was there. */
  tags: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
})).strict()
export type AnnotationChange = z.infer<typeof AnnotationChange>

/** The annotations with a change made; null where nothing of them changes. */
export function annotate(before: Annotations, change: AnnotationChange): Annotations | null {
  const { pinned, note, colour, tags } = change
  const after: Annotations = {
    ...before,
    ...(pinned === undefined ? {} : { pinned }),
    ...(note === undefined ? {} : { note: note === '' ? null : note }),
    ...(colour === undefined ? {} : { colour }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
  }
  return JSON.stringify(after) === JSON.stringify(before) ? null : after
}
