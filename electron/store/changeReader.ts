// Reads what was appended to the list of changes since it was read last.
import { toAppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { createQueue } from './queue.ts'
import { decodeText, readRange } from './files.ts'
import { places } from './layout.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

type Position = { readonly inode: bigint; readonly offset: number }

/** Only what comes after the first look is new; null: the list began anew. */
export function createChangeReader(
  context: StoreContext,
  add: (runs: readonly RunId[] | null) => void,
): { read(): void } {
  const inOrder = createQueue()
  let position: Position | null = null
  const readOnce = async (): Promise<void> => {
    const status = await statusOf(context, places.changes)
    if (status === null) return
    const { inode, sizeBytes } = status
    if (position?.inode !== inode || position.offset > sizeBytes) {
      position = { inode, offset: sizeBytes }
      return add(null)
    }
    const { offset } = position
    if (offset === sizeBytes) return
    const appended = await readPart(context, offset, sizeBytes - offset)
    // The rest is a line that is being written: it is read when it is whole.
    const whole = appended.subarray(0, appended.lastIndexOf(newlineByte) + 1)
    position = { inode, offset: offset + whole.byteLength }
    add(runsIn(decodeText(whole)))
  }
  const begin = async (): Promise<void> => {
    const status = await statusOf(context, places.changes)
    if (status !== null) position = { inode: status.inode, offset: status.sizeBytes }
  }
  const run = (work: () => Promise<void>): void => {
    inOrder(work).catch((error: unknown) => {
      context.onProblem(toAppError(error))
      add(null)
    })
  }
  run(begin)
  return { read: () => run(readOnce) }
}

async function readPart(context: StoreContext, offset: number, limit: number): Promise<Uint8Array> {
  const file = await context.fileSystem.open(absolute(context, places.changes), 'read')
  try {
    return await readRange(file, offset, limit)
  } finally {
    await file.close()
  }
}

function runsIn(text: string): readonly RunId[] {
  const lines = text.split('\n').map((line) => RunId.safeParse(line))
  return lines.flatMap((line) => (line.success ? [line.data] : []))
}

const newlineByte = 0x0a
