import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RunError } from '../../shared/schema/run.ts'
import { errorFile } from './kinds/stepCall.ts'

/** The error that Unstuck's own process in an attempt reported; null when it reported none, or not whole. */
export async function readAttemptError(folder: string): Promise<RunError | null> {
  try {
    const parsed = RunError.safeParse(JSON.parse(await readFile(join(folder, errorFile), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent || error instanceof SyntaxError) return null
    throw error
  }
}
