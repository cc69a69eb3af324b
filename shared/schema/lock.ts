import { z } from 'zod'
import { RunId } from './ids.ts'
import { Timestamp } from './json.ts'
import { lazyObject } from './lazyObject.ts'

/** Who holds a run, and all that is needed to prove that it is gone. Stored in `.unstuck/locks/<runId>.json`. */
export const LockHolder = lazyObject(() => ({
  run: RunId,
  machineId: z.string(),
  hostName: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  pid: z.number().int(),
  /** As the operating system tells it; compared for equality only. */
  processStartTime: z.string(),
  applicationVersion: z.string(),
  epoch: z.number().int().min(1),
  since: Timestamp,
  /** Path or name of the holder's control socket; null when it takes no commands. */
  controlSocket: z.string().nullable(),
  /** What the holder does: `run`, `repair`, `migrate`, … */
  purpose: z.string(),
})).loose()
export type LockHolder = z.infer<typeof LockHolder>

/** `alive`: its process was found. `gone`: proved to be gone. `unknown`: nothing is proved, it is not broken. */
export type HolderState = 'alive' | 'gone' | 'unknown'
