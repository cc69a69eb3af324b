import { spawn, type ChildProcess } from 'node:child_process'
import { wrapper } from './wrapper.ts'

export type WrapperOptions = {
  /** Absolute paths. */
  readonly folder: string
  readonly log: string
  readonly workingFolder: string
  readonly environment: Readonly<Record<string, string>>
  /** PATH of the command; the wrapper itself uses the host's. */
  readonly path: string
  readonly command: readonly string[]
  /** Neither the log nor the standard output is kept beyond it. */
  readonly maxLogBytes: number
}

export type WrapperEnd = { readonly code: number | null; readonly signal: string | null }

/** A wrapper that waits for its go. It is the leader of its own process group. */
export type StartedWrapper = {
  readonly pid: number
  readonly ended: Promise<WrapperEnd>
  /** Lets the command begin. */
  go(): void
  /** Takes the go away: the wrapper ends, and nothing has happened. No effect after `go`. */
  abandon(): void
  /** Does not keep this process alive any longer. */
  leave(): void
}

/** Starts a wrapper. Resolves to the reason when the system cannot start a process. */
export async function startWrapper(
  options: WrapperOptions,
): Promise<StartedWrapper | { problem: string }> {
  const child = spawnWrapper(options)
  if ('problem' in child) return child
  const problem = await spawnProblem(child)
  if (problem !== null || child.pid === undefined)
    return { problem: problem ?? 'the system gave it no process id' }
  return started(child, child.pid)
}

/** Node throws some refusals at once, such as too many bytes of arguments, and tells of others later. */
function spawnWrapper(options: WrapperOptions): ChildProcess | { readonly problem: string } {
  const { folder, log, workingFolder, path, command } = options
  const blocks = String(Math.ceil(options.maxLogBytes / blockBytes))
  try {
    return spawn(
      shell,
      ['-c', wrapper, 'unstuck', folder, log, workingFolder, path, blocks, ...command],
      { cwd: '/', env: options.environment, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    )
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      return { problem: `${shell}: ${error.message}` }
    // Its message holds the value, which may be secret.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_ARG_VALUE')
      return { problem: 'its command, or the name of a variable, holds the character NUL' }
    throw error
  }
}

const shell = '/bin/sh'
/** What a shell's `ulimit -f` counts. */
const blockBytes = 512

function spawnProblem(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(null))
    // Stays for the life of the child: a later failure (of a signal) must not end the host.
    child.on('error', (error) => resolve(`${shell}: ${error.message}`))
  })
}

function started(child: ChildProcess, pid: number): StartedWrapper {
  const ended = new Promise<WrapperEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  // A wrapper that was killed while it waited closes its end: the exit says so already.
  child.stdin?.on('error', () => undefined)
  return {
    pid,
    ended,
    go: () => child.stdin?.end('go\n'),
    abandon: () => child.stdin?.end(),
    leave: () => child.unref(),
  }
}
