import { z } from 'zod'

/** Every kind of state document that Unstuck tells apart. */
export const formatIds = [
  'unstuck',
  'unstuck-v1',
  'unstuck-v2',
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
