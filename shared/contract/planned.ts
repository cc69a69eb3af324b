// What every pair of `plan` and `apply` calls has in common.
import { z } from 'zod'
import { AsOf, Rev } from './call.ts'

/** Null: now. The answer says which moment was taken; give it again on apply. */
export const asOf = AsOf.nullable().default(null)

export const planned = <P extends z.ZodType>(plan: P) =>
  z.object({ plan, digest: z.string(), rev: Rev, asOf: AsOf })

/** What an apply adds to its plan's input: the very plan that was approved, and what it was made from. */
export const approval = { rev: Rev, digest: z.string().min(1) }

/** Why it is done: kept beside who did it. */
export const reason = z.string().trim().min(1).max(2000)
