import { now } from '../host/hostFacts.ts'
import { FileStorageBackend } from './fileStorageBackend.ts'
import { createKeyedSessions } from './keyedSessions.ts'
import { checkCheckpoint } from './sessionErrors.ts'
import type {
  CheckpointOptions,
  SaveOptions,
  Session,
  SessionCheckpoint,
  Sessions,
} from './sessions.ts'
import { defaultMaxStateBytes, type State } from './state.ts'
import type { StorageBackend } from './storageBackend.ts'

/**
 * Keeps a program's own state in sessions, with named checkpoints. A session's id is any text of 1 to 1,000 characters.
 * Over a `FileStorageBackend` sessions are runs of a workspace, safe against crashes and other processes; over another
 * backend they are as safe as it is.
 *
 * Methods reject with `AppError`: `invalid-input` (a value that is no JSON, an id or a name that is none), `not-found` (no
 * such session or checkpoint), `corrupt` (damaged on disk; its message says how it is repaired), `locked` (another process
 * holds the session for longer than is waited), `read-only`, `io`.
 */
export class StateManager {
  readonly #sessions: () => Promise<Sessions>

  /** `maxStateBytes` is for backends other than a `FileStorageBackend`, which has its own. Default 64 MiB. */
  constructor(backend: StorageBackend, options: { readonly maxStateBytes?: number } = {}) {
    if (backend instanceof FileStorageBackend) this.#sessions = () => backend.sessions()
    else {
      const maxStateBytes = options.maxStateBytes ?? defaultMaxStateBytes
      const sessions = createKeyedSessions({ backend, now, maxStateBytes })
      this.#sessions = async () => sessions
    }
  }

  /** Keeps the state instead of the one before. Made if it is not there; nothing is written where nothing changed. */
  async saveSession(id: string, state: object, options: SaveOptions = {}): Promise<void> {
    // What no state can be is refused by `asState`, which copies it first.
    await (await this.#sessions()).save(id, () => state as State, options)
  }

  /**
   * Reads, changes and saves as one: over a `FileStorageBackend` no other process comes in between. `change` gets null for a
   * session that is not there, and must not call the state manager about the same session. Returns what was saved.
   */
  async updateSession<S extends object = State>(
    id: string,
    change: (before: S | null) => S | Promise<S>,
    options: SaveOptions = {},
  ): Promise<S> {
    const asTyped = async (before: State | null) =>
      (await change(before as S | null)) as object as State // the program says what its state is
    const saved = await (await this.#sessions()).save(id, asTyped, options)
    return saved as object as S // the same
  }

  /** Null when there is none. `S` is what the program says that its state is; nothing checks it. */
  async loadSession<S extends object = State>(id: string): Promise<S | null> {
    return (await (await this.#sessions()).load(id)) as S | null // the program says what its state is
  }

  /** Newest change first. */
  async listSessions(): Promise<readonly Session[]> {
    return (await this.#sessions()).list()
  }

  /** With its checkpoints. False when there was none. */
  async deleteSession(id: string): Promise<boolean> {
    return (await this.#sessions()).remove(id)
  }

  /** Makes a named point of the state as it was last saved. Names may repeat. */
  async createCheckpoint(
    id: string,
    name: string,
    options: CheckpointOptions = {},
  ): Promise<SessionCheckpoint> {
    checkCheckpoint(name, options.progress)
    return (await this.#sessions()).createCheckpoint(id, name, options)
  }

  /** The state of a checkpoint (its id, or a name: the newest of it); the session stays as it is. */
  async loadCheckpoint<S extends object = State>(id: string, checkpoint: string): Promise<S> {
    return (await (await this.#sessions()).loadCheckpoint(id, checkpoint)) as object as S // the program says what its state is
  }

  /**
   * Makes the state of a checkpoint (its id, or a name: the newest of it) the session's, and returns it. A state that no
   * checkpoint had is made one first: nothing is lost by a restore.
   */
  async restoreCheckpoint<S extends object = State>(id: string, checkpoint: string): Promise<S> {
    return (await (await this.#sessions()).restoreCheckpoint(id, checkpoint)) as object as S // the program says what its state is
  }

  /** Oldest first. */
  async listCheckpoints(id: string): Promise<readonly SessionCheckpoint[]> {
    return (await this.#sessions()).listCheckpoints(id)
  }
}
