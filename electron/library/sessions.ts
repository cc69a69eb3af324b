import type { RunStatus } from '../../shared/schema/run.ts'
import type { State } from './state.ts'

/** How a session stands. `paused`: it is at rest until its program goes on with it. */
export type SessionStatus = 'paused' | 'completed' | 'failed' | 'cancelled'

/** A session as the list shows it. Times are ISO 8601, UTC, milliseconds. */
export type Session = {
  readonly id: string
  /** Id of the run that holds it, as the screens and `unstuck show` know it; null where the backend has no runs. */
  readonly run: string | null
  /** What is stored; a `SessionStatus`, unless somebody edited it. */
  readonly status: RunStatus
  readonly createdAt: string
  readonly updatedAt: string
  /** How many checkpoints it has. */
  readonly checkpoints: number
  /** Why it cannot be loaded, and what to do about it; null when it can. */
  readonly problem: string | null
}

/** A named point of a session that can be restored, and compared with others on the screen. */
export type SessionCheckpoint = {
  readonly id: string
  readonly name: string
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string
  /** The checkpoint that it follows; null for the first. Restoring an earlier one begins a branch. */
  readonly parent: string | null
  /** Share of the work that is done, 0 to 1, as the program said. */
  readonly progress: number
}

/** What becomes of a session with its state. */
export type SaveOptions = {
  /** Default: as it was; `paused` for a new session. */
  readonly status?: SessionStatus
  /** Why, for the history; of a failed session its error. */
  readonly reason?: string
}

/** What is kept beside a named checkpoint. */
export type CheckpointOptions = {
  /** Share of the work that is done, 0 to 1. Default: that of the checkpoint before, else 0. */
  readonly progress?: number
}

/** The state that is to be kept, given the one that is; null when the session is new. */
export type Change = (before: State | null) => State | Promise<State>

/** What a state manager asks of the place where its sessions are. Calls about one session take effect one after another. */
export interface Sessions {
  save(id: string, change: Change, options: SaveOptions): Promise<State>
  load(id: string): Promise<State | null>
  list(): Promise<readonly Session[]>
  remove(id: string): Promise<boolean>
  createCheckpoint(id: string, name: string, options: CheckpointOptions): Promise<SessionCheckpoint>
  loadCheckpoint(id: string, checkpoint: string): Promise<State>
  restoreCheckpoint(id: string, checkpoint: string): Promise<State>
  listCheckpoints(id: string): Promise<readonly SessionCheckpoint[]>
}
