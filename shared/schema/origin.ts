import { z } from 'zod'
import { FormatId } from './format.ts'
import { lazyObject } from './lazyObject.ts'

/** The document of another engine that a run was made of, as it was then. */
export const Origin = lazyObject(() => ({
  format: FormatId,
  document: z.string(),
  /** One of the runs in a document that holds many; null: the only one, or all. */
  item: z.string().nullable(),
  /** `sha256:<hex>` of the document's bytes. */
  digest: z.string(),
})).loose()
export type Origin = z.infer<typeof Origin>

/** By what a list finds that a run took the place of a document: once the document changes, it has another one. */
export function originKey({ document, digest }: Pick<Origin, 'document' | 'digest'>): string {
  return `${document} ${digest}`
}
