import { asState, type State } from './state.ts'
import { checkKey, type StorageBackend } from './storageBackend.ts'

/** Keeps values in memory, gone with the process: for tests, and for programs that need no more. */
export class MemoryStorageBackend implements StorageBackend {
  readonly #values = new Map<string, State>()

  async save(key: string, value: State): Promise<void> {
    checkKey(key)
    this.#values.set(key, asState(value, { maxBytes: Infinity }))
  }

  async load(key: string): Promise<State | null> {
    checkKey(key)
    const value = this.#values.get(key)
    return value === undefined ? null : structuredClone(value)
  }

  async delete(key: string): Promise<boolean> {
    checkKey(key)
    return this.#values.delete(key)
  }

  async listKeys(prefix = ''): Promise<readonly string[]> {
    return [...this.#values.keys()].filter((key) => key.startsWith(prefix))
  }

  async exists(key: string): Promise<boolean> {
    checkKey(key)
    return this.#values.has(key)
  }
}
