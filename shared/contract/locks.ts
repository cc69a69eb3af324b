import { z } from 'zod'
import { LockHolder } from '../schema/lock.ts'
import { Ref, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** `gone` is said only when it is proved; `unknown` is never broken by itself, however old it is. */
export const RunLock = lazyObject(() => ({
  holder: LockHolder.nullable(),
  state: z.enum(['alive', 'gone', 'unknown']).nullable(),
  heldHere: z.boolean(),
}))
export type RunLock = z.infer<typeof RunLock>

export const lockCalls = {
  /** Who holds a run, and what is proved of that process. */
  'lock.get': { input: z.object({ ref: Ref }), output: RunLock, effect: 'read' },
  /** Takes the lock away from a holder of whom nothing is proved. Refused while its process lives. */
  'lock.break': {
    input: lazyObject(() => ({
      ref: Ref,
      /** The lock that was looked at; another one is left alone. */
      holder: LockHolder.pick({ pid: true, epoch: true, since: true }),
    })),
    output: z.object({ observed: z.boolean() }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
