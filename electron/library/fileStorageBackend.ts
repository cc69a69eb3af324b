import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { applicationVersion } from '../../shared/version.ts'
import { now, randomId, sha256, userName } from '../host/hostFacts.ts'
import { readSettings } from '../host/readSettings.ts'
import { createFileStore } from '../store/fileStore.ts'
import type { Store } from '../store/store.ts'
import { createNativeSessions, type NativeSessions } from './nativeSessions.ts'
import type { Sessions } from './sessions.ts'
import { defaultMaxStateBytes, type State } from './state.ts'
import type { StorageBackend } from './storageBackend.ts'

/** How a store of sessions in files behaves. */
export type FileStorageOptions = {
  /** Name of the program, shown as the workflow of its sessions. Default `session`. */
  readonly program?: string
  /** How long a call waits for a session that another process is writing, in milliseconds. Default 10,000. */
  readonly lockWaitMs?: number
  /** Largest state, in bytes of its JSON. Default 64 MiB. */
  readonly maxStateBytes?: number
}

/**
 * Keeps sessions in a workspace of Unstuck: each is a run of kind `session` with a journal and checkpoints, which the screens
 * and the command line list, open, compare and clean up. A save is on disk when its promise resolves, and whole or not
 * there; several processes may use one folder. A deleted session goes to the workspace's trash.
 */
export class FileStorageBackend implements StorageBackend {
  readonly folder: string
  readonly #options: FileStorageOptions
  #opened: Promise<{ readonly store: Store; readonly sessions: NativeSessions }> | null = null

  /** `folder` is made with the first call, if it is not there. */
  constructor(folder: string, options: FileStorageOptions = {}) {
    this.folder = resolve(folder)
    this.#options = options
  }

  async save(key: string, value: State): Promise<void> {
    await (await this.sessions()).save(key, () => value, {})
  }

  async load(key: string): Promise<State | null> {
    return (await this.sessions()).load(key)
  }

  async delete(key: string): Promise<boolean> {
    return (await this.sessions()).remove(key)
  }

  async listKeys(prefix = ''): Promise<readonly string[]> {
    const listed = await (await this.sessions()).list()
    return listed.map(({ id }) => id).filter((id) => id.startsWith(prefix))
  }

  async exists(key: string): Promise<boolean> {
    return (await this.load(key)) !== null
  }

  /** What a state manager uses: sessions with checkpoints of their own. */
  async sessions(): Promise<Sessions> {
    this.#opened ??= openSessions(this.folder, this.#options)
    try {
      return (await this.#opened).sessions
    } catch (error) {
      // A folder that could not be opened may be there at the next call.
      this.#opened = null
      throw error
    }
  }

  /**
   * Frees locks, threads and files; a later call opens the folder again. A process that ends by itself needs no close; one
   * that calls `process.exit` right after a save leaves a lock that the next one finds to be nobody's.
   */
  async close(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    if (opened === null) return
    const { sessions, store } = await opened
    await sessions.close()
    await store.close()
  }
}

async function openSessions(
  folder: string,
  options: FileStorageOptions,
): Promise<{ readonly store: Store; readonly sessions: NativeSessions }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const application = { version: applicationVersion }
  const store = await createFileStore({ root: folder, now, randomId, application })
  const sessions = createNativeSessions({
    store,
    kind: 'session',
    program: options.program ?? 'session',
    user: userName(),
    host: hostname(),
    folder: process.cwd(),
    now,
    sha256,
    lockWaitMs: options.lockWaitMs ?? 10_000,
    maxStateBytes: options.maxStateBytes ?? defaultMaxStateBytes,
    trashDays: async () => (await readSettings(store)).value.cleanup.trashDays,
    holdMs: () => null,
  })
  return { store, sessions }
}
