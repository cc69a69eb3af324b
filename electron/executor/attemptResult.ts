import { open, stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import type { Json } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RunError } from '../../shared/schema/run.ts'
import { readAttemptError } from './attemptError.ts'
import { readAttemptOutput, readWrittenOutput, type AttemptOutput } from './attemptOutput.ts'
import { readAttemptReport } from './attemptReport.ts'
import type { WrapperEnd } from './startWrapper.ts'

/** How an attempt ended, as far as it is known. */
export type AttemptResult =
  /** Without an exit code where no process carried it. */
  | { readonly kind: 'succeeded'; readonly output: Json; readonly exitCode: number | null }
  | { readonly kind: 'failed'; readonly error: RunError; readonly exitCode: number | null }
  /** Its command never began: nothing happened. */
  | { readonly kind: 'neverBegan' }
  /** It began and left no report: it may have had its effect. */
  | { readonly kind: 'gone' }
  /** A function of this process that was told to stop, and did not within the grace: it may still go on. */
  | { readonly kind: 'leftBehind'; readonly message: string }

/** Reads the result of an attempt whose wrapper has ended. `end` is known for a child of this process only. */
export async function readAttemptResult(options: AttemptToRead): Promise<AttemptResult> {
  const report = await readAttemptReport(options.folder)
  // Files of a folder that was taken away prove nothing, least of all that nothing happened.
  if (!report.isKept) return { kind: 'gone' }
  if (!report.began) return { kind: 'neverBegan' }
  // The wrapper ends with the command's code, also when the disk was too full for its report.
  const exitCode = report.exitCode ?? options.end?.code ?? null
  if (exitCode === null) return { kind: 'gone' }
  if (exitCode !== 0) return readFailure(options, exitCode)

  const output = await readOutput(options)
  if (output === null) return { kind: 'failed', error: noResultError(options.step), exitCode }
  if (output.kind === 'output') return { kind: 'succeeded', output: output.output, exitCode }
  const { name, message } = output
  return { kind: 'failed', error: runError(name, `Step ${options.step}: ${message}`), exitCode }
}

export type AttemptToRead = {
  readonly step: StepId
  readonly folder: string
  readonly log: string
  /** Null: not known any more. */
  readonly workingFolder: string | null
  readonly maxOutput: number
  /** Its process is Unstuck's own, which writes what came of the call into files. */
  readonly isCall: boolean
  readonly end: WrapperEnd | null
  /** Names of variables that are set where Unstuck runs, and that it did not get. */
  readonly withheld: ReadonlySet<string>
}

/** What printed text means is for commands; a call has a result or has not. */
function readOutput({ folder, maxOutput, isCall }: AttemptToRead): Promise<AttemptOutput | null> {
  if (!isCall) return readAttemptOutput(folder, maxOutput)
  return readWrittenOutput(folder, { maxBytes: maxOutput, what: 'The result' })
}

async function readFailure(attempt: AttemptToRead, exitCode: number): Promise<AttemptResult> {
  const told = attempt.isCall ? await readAttemptError(attempt.folder) : null
  // The exit code of Unstuck's own process says no more than that there is an error.
  if (told !== null) return { kind: 'failed', error: told, exitCode: null }
  return { kind: 'failed', error: await exitError(attempt, exitCode), exitCode }
}

function noResultError(step: StepId): RunError {
  const message = `Step ${step} ended its process before its function had returned.`
  return runError('NoResult', message)
}

export function runError(name: string, message: string, code: string | null = null): RunError {
  return { name, message, code, stack: null }
}

async function exitError(
  attempt: Pick<AttemptToRead, 'step' | 'log' | 'workingFolder' | 'withheld'>,
  exitCode: number,
): Promise<RunError> {
  const { workingFolder } = attempt
  if (exitCode === 126 && workingFolder !== null && !(await isFolder(workingFolder))) {
    const message = `Step ${attempt.step} cannot run: its working folder ${workingFolder} does not exist. Create it, or change \`workingFolder\`.`
    return runError('WorkingFolder', message, '126')
  }
  const signal = signalName(exitCode)
  const what = signal === null ? exitWords(exitCode) : `was ended by ${signal}`
  const tail = await readLogTail(attempt.log)
  if (tail.includes(outOfMemoryMark)) return outOfMemoryError(attempt.step, signal)
  const last = lastLine(tail)
  const told = `The command of step ${attempt.step} ${what}${last === '' ? '.' : `: ${last}`}`
  const message = told + hintOf(last, attempt.withheld)
  return runError(signal === null ? 'ExitCode' : 'Signal', message, signal ?? String(exitCode))
}

/** [T162] A variable that its last words name, and that was there to be given. */
function hintOf(last: string, withheld: ReadonlySet<string>): string {
  const name = last.match(/\b[A-Z][A-Z0-9_]{2,}\b/g)?.find((word) => withheld.has(word))
  if (name === undefined) return ''
  return ` (${name} is set where Unstuck runs, and the step did not get it: name it in \`passEnvironment\` of the step, of the workflow or of unstuck.json.)`
}

function exitWords(exitCode: number): string {
  if (exitCode === 127) return 'was not found (exit code 127)'
  if (exitCode === 126) return 'could not be executed (exit code 126)'
  return `ended with exit code ${exitCode}`
}

function signalName(exitCode: number): string | null {
  const found = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)
  return found?.[0] ?? null
}

async function isFolder(path: string): Promise<boolean> {
  const [found] = await Promise.allSettled([stat(path)])
  return found?.status === 'fulfilled' && found.value.isDirectory()
}

// What V8 prints before it ends a process of Node.
const outOfMemoryMark = 'JavaScript heap out of memory'

function outOfMemoryError(step: StepId, signal: string | null): RunError {
  const message = `The process of step ${step} ran out of memory. Let it work in parts, or raise its limit with NODE_OPTIONS=--max-old-space-size in \`environment\`.`
  return runError('OutOfMemory', message, signal)
}

/** Nothing for a log that somebody took away: it must not hide how the command ended. */
async function readLogTail(log: string): Promise<string> {
  const [tail] = await Promise.allSettled([readTail(log)])
  return tail?.status === 'fulfilled' ? tail.value : ''
}

/** The last line that says something: mostly why a command failed. */
function lastLine(tail: string): string {
  // A terminal's colours are the log's; an error is read in lists and records.
  const last = stripVTControlCharacters(tail)
    .split(/[\r\n]+/)
    .findLast((line) => line.trim() !== '')
  return last?.trim().slice(0, shownCharacters) ?? ''
}

async function readTail(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.min(size, tailBytes))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, size - bytes.length)
    return new TextDecoder().decode(bytes.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

const tailBytes = 4096
const shownCharacters = 300
