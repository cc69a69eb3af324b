import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunError } from '../../../shared/schema/run.ts'
import { errorFile } from './stepCall.ts'
import { toRunError } from './toRunError.ts'

/** What a call's process leaves in its attempt's folder: one file, whole, and the first one counts. */
export type CallReport = {
  /** JSON text. */
  readonly succeed: (result: string) => void
  readonly fail: (thrown: unknown) => void
  /** At the process' end: false when it failed, or had nothing to report. */
  readonly endWithout: (exitCode: number) => boolean
}

export function createCallReport(folder: string): CallReport {
  const outputPath = process.env['UNSTUCK_OUTPUT'] ?? join(folder, 'output.json')
  let reported: 'nothing' | 'success' | 'failure' = 'nothing'

  return {
    succeed(result) {
      if (reported !== 'nothing') return
      writeWhole(outputPath, result)
      reported = 'success'
    },
    fail(thrown) {
      write(toRunError(thrown))
    },
    endWithout(exitCode) {
      if (reported === 'nothing') write(endedEarly(exitCode))
      return reported === 'success'
    },
  }

  function write(error: RunError): void {
    if (reported !== 'nothing') return
    reported = 'failure'
    console.error(error.stack ?? `${error.name}: ${error.message}`)
    writeWhole(join(folder, errorFile), JSON.stringify(error))
  }
}

function endedEarly(exitCode: number): RunError {
  const step = process.env['UNSTUCK_STEP'] ?? ''
  const why =
    exitCode === unsettledCode
      ? 'nothing was left that its promise could wait for, so that it would never have been settled'
      : `process.exit was called with ${exitCode}`
  const message = `Step ${step} ended before its function had returned: ${why}.`
  return { name: 'NoResult', message, code: null, stack: null }
}

/** How Node ends when nothing is left to do and its program still waits. */
const unsettledCode = 13

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 })
  renameSync(`${path}.tmp`, path)
}
