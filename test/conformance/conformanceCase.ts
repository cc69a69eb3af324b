import type { Store } from '../../electron/store/store.ts'

/** One promise of every store. It takes stores that nobody else uses, and says by an `AssertionError` what is not kept. */
export type ConformanceCase = {
  /** Of SPEC.md. */
  readonly rule: string
  readonly title: string
  /** `open` gives an empty store that can be written, a new one with every call; whoever runs the case ends it. */
  readonly run: (open: OpenStore) => Promise<void>
}

export type OpenStore = () => Promise<Store>
