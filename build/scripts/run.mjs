// Runs programs under the project's own Node: signals are passed on, exit codes are kept.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where Node keeps what it compiled, for programs that tests start again and again. */
export const compiledFolder = join(root, 'node_modules/.cache/compiled')

/** The folder in which the command was typed; npm itself goes to the package's. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd()

/** A failure that the user can do something about: its message is all that is printed. */
export class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The Node of `node_modules`, which runs TypeScript directly; the one that runs now where it is new enough. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = join(root, 'node_modules/node/bin', name)
  if (existsSync(own)) return own
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  throw new CommandError(
    `Node ${process.versions.node} cannot run this, and the project's own Node is not installed. Run "npm ci".`,
  )
}

/** Runs a script under the project's Node and returns its exit code. */
export function runNode(args, options = {}) {
  const [script, ...rest] = args
  return run(projectNode(), [join(root, script), ...rest], options)
}

/**
 * Runs a program to its end and returns its exit code; death by a signal is 128 + its number.
 * SIGINT and SIGTERM go on to the program, which decides when to end.
 */
export function run(program, args, options = {}) {
  const { env = {}, cwd = root, onStdout, timeoutMs, shell = false } = options
  const { stdio = onStdout ? ['inherit', 'pipe', 'inherit'] : 'inherit' } = options
  const child = spawn(program, args, {
    cwd,
    stdio,
    shell,
    timeout: timeoutMs,
    env: { ...process.env, ...env, PATH: projectPath() },
  })
  if (onStdout) child.stdout.setEncoding('utf8').on('data', onStdout)
  // A terminal sends Ctrl+C to the whole group: the program has it already, and a second one may mean "at once".
  const forward = (signal) => {
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
  }
  const stopWatching = whenNpmIsGone(() => child.kill('SIGTERM'))
  process.on('SIGINT', forward)
  process.on('SIGTERM', forward)
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`${program} could not be started.`, { cause })))
    child.once('close', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      stopWatching()
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/** npm hands a SIGTERM to its shell only, and some shells keep it: that the shell is gone is all that arrives here. */
function whenNpmIsGone(listener) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== shell) listener()
  }, 500)
  return () => clearInterval(timer)
}

function projectPath() {
  return [join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
}
