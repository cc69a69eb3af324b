// The pieces that sequences of disk operations are made of.
import { step, type DiskFile, type DiskPort, type Sequence } from './diskSequence.ts'
import type { FileStatus } from './fileSystem.ts'
import { isMissing } from './storeErrors.ts'

/** Null when nothing is there. */
export function* look(port: DiskPort, path: string): Sequence<FileStatus | null> {
  try {
    return yield* step(port.fileSystem.status(path))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Writes until every byte is down: a write may take less than it was given. */
export function* writeWhole(file: DiskFile, bytes: Uint8Array): Sequence<void> {
  let done = 0
  while (done < bytes.byteLength) {
    const count = yield* step(file.write(bytes.subarray(done)))
    if (count <= 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' })
    done += count
  }
}

/** What a file has at a place: fewer bytes where it ends before. */
export function* readAt(
  port: DiskPort,
  path: string,
  range: { readonly position: number; readonly bytes: number },
): Sequence<Uint8Array> {
  const into = new Uint8Array(range.bytes)
  const file = yield* step(port.fileSystem.open(path, 'read'))
  try {
    let done = 0
    while (done < into.byteLength) {
      const count = yield* step(file.read(into.subarray(done), range.position + done))
      if (count === 0) break
      done += count
    }
    return into.subarray(0, done)
  } finally {
    yield* step(file.close())
  }
}

/** Work done with sudo must not lock out the engine that owns the folder. */
export function* adopt(port: DiskPort, path: string, parent: string): Sequence<void> {
  const { fileSystem } = port
  if (fileSystem.userId !== 0) return
  const owner = yield* step(fileSystem.status(parent))
  if (owner.uid !== 0) yield* step(fileSystem.changeOwner(path, owner.uid, owner.gid))
}
