import { z } from 'zod'
import { Retention } from '../schema/retention.ts'
import { CleanupSchedule } from '../schema/settings.ts'
import { Rev, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const saved = {
  retention: Retention,
  schedule: CleanupSchedule,
  trashDays: z.number().min(0),
}

/** What a clean-up by schedule came to. */
export const ScheduledCleanup = lazyObject(() => ({
  startedAt: z.string(),
  /** Null: it goes on, or its process ended in between. */
  endedAt: z.string().nullable(),
  host: z.string(),
  done: z.number().int(),
  /** Failed, or changed meanwhile. */
  left: z.number().int(),
  freedBytes: z.number().int(),
  /** Why it did not come to an end. */
  problem: z.string().nullable(),
}))
export type ScheduledCleanup = z.infer<typeof ScheduledCleanup>

export const cleanupCalls = {
  /** The policy as `unstuck.json` has it now. */
  'cleanup.settings.get': {
    input: z.object({}),
    output: lazyObject(() => ({
      ...saved,
      /** False: nobody has said anything of cleaning up, and these are the defaults. */
      isSaved: z.boolean(),
      /** Of the file; null where there is none. */
      rev: Rev.nullable(),
      problem: z.string().nullable(),
      lastRun: ScheduledCleanup.nullable(),
    })),
    effect: 'read',
  },
  /** Writes them into `unstuck.json`, which keeps everything else as it is. Refused with `stale` where that file changed. */
  'cleanup.settings.set': {
    input: z.object({ ...saved, rev: Rev.nullable() }),
    output: z.object({ rev: Rev, observed: z.boolean() }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
