import { spawnSync } from 'node:child_process'
import { StepFailure } from './stepFailure.ts'

/**
 * The error with its file and line in the message. Node tells them of TypeScript and of imports; of JavaScript only where
 * nobody catches the error, so it is asked once more, about the module itself.
 */
export function placedSyntaxError(error: SyntaxError, path: string): StepFailure {
  const place = placeIn(error.stack ?? '') ?? placeIn(checkOf(path))
  const where = place === null ? `in ${path}, or in what it imports` : `at ${place}`
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return new StepFailure('SyntaxError', `${error.message}, ${where}.`, code)
}

function placeIn(text: string): string | null {
  return /^(?:file:\/\/)?(\/.+:\d+)$/m.exec(text)?.[1] ?? null
}

function checkOf(path: string): string {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr
}
