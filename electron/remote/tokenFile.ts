import { readFile, stat, writeFile } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { checkStrength, createToken } from './token.ts'

/** The token of a file that its owner alone may read; a file that is not there is made. So a host keeps its token over a restart. */
export async function tokenOfFile(path: string): Promise<string> {
  const found = await readFile(path, 'utf8').catch((error: unknown) => missing(error, path))
  if (found === null) return makeFile(path)
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw readableByOthers(path)
  const token = found.trim()
  checkStrength(token)
  return token
}

async function makeFile(path: string): Promise<string> {
  const token = createToken()
  try {
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw notUsable(path, cause)
  }
  return token
}

function missing(error: unknown, path: string): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw notUsable(path, error)
}

function notUsable(path: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `The token file ${path} cannot be used: ${why}. Choose another place.`
  return new AppError('io', message, { path }, { cause })
}

function readableByOthers(path: string): AppError {
  const message = `The token file ${path} can be read by other accounts. Make it yours alone (chmod 600), or delete it and a new token is made.`
  return new AppError('invalid-input', message, { path })
}
