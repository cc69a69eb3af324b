import { z } from 'zod'

/**
 * `unstuck.json` of version 0, as the first prototypes wrote it: keys without sections, with the names that the state persistence
 * of tapps-agents has. Frozen.
 */
export const Settings0 = z.strictObject({
  version: z.literal(0).optional(),
  enabled: z.boolean().optional(),
  storage_location: z.string().optional(),
  format: z.enum(['json', 'json_gzip']).optional(),
  compression: z.boolean().optional(),
  checkpoint_enabled: z.boolean().optional(),
  checkpoint_frequency: z
    .enum(['every_step', 'every_n_steps', 'on_gates', 'time_based', 'manual'])
    .optional(),
  checkpoint_interval: z.number().int().min(1).optional(),
  cleanup_enabled: z.boolean().optional(),
  retention_days: z.number().min(0).nullable().optional(),
  max_states_per_workflow: z.number().int().min(0).nullable().optional(),
  max_size_mb: z.number().min(0).nullable().optional(),
  cleanup_schedule: z.enum(['daily', 'weekly', 'monthly', 'on_startup', 'manual']).optional(),
})
export type Settings0 = z.infer<typeof Settings0>
