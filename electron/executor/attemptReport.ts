import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a wrapper wrote into its attempt's folder. */
export type AttemptReport = {
  /** False: the folder, which is there before the intent is recorded, was taken away since. Its files prove nothing. */
  readonly isKept: boolean
  readonly began: boolean
  readonly exitCode: number | null
}

/** Reads it; a file that is missing, or was cut by a power failure, says nothing. */
export async function readAttemptReport(folder: string): Promise<AttemptReport> {
  // `exit` first: it cannot appear before `began`.
  const exitCode = await readNumber(join(folder, 'exit'))
  const began = exitCode !== null || (await readNumber(join(folder, 'began'))) !== null
  return { isKept: await isFolder(folder), began, exitCode }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

async function readNumber(path: string): Promise<number | null> {
  const text = await readIfThere(path)
  const match = text === null ? null : /^(\d{1,10})\n$/.exec(text)
  return match === null ? null : Number(match[1])
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'latin1')
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException // what node:fs throws
  return code === 'ENOENT' || code === 'ENOTDIR'
}
