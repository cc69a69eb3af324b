import { z } from 'zod'
import { RunStatus } from './run.ts'
import { lazyObject } from './lazyObject.ts'

/** A JSON pointer; in that of the runs and that of the steps `*` stands for every item. */
const Path = z
  .string()
  .max(1000)
  .regex(/^(?:\/.*)?$/su, 'a JSON pointer begins with /')

/** What of a document is the run: pointers from its root, or from the run where it has many. */
export const runFields = [
  'runs',
  'id',
  'workflow',
  'status',
  'createdAt',
  'startedAt',
  'updatedAt',
  'finishedAt',
  'error',
  'current',
  'needs',
  'steps',
  'versions',
] as const
/** What of an item is the step: pointers from the item. */
export const stepFields = [
  'stepId',
  'stepStatus',
  'stepStartedAt',
  'stepFinishedAt',
  'stepError',
  'stepOutput',
  'stepNeeds',
  'stepNext',
] as const
export const mappedFields = [...runFields, ...stepFields] as const
export type MappedField = (typeof mappedFields)[number]

/** Null: the document does not have it, whatever could be guessed. Left out: it is guessed. */
const field = Path.nullable().optional()
export const MappedPaths = z.strictObject({
  /** Where a document of many runs has them; all that is said of a run then begins at the run. */
  runs: field,
  id: field,
  workflow: field,
  status: field,
  createdAt: field,
  startedAt: field,
  updatedAt: field,
  finishedAt: field,
  error: field,
  /** The step that the run is at. */
  current: field,
  /** Which step needs which, said beside the steps: a list of names by step, or a list of edges. */
  needs: field,
  steps: field,
  /** Null: files that are named alike are runs of their own. */
  versions: z.null().optional(),
  stepId: field,
  stepStatus: field,
  stepStartedAt: field,
  stepFinishedAt: field,
  stepError: field,
  stepOutput: field,
  /** The steps that have to be done before it. */
  stepNeeds: field,
  /** The steps that come behind it. */
  stepNext: field,
} satisfies Record<MappedField, z.ZodType<string | null | undefined>>)
export type MappedPaths = z.infer<typeof MappedPaths>

/** What a person said of the documents of one shape in one folder. */
export const UnknownMapping = lazyObject(() => ({
  /** Relative to the workspace; it holds for the folders below too. */
  folder: z.string().max(1000),
  /** The keys of the document that it was made for. */
  keys: z.array(z.string().max(200)).max(100),
  paths: MappedPaths.prefault({}),
  /** What a status word means, by the word in lower case. */
  words: z.record(z.string().max(100), RunStatus).default({}),
})).strict()
export type UnknownMapping = z.infer<typeof UnknownMapping>
