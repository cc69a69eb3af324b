import type { Sha256 } from '../../shared/schema/digest.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { Settings } from '../../shared/schema/settings.ts'
import type { Store } from '../store/store.ts'
import type { ChildRuns } from './childRuns.ts'
import type { NodeProgram } from './findNode.ts'
import type { StepFunction } from './kinds/stepFunction.ts'

/** What the executor asks the machine about processes. `startTime` is null where the system does not tell it. */
export interface ProcessTable {
  readonly identity: { readonly bootId: string; readonly pidNamespace: string }
  findProcess(
    pid: number,
  ): Promise<
    { readonly kind: 'none' } | { readonly kind: 'found'; readonly startTime: string | null }
  >
}

/** What every part of the executor needs from outside. */
export type ExecutorContext = {
  readonly store: Store
  readonly machine: ProcessTable
  /** Now, ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** `length` random characters of `a-z 0-9`. */
  readonly randomId: (length: number) => string
  readonly sha256: Sha256
  /** A record of the run is in its journal. */
  readonly emit: (run: RunId, seq: number) => void
  /** Asked at every step that succeeds: settings may change while a run goes on. */
  readonly checkpoints: () => Settings['checkpoint']
  /** The host's environment variables, of which steps get a base set and what is named. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What every step of the workspace gets of them beside that. */
  readonly passEnvironment: () => readonly string[]
  /** Between TERM and KILL. */
  readonly graceMs: number
  /** The Node of steps that call a module or make an HTTP call. */
  readonly node: () => NodeProgram
  /** Where this process takes commands about its runs; steps are told of it. Null: nowhere. */
  readonly controlSocket: string | null
  /** Starts, watches and ends the runs that steps of kind `workflow` begin; absent where none can be started. */
  readonly children?: ChildRuns
  /** What `function` steps do, by name; absent where the program has none. */
  readonly functions?: ReadonlyMap<string, StepFunction>
  /** Takes what a function step writes into its log. Default: the log of its attempt in the store. */
  readonly writeLog?: (
    attempt: { readonly run: RunId; readonly step: StepId; readonly number: number },
    text: string,
  ) => Promise<void>
}
