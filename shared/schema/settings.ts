import { z } from 'zod'
import { UnknownMapping } from './unknownMapping.ts'

export const CheckpointFrequency = z.enum([
  'every_step',
  'every_n_steps',
  'on_gates',
  'time_based',
  'manual',
])
export type CheckpointFrequency = z.infer<typeof CheckpointFrequency>

/** `unstuck.json`. Every field has a default; an unknown key is refused with its path. */
export const Settings = z.strictObject({
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
  cleanup: z
    .strictObject({
      retention: z
        .strictObject({
          days: z
            .strictObject({
              completed: z.number().min(0).nullable().default(null),
              failed: z.number().min(0).nullable().default(null),
              cancelled: z.number().min(0).nullable().default(null),
            })
            .prefault({}),
          maxRunsPerWorkflow: z.number().int().min(0).nullable().default(null),
          maxBytes: z.number().int().min(0).nullable().default(null),
        })
        .prefault({}),
      schedule: z.enum(['off', 'hourly', 'daily', 'weekly']).default('off'),
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
})
export type Settings = z.infer<typeof Settings>
