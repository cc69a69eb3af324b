// Writes files into an archive: a tar in frames of their own, so that a part of it can be read without what is before it.
import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { encodeContents, type ArchiveContents, type ArchivedFile } from './archiveContents.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { sealedName, type RunPlace } from './archivePlaces.ts'
import { tarEnd, tarHeader, tarPadding } from './archiveTar.ts'
import { compressFrame, headStartOf, skippableFrame } from './compressZstd.ts'
import { readRange, writeAll } from './files.ts'
import type { FileStatus, OpenFile } from './fileSystem.ts'
import { headPath } from './layout.ts'
import { checkedFile } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/** A file as it was when it was read: whether it changed since is told by its status. */
export type TakenFile = { readonly path: string; readonly status: FileStatus }

/** Writes the archive into a new file, and syncs nothing. Never holds more than a frame of a file in memory. */
export async function writeArchive(
  context: StoreContext,
  target: OpenFile,
  options: RunPlace & { readonly paths: readonly string[] },
): Promise<readonly TakenFile[]> {
  const { run, day, paths } = options
  const clear = await readHeadStart(context, headPath(day, run))
  const inputs = paths.map((path) => ({ path, name: path }))
  return writeFiles(context, target, { version: 1, run, clear, inputs })
}

/** The same of an archive that was encrypted: `sealed` is the only file in it, and `clear` what its row is made of. */
export async function writeSealedArchive(
  context: StoreContext,
  target: OpenFile,
  options: { readonly run: RunId; readonly sealed: string; readonly clear: Uint8Array },
): Promise<void> {
  const { run, sealed, clear } = options
  const inputs = [{ path: sealed, name: sealedName(run) }]
  await writeFiles(context, target, { version: 2, run, clear, inputs })
}

type Input = { readonly path: string; readonly name: string }

async function writeFiles(
  context: StoreContext,
  target: OpenFile,
  options: Pick<ArchiveContents, 'version' | 'run'> & {
    readonly clear: Uint8Array
    readonly inputs: readonly Input[]
  },
): Promise<readonly TakenFile[]> {
  const { version, run, clear, inputs } = options
  const output = createFrames(target)
  await output.addAsItIs(skippableFrame(clear))
  const [files, taken]: [ArchivedFile[], TakenFile[]] = [[], []]
  for (const input of inputs) {
    const added = await addFile(context, output, input)
    files.push(added.file)
    taken.push(added.taken)
  }
  await output.add(tarEnd())
  await output.end()
  const contents: ArchiveContents = {
    version,
    run,
    at: context.now(),
    frames: output.frames,
    files,
  }
  await output.addAsItIs(encodeContents(contents))
  return taken
}

type Frames = {
  readonly frames: ArchiveContents['frames']
  /** Bytes of the tar so far. */
  readonly plainBytes: () => number
  readonly add: (bytes: Uint8Array) => Promise<void>
  /** Writes what is left as a frame. */
  readonly end: () => Promise<void>
  readonly addAsItIs: (bytes: Uint8Array) => Promise<void>
}

function createFrames(target: OpenFile): Frames {
  const frames: ArchiveContents['frames'] = []
  let waiting: Uint8Array[] = []
  let [waitingBytes, plainBytes, offset] = [0, 0, 0]
  const addAsItIs = async (bytes: Uint8Array): Promise<void> => {
    await writeAll(target, bytes)
    offset += bytes.byteLength
  }
  const end = async (): Promise<void> => {
    if (waitingBytes === 0) return
    const bytes = await compressFrame(Buffer.concat(waiting))
    frames.push({ offset, sizeBytes: bytes.byteLength, plainBytes: waitingBytes })
    waiting = []
    waitingBytes = 0
    await addAsItIs(bytes)
  }
  const add = async (bytes: Uint8Array): Promise<void> => {
    waiting.push(bytes)
    waitingBytes += bytes.byteLength
    plainBytes += bytes.byteLength
    if (waitingBytes >= frameBytes) await end()
  }
  return { frames, plainBytes: () => plainBytes, add, end, addAsItIs }
}

async function addFile(
  context: StoreContext,
  output: Frames,
  { path, name }: Input,
): Promise<{ readonly file: ArchivedFile; readonly taken: TakenFile }> {
  const { path: absolutePath } = await checkedFile(context, path)
  const file = await context.fileSystem.open(absolutePath, 'read')
  try {
    const status = await file.status()
    const { sizeBytes, mode } = status
    const modifiedAt = Number(status.modifiedNs / 1_000_000n)
    await output.add(tarHeader({ path: name, sizeBytes, mode, modifiedAt: modifiedAt / 1000 }))
    const offset = output.plainBytes()
    const digest = await addContent(output, file, { path, sizeBytes })
    await output.add(tarPadding(sizeBytes))
    const added = { path: name, offset, sizeBytes, digest, mode, modifiedAt }
    return { file: added, taken: { path, status } }
  } finally {
    await file.close()
  }
}

async function addContent(
  output: Frames,
  file: OpenFile,
  { path, sizeBytes }: { readonly path: string; readonly sizeBytes: number },
): Promise<string> {
  const hash = createHash('sha256')
  for (let position = 0; position < sizeBytes; position += frameBytes) {
    const limit = Math.min(frameBytes, sizeBytes - position)
    const part = await readRange(file, position, limit)
    if (part.byteLength < limit) {
      throw new AppError('stale', `${path} became shorter while it was archived. Try again.`, {
        path,
      })
    }
    hash.update(part)
    await output.add(part)
  }
  return `sha256:${hash.digest('hex')}`
}

async function readHeadStart(context: StoreContext, path: string): Promise<Uint8Array> {
  const { path: absolutePath } = await checkedFile(context, path)
  const file = await context.fileSystem.open(absolutePath, 'read')
  try {
    return headStartOf(await readRange(file, 0, 4096))
  } finally {
    await file.close()
  }
}

const frameBytes = 1024 * 1024
