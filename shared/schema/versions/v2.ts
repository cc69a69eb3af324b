import { z } from 'zod'

/** Version 2, frozen: epoch seconds, steps as a list, a canonical checksum. Never edited again. */
const seconds = z.number().nullable().optional()

export const StepV2 = z.looseObject({
  id: z.string(),
  status: z.enum(['pending', 'running', 'success', 'failure', 'skipped', 'cancelled']),
  attempts: z.number().optional(),
  result: z.unknown().optional(),
  error: z.string().nullable().optional(),
  started_at: seconds,
  completed_at: seconds,
})
export type StepV2 = z.infer<typeof StepV2>

export const CheckpointV2 = z.looseObject({
  id: z.string(),
  step: z.string().nullable().optional(),
  trigger: z.string().optional(),
  /** Per cent. */
  progress: z.number().optional(),
  timestamp: z.number(),
})
export type CheckpointV2 = z.infer<typeof CheckpointV2>

export const DocumentV2 = z.looseObject({
  version: z.literal(2),
  workflow_id: z.string(),
  workflow_name: z.string().optional(),
  workflow_version: z.string().nullable().optional(),
  status: z.enum(['pending', 'running', 'waiting', 'paused', 'failed', 'completed', 'cancelled']),
  started_at: seconds,
  updated_at: seconds,
  completed_at: seconds,
  inputs: z.record(z.string(), z.unknown()).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(StepV2),
  branches: z.looseObject({}).optional(),
  checkpoints: z.array(CheckpointV2).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  checksum: z.string().optional(),
})
export type DocumentV2 = z.infer<typeof DocumentV2>
