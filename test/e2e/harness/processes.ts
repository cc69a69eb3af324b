import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { join } from 'node:path'
import { root } from './machine.ts'

export type Environment = { readonly [name: string]: string | undefined }

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** A process that goes on while the test does. */
export type Running = {
  readonly child: ChildProcess
  readonly pid: number
  stdout(): string
  stderr(): string
  /** Resolves with the first match in its standard output; rejects with all output when it ends without one. */
  until(pattern: RegExp): Promise<string>
  readonly ended: Promise<Ended>
  /** Ends it: SIGTERM, and SIGKILL when that was not enough. */
  stop(): Promise<Ended>
}

export type StartOptions = {
  readonly env: Environment
  readonly cwd: string
  readonly stdio?: StdioOptions
}

export function startNode(args: readonly string[], options: StartOptions): Running {
  const { env, cwd, stdio = ['ignore', 'pipe', 'pipe'] } = options
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio })
  if (child.pid === undefined) throw new Error(`${args.join(' ')} could not be started.`)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  return {
    child,
    pid: child.pid,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    until: (pattern) => untilMatch({ child, output, ended }, pattern),
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
      const how = await ended
      clearTimeout(timer)
      return how
    },
  }
}

/** The command line as it is built: what `npm run unstuck` runs. */
export function startCli(args: readonly string[], options: StartOptions): Running {
  return startNode([join(root, 'dist/cli/unstuck.js'), ...args], options)
}

type Watched = {
  readonly child: ChildProcess
  readonly output: { readonly stdout: string; readonly stderr: string }
  readonly ended: Promise<Ended>
}

function untilMatch({ child, output, ended }: Watched, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const match = pattern.exec(output.stdout)
      if (match !== null) resolve(match[1] ?? match[0])
    }
    child.stdout?.on('data', look)
    look()
    void ended.then(({ code, signal }) =>
      reject(
        new Error(
          `It ended (${code ?? signal}) before it said ${pattern}.\n${output.stdout}\n${output.stderr}`,
        ),
      ),
    )
  })
}
