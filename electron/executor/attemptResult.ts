import { open, stat } from 'node:fs/promises'
import { constants } from 'node:os'
import type { Json } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RunError } from '../../shared/schema/run.ts'
import { readAttemptOutput } from './attemptOutput.ts'
import { readAttemptReport } from './attemptReport.ts'
import type { WrapperEnd } from './startWrapper.ts'

/** How an attempt ended, as far as it is known. */
export type AttemptResult =
  | { readonly kind: 'succeeded'; readonly output: Json; readonly exitCode: number }
  | { readonly kind: 'failed'; readonly error: RunError; readonly exitCode: number | null }
  /** Its command never began: nothing happened. */
  | { readonly kind: 'neverBegan' }
  /** It began and left no report: it may have had its effect. */
  | { readonly kind: 'gone' }

/** Reads the result of an attempt whose wrapper has ended. `end` is known for a child of this process only. */
export async function readAttemptResult(options: {
  readonly step: StepId
  readonly folder: string
  readonly log: string
  readonly workingFolder: string
  readonly maxOutput: number
  readonly end: WrapperEnd | null
}): Promise<AttemptResult> {
  const report = await readAttemptReport(options.folder)
  // Files of a folder that was taken away prove nothing, least of all that nothing happened.
  if (!report.isKept) return { kind: 'gone' }
  if (!report.began) return { kind: 'neverBegan' }
  // The wrapper ends with the command's code, also when the disk was too full for its report.
  const exitCode = report.exitCode ?? options.end?.code ?? null
  if (exitCode === null) return { kind: 'gone' }
  if (exitCode !== 0) return { kind: 'failed', error: await exitError(options, exitCode), exitCode }

  const output = await readAttemptOutput(options.folder, options.maxOutput)
  if (output.kind === 'output') return { kind: 'succeeded', output: output.output, exitCode }
  const { name, message } = output
  return { kind: 'failed', error: runError(name, `Step ${options.step}: ${message}`), exitCode }
}

export function runError(name: string, message: string, code: string | null = null): RunError {
  return { name, message, code, stack: null }
}

async function exitError(
  attempt: { readonly step: StepId; readonly log: string; readonly workingFolder: string },
  exitCode: number,
): Promise<RunError> {
  if (exitCode === 126 && !(await isFolder(attempt.workingFolder))) {
    const message = `Step ${attempt.step} cannot run: its working folder ${attempt.workingFolder} does not exist. Create it, or change \`workingFolder\`.`
    return runError('WorkingFolder', message, '126')
  }
  const signal = signalName(exitCode)
  const what = signal === null ? exitWords(exitCode) : `was ended by ${signal}`
  const last = await lastLine(attempt.log)
  const message = `The command of step ${attempt.step} ${what}${last === '' ? '.' : `: ${last}`}`
  return runError(signal === null ? 'ExitCode' : 'Signal', message, signal ?? String(exitCode))
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

/** The last line of the log that says something: mostly why a command failed. */
async function lastLine(log: string): Promise<string> {
  // A log that somebody took away must not hide how the command ended.
  const [tail] = await Promise.allSettled([readTail(log)])
  const text = tail?.status === 'fulfilled' ? tail.value : ''
  const last = text.split(/[\r\n]+/).findLast((line) => line.trim() !== '')
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
