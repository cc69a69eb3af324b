// What every part of the store needs from outside.
import type { AppError } from '../../shared/errors.ts'
import type { Disk } from './disk.ts'
import type { FileSystem } from './fileSystem.ts'
import type { Machine } from './machine.ts'

export type StoreContext = {
  /** Absolute path of the workspace. */
  readonly root: string
  readonly fileSystem: FileSystem
  /** Makes the writes of runs, over the file system or on threads of its own. */
  readonly disk: Disk
  readonly machine: Machine
  /** Now, ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** `length` random characters of `a-z 0-9`. */
  readonly randomId: (length: number) => string
  readonly application: { readonly version: string }
  /** Whether head and journal of a run that has ended are compressed in place; absent: never. */
  readonly compressesAtRest?: () => boolean
  readonly timers: Timers
  /** Told of failures that nobody waits for: a change notice that could not be written, a watch that ended. */
  readonly onProblem: (error: AppError) => void
}

export type Timers = {
  /** Calls back once after a time, unless the process ends before; the returned function forgets it. */
  readonly after: (ms: number, callback: () => void) => () => void
  readonly wait: (ms: number) => Promise<void>
}

export const realTimers: Timers = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  wait: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
}
