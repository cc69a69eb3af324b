import { z } from 'zod'

/** Version 1, frozen: `<workflow_id>.json`. Never edited again. */
const time = z.string().nullable().optional()

export const StateV1 = z.looseObject({
  status: z.string(),
  output: z.unknown().optional(),
  error: z.string().nullable().optional(),
  exit_code: z.number().nullable().optional(),
  attempt: z.number().optional(),
  started_at: time,
  completed_at: time,
})
export type StateV1 = z.infer<typeof StateV1>

export const DocumentV1 = z.looseObject({
  workflow_id: z.string(),
  workflow_name: z.string().optional(),
  workflow_version: z.string().optional(),
  status: z.enum(['pending', 'running', 'completed', 'failed']),
  current_state: z.string().nullable().optional(),
  started_at: time,
  updated_at: time,
  completed_at: time,
  inputs: z.record(z.string(), z.unknown()).optional(),
  states: z.record(z.string(), StateV1),
})
export type DocumentV1 = z.infer<typeof DocumentV1>
