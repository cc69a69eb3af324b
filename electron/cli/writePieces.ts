// A file of this machine, piece by piece: under another name until all of it is there and on the disk.
import { createHash } from 'node:crypto'
import { link, lstat, open, rm, type FileHandle } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'

/** Pieces in their order, and behind the last one what all of them come to. */
export type Pieces<End extends Sum, Piece extends string | Uint8Array> = AsyncGenerator<Piece, End>

type Sum = { readonly digest: string }

/** A file that is there is not replaced, also not by one that came there meanwhile. */
export async function writePieces<End extends Sum>(
  pieces: Pieces<End, string | Uint8Array>,
  target: string,
): Promise<End> {
  const temporary = `${target}.${process.pid}.part`
  let file: FileHandle | null = null
  try {
    if ((await lstat(target).catch(absent)) !== null) throw isThere(target)
    file = await open(temporary, 'wx', 0o600)
    const opened = file
    const end = await readPieces(pieces, (piece) => opened.writeFile(piece))
    await opened.sync()
    await link(temporary, target)
    return end
  } catch (error) {
    throw error instanceof AppError ? error : refusal(error, target)
  } finally {
    await file?.close()
    if (file !== null) await rm(temporary, { force: true })
  }
}

/** Checks that what arrived is what was sent. */
export async function readPieces<End extends Sum, Piece extends string | Uint8Array>(
  pieces: Pieces<End, Piece>,
  write: (piece: Piece) => Promise<void>,
): Promise<End> {
  const hash = createHash('sha256')
  for (;;) {
    const { value, done } = await pieces.next()
    if (done === true) {
      if (`sha256:${hash.digest('hex')}` === value.digest) return value
      throw new AppError('io', 'The file did not arrive whole. Nothing was kept. Try again.')
    }
    hash.update(value)
    await write(value)
  }
}

function refusal(error: unknown, path: string): AppError {
  if (codeOf(error) === 'EEXIST') return isThere(path)
  const why = error instanceof Error ? error.message : String(error)
  return new AppError('io', `${path} cannot be written: ${why}`, { path }, { cause: error })
}

function isThere(path: string): AppError {
  const message = `${path} is there already, and is not replaced. Name another file with -o.`
  return new AppError('invalid-input', message, { path })
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
