import { z } from 'zod'
import { VariablePattern } from './inheritedVariables.ts'
import { Retention } from './retention.ts'
import { UnknownMapping } from './unknownMapping.ts'
import { lazyObject } from './lazyObject.ts'

export const CheckpointFrequency = z.enum([
  'every_step',
  'every_n_steps',
  'on_gates',
  'time_based',
  'manual',
])
export type CheckpointFrequency = z.infer<typeof CheckpointFrequency>

export const CleanupSchedule = z.enum(['off', 'hourly', 'daily', 'weekly'])
export type CleanupSchedule = z.infer<typeof CleanupSchedule>

/** `unstuck.json`. Every field has a default; an unknown key is refused with its path. */
export const Settings = lazyObject(() => ({
  $schema: z.string().optional(),
  version: z.literal(1).default(1),
  persistence: z
    .strictObject({
      enabled: z.boolean().default(true),
      format: z.enum(['json', 'json+zstd']).default('json'),
    })
    .prefault({}),
  checkpoint: z
    .strictObject({
      frequency: CheckpointFrequency.default('every_step'),
      /** Steps or seconds, as the frequency says. */
      interval: z.number().int().min(1).default(1),
    })
    .prefault({}),
  steps: z.strictObject({ passEnvironment: z.array(VariablePattern).default([]) }).prefault({}),
  cleanup: z
    .strictObject({
      retention: Retention.prefault({}),
      schedule: CleanupSchedule.default('off'),
      trashDays: z.number().min(0).default(30),
    })
    .prefault({}),
  resume: z.strictObject({ commands: z.record(z.string(), z.string()).default({}) }).prefault({}),
  /** Documents that no engine is known for: what a person said of them. */
  unknown: z.strictObject({ mappings: z.array(UnknownMapping).max(500).default([]) }).prefault({}),
  redaction: z
    .strictObject({
      keys: z.array(z.string()).default([]),
      values: z.array(z.string()).default([]),
      paths: z.array(z.string()).default([]),
    })
    .prefault({}),
})).strict()
export type Settings = z.infer<typeof Settings>
