import { z } from 'zod'

/** Every kind of state document that Unstuck tells apart. */
export const formatIds = [
  'unstuck',
  /** A head of the current version that lies elsewhere than a run's head does. */
  'unstuck-document',
  'unstuck-v1',
  'unstuck-v2',
  /** A head of a newer version, likewise; in its place it is a run that is left as it is. */
  'unstuck-newer',
  'multyagents',
  'tapps',
  'marsys',
  'awf',
  'task-runner',
  'unknown',
] as const
export const FormatId = z.enum(formatIds)
export type FormatId = z.infer<typeof FormatId>

/** What a workflow in JSON is called among the documents. */
export const definitionLabel = 'Workflow definition'
