import { z } from 'zod'

const windowsReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/

/** A run's id and the stem of its files: 1 to 128 of `a-z 0-9 . _ -`, not starting or ending with a dot, no device name. */
export const RunId = z
  .string()
  .regex(/^[a-z0-9_-](?:[a-z0-9._-]{0,126}[a-z0-9_-])?$/, 'expected 1 to 128 of a-z 0-9 . _ -')
  .refine((id) => !windowsReserved.test(id), 'a reserved device name')
  .brand<'RunId'>()
export type RunId = z.infer<typeof RunId>

/** A step's key in its definition; an item of a `forEach` step is `step[i]`. */
export const StepId = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(\[\d+\])?$/,
    'expected 1 to 100 of A-Z a-z 0-9 . _ -, starting with a letter, digit or _',
  )
  .refine((id) => id !== '__proto__', 'a name that no object holds as a plain key')
  .brand<'StepId'>()
export type StepId = z.infer<typeof StepId>

export const CheckpointId = z.string().min(1).max(200).brand<'CheckpointId'>()
export type CheckpointId = z.infer<typeof CheckpointId>
