// A sequence of disk operations, written once: driven by waiting for each, or straight through on a thread that may block.
import { invariant } from '../../shared/assert.ts'
import type { FileSystem, OpenFile } from './fileSystem.ts'

export type Maybe<T> = T | Promise<T>

type MaybeMethods<T> = {
  readonly [K in keyof T]: T[K] extends (...options: infer A) => Promise<infer R>
    ? (...options: A) => Maybe<R>
    : T[K]
}

export type DiskFile = MaybeMethods<OpenFile>

/** What a sequence needs; every store context is one. */
export type DiskPort = {
  readonly fileSystem: Omit<
    MaybeMethods<
      Pick<FileSystem, 'userId' | 'status' | 'rename' | 'remove' | 'changeOwner' | 'syncFolder'>
    >,
    'open'
  > & { readonly open: (...options: Parameters<FileSystem['open']>) => Maybe<DiskFile> }
  readonly timers: { readonly wait: (ms: number) => Maybe<void> }
}

/** Yields what it waits for, and is given what came of it. */
export type Sequence<T> = Generator<unknown, T, never>

/** One operation of a sequence: `yield* step(file.sync())`. */
export function* step<T>(operation: Maybe<T>): Generator<Maybe<T>, T, T> {
  return yield operation
}

/** Drives a sequence over a port whose operations are promises. */
export async function drive<T>(sequence: Sequence<T>): Promise<T> {
  let turn = sequence.next()
  while (!turn.done) {
    const [outcome] = await Promise.allSettled([turn.value])
    turn =
      outcome.status === 'fulfilled'
        ? sequence.next(outcome.value as never) // `step` gives it the type of what it yielded
        : sequence.throw(outcome.reason)
  }
  return turn.value
}

/** Drives a sequence over a port whose operations are done when they return. */
export function driveNow<T>(sequence: Sequence<T>): T {
  let turn = sequence.next()
  while (!turn.done) {
    invariant(!(turn.value instanceof Promise), 'A sequence that may not wait was given a promise.')
    turn = sequence.next(turn.value as never) // `step` gives it the type of what it yielded
  }
  return turn.value
}
