// Small files in the user's own configuration: what a person decided, for every workspace and every host.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'

/** Null where there is no such file; undefined where it holds nothing that can be used. `what` is said of a file that cannot be read. */
export async function readConfigFile(file: string, what: string): Promise<unknown> {
  const text = await readIfThere(file, what)
  return text === null ? null : parsed(text)
}

async function readIfThere(file: string, what: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new AppError('io', `${what} cannot be read: ${file}.`, { file }, { cause: error })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whole and on disk, for the user alone: whoever reads finds the old one or the new one. `unique` tells two writers apart. */
export async function replaceConfigFile(
  file: string,
  value: object,
  unique: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${unique}.tmp`
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(temporary, file)
}
