import { z } from 'zod'
import { mappedFields } from '../schema/unknownMapping.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** What of a document was taken for what, where no format says it. */
export const FormatGuess = lazyObject(() => ({
  field: z.enum(mappedFields),
  /** Where it stands; null: it follows from other values. */
  path: z.string().nullable(),
  /** `mapped`: a person said so. */
  confidence: z.enum(['mapped', 'likely', 'possible']),
  evidence: z.string(),
}))
export type FormatGuess = z.infer<typeof FormatGuess>

/** What is known of a document of another engine besides its run. */
export const ForeignFacts = lazyObject(() => ({
  /** What a person calls the engine, and this kind of document. */
  engine: z.string(),
  label: z.string(),
  /** The engine's version of the format; null: the document does not show it. */
  version: z.string().nullable(),
  /** The engine of today would read it only after a migration of its own. */
  isOld: z.boolean(),
  role: z.enum(['run', 'part']),
  /** Status words as they are written: of the run, and of the first 200 steps. */
  said: lazyObject(() => ({
    status: z.string().nullable(),
    steps: z.record(z.string(), z.string()),
  })),
  /** States that the files hold beside the current one: each opens as a checkpoint of that id. The newest 500. */
  points: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      kind: z.enum(['current', 'checkpoint', 'history', 'backup', 'temporary']),
      document: z.string(),
      item: z.string().nullable(),
      at: z.string().nullable(),
      /** Why it may not be what the engine would open; null when it verifies. */
      problem: z.string().nullable(),
    }),
  ),
  /** Runs in a document that holds many, the first 500: each opens as this document with that `item`. */
  items: z.array(z.object({ item: z.string(), label: z.string() })),
  /** How many entries the engine's own log of the run has: `run.history` reads them. Left out: it keeps none. */
  events: z.number().int().optional(),
  /** Of a document that no engine is known for: what was taken for what, and why. */
  guesses: z.array(FormatGuess).optional(),
  /** What this format can do beside being read. */
  can: z.object({ migrate: z.boolean(), cleanUp: z.boolean() }),
}))
export type ForeignFacts = z.infer<typeof ForeignFacts>
