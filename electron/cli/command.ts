import type { Client } from '../../shared/contract/contract.ts'
import type { RemoteHost } from '../remote/serveRemote.ts'
import type { Paint } from './text/paint.ts'

export type Option = {
  readonly type: 'boolean' | 'string'
  readonly multiple?: true
  readonly short?: string
  /** What stands for the value in help, such as `FILE`. */
  readonly value?: string
  readonly help: string
}
export type OptionTable = { readonly [name: string]: Option }

export type OptionValues<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends { type: 'boolean' }
    ? boolean
    : O[K] extends { multiple: true }
      ? readonly string[]
      : string | undefined
}

/** What a command came to: printed as text, or as `output` with `--json`. */
export type Outcome = {
  readonly output: unknown
  readonly lines: readonly string[]
  /** What is to be known about it, on the error output. */
  readonly notes?: readonly string[]
  readonly exit: number
}

/** What a command needs of a host. `createHost` returns more. */
export type CliHost = RemoteHost & {
  readonly workspace: { readonly root: string }
  client(): Client
  /** Begins what a host that lives long does without being asked. */
  begin(): void
  /** Loads what a page needs for its first list. */
  prepare(): void
  close(): Promise<void>
}

export type CommandContext<O extends OptionTable> = {
  readonly positionals: readonly string[]
  readonly options: OptionValues<O>
  readonly json: boolean
  readonly isTty: boolean
  /** Absolute path of the folder (or file) that is worked on. */
  readonly workspace: string
  readonly cwd: string
  readonly paint: Paint
  readonly now: number
  readonly rendererDirectory: string
  /** The client of the workspace. Whatever was opened is closed when the command ends. */
  readonly client: () => Promise<Client>
  /** `stateFile`: where that host keeps what it holds in memory; left out: where the environment says. */
  readonly openHost: (
    path: string,
    kind: 'cli' | 'browser',
    options?: { readonly stateFile?: string | undefined; readonly passphrase?: string | undefined },
  ) => Promise<CliHost>
  /** Prints a line while the command goes on; nothing with `--json`. */
  readonly say: (line: string) => void
  /** Writes text as it is; nothing with `--json`. */
  readonly write: (text: string) => void
  /**
   * With `--json`, begins a document whose `items` are printed one by one; the command's output is the rest of it. Without,
   * what is put is printed nowhere.
   */
  readonly openItems: () => { readonly put: (item: unknown) => void }
  /** Prints a document at once, for a command that goes on after it. */
  readonly publish: (output: unknown, lines: readonly string[]) => void
  /** Aborted by Ctrl-C, unless the command takes Ctrl-C itself. */
  readonly signal: AbortSignal
  /** Takes Ctrl-C from here on. Returns the function that gives it back. */
  readonly takeInterrupts: (listener: () => void) => () => void
  readonly ask: (question: string) => Promise<string>
  /** Does the same command in a process of its own, which goes on; resolves with the run that it started. */
  readonly detach: () => Promise<string>
}

export type CommandDefinition<O extends OptionTable> = {
  readonly name: string
  /** The arguments, as usage shows them. */
  readonly usage: string
  readonly summary: string
  readonly details?: readonly string[]
  readonly positionals: { readonly min: number; readonly max: number }
  readonly options: O
  readonly examples: readonly string[]
  readonly run: (context: CommandContext<O>) => Promise<Outcome>
}

export type Command = CommandDefinition<OptionTable>

export function defineCommand<const O extends OptionTable>(
  definition: CommandDefinition<O>,
): Command {
  return definition as unknown as Command // options reach it as its own table says: `parse` reads them by that table
}
