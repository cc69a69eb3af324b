// What a helper is asked and answers.
import type { lookNow, Starts } from './blockingFileSystemCalls.ts'

export type HelperTask =
  | {
      readonly kind: 'looks'
      readonly id: number
      readonly root: string
      readonly folders: readonly string[]
      /** Counts the folders that were taken; whoever is free takes the next. */
      readonly next: Int32Array
    }
  | {
      readonly kind: 'starts'
      readonly id: number
      readonly paths: readonly string[]
      readonly limitBytes: number
    }

export type HelperAnswer =
  | {
      readonly kind: 'looks'
      readonly id: number
      readonly looks: readonly (readonly [number, ReturnType<typeof lookNow>])[]
    }
  | { readonly kind: 'starts'; readonly id: number; readonly starts: Starts }

/** Indices up to a count, each of which only one thread gets. */
export function* takeNext(next: Int32Array, count: number): Generator<number> {
  for (;;) {
    const index = Atomics.add(next, 0, 1)
    if (index >= count) return
    yield index
  }
}

/** Nobody takes another one. */
export function takeNoMore(next: Int32Array, count: number): void {
  Atomics.store(next, 0, count)
}
