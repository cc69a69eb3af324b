// A call of the store that the campaigns make, with the state that it needs.
import type { MemoryFileSystem } from '../../../electron/store/memoryFileSystem.ts'
import type { Store } from '../../../electron/store/store.ts'
import type { StoreState } from './storeState.ts'

export type StoreCall = {
  readonly name: string
  /** Brings the workspace into the state before the call; what it returns is handed to the call. */
  readonly prepare: (store: Store, disk: MemoryFileSystem) => Promise<string>
  readonly act: (store: Store, prepared: string) => Promise<unknown>
  /** Writes nothing, so that a process that dies in it leaves nothing. */
  readonly isReading?: true
  /** States besides the old and the new one that a failure may leave; parts that are not named are old or new. */
  readonly isBetween?: (state: StoreState) => boolean
}
