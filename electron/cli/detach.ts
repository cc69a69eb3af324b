import { spawn } from 'node:child_process'
import { AppError } from '../../shared/errors.ts'

/**
 * Starts this program again with these words, in a session of its own, and resolves with the run that it says it started.
 * Throws with what it said instead, when it ends before.
 */
export function detach(argv: readonly string[]): Promise<string> {
  const [program = ''] = process.argv.slice(1)
  const child = spawn(process.execPath, [...process.execArgv, program, ...argv], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    let complained = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const started = /^Started (\S+)$/m.exec(said)?.[1]
      if (started === undefined) return
      child.stdout.destroy()
      child.stderr.destroy()
      child.unref()
      resolve(started)
    })
    child.on('error', reject)
    child.on('close', () => {
      const why = complained.replace(/^unstuck: /, '').trim()
      reject(new AppError('invalid-input', why === '' ? 'It ended before its run began.' : why))
    })
  })
}
