import type { AppError } from '../../shared/errors.ts'

/** A line for the error output: what failed without anybody waiting for it, and of a defect all that helps to find it. */
export function reportText(error: AppError, call: string): string {
  if (error.code !== 'bug') return `Unstuck: ${call}: ${error.message}\n`
  return `Unstuck: ${call} failed by a defect. ${error.stack ?? error.message}\n`
}
