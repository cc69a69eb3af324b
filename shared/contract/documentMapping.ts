// What is what in documents that no engine is known for: what a person says of them holds for all documents like it.
import { z } from 'zod'
import { MappedPaths, UnknownMapping } from '../schema/unknownMapping.ts'
import { Ref, type CallRow } from './call.ts'
import { FormatGuess } from './foreignFacts.ts'
import { approval, asOf, planned } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** What the documents of one shape in one folder would be, were this said of them. */
export const MappingPlan = lazyObject(() => ({
  document: z.string(),
  ready: z.boolean(),
  problems: z.array(z.string()),
  /** What would be stored; null: what was said of them before is forgotten. */
  mapping: UnknownMapping.nullable(),
  /** What holds for this document now. */
  stored: UnknownMapping.nullable().optional(),
  /** What of this document would be taken for what. */
  fields: z.array(FormatGuess),
  status: z.string().nullable(),
  workflow: z.string().nullable(),
  /** The first 200. */
  steps: z.array(z.object({ id: z.string(), status: z.string() })),
  /** The runs of a document that holds many, the first 200. */
  runs: z.array(z.string()).optional(),
  /** Words for a status of which nothing is known. */
  unknownWords: z.array(z.string()),
  /** All documents of that shape in the folder and below, the first 200. */
  rows: z.array(
    z.object({
      document: z.string(),
      status: z.string().nullable(),
      stepsDone: z.number().int(),
      stepsTotal: z.number().int(),
      /** How many runs a document holds, where it is not one. */
      runs: z.number().int().optional(),
    }),
  ),
  /** How many more there may be, that were not looked at. */
  notLookedAt: z.number().int(),
}))
export type MappingPlan = z.infer<typeof MappingPlan>

/** Documents that share at least half of their keys. */
export const DocumentShape = lazyObject(() => ({
  /** One of them. */
  sample: Ref,
  documents: z.number().int(),
  /** Of the one that is named: the first 100. */
  keys: z.array(z.string()),
  /** How it is read now. */
  label: z.string(),
  status: z.string().nullable(),
}))
export type DocumentShape = z.infer<typeof DocumentShape>

const mappingInput = {
  ref: Ref,
  /** For all documents like it in this folder and below, `''` for the whole workspace; null: in the document's own. */
  folder: z.string().max(1000).nullable().default(null),
  /** Nothing at all: what was said of such documents is forgotten. */
  paths: MappedPaths.prefault({}),
  words: UnknownMapping.shape.words,
  asOf,
}

export const documentMappingCalls = {
  /** Which shapes documents of no known engine have in a folder and below, the most frequent first. */
  'document.shapes': {
    input: z.object({ folder: z.string().max(1000).default('') }),
    output: z.object({
      shapes: z.array(DocumentShape),
      /** How many documents more there are, that were not looked at. */
      notLookedAt: z.number().int(),
    }),
    effect: 'read',
  },
  /** What is what in documents that no engine is known for. */
  'document.map.plan': {
    input: z.object(mappingInput),
    output: planned(MappingPlan),
    effect: 'read',
  },
  /** Stores it in `unstuck.json`, of which a copy is kept. */
  'document.map.apply': {
    input: z.object({ ...mappingInput, ...approval }),
    output: z.object({ backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
