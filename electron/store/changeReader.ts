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
    const before = position
    position = { inode: status.inode, offset: status.sizeBytes }
    const isSame = before !== null && before.inode === status.inode
    if (!isSame || before.offset > status.sizeBytes) return add(null)
    if (before.offset === status.sizeBytes) return
    const appended = await readPart(context, before.offset, status.sizeBytes - before.offset)
    add(runsIn(appended))
  }
  const begin = async (): Promise<void> => {
    const status = await statusOf(context, places.changes)
    if (status !== null) position = { inode: status.inode, offset: status.sizeBytes }
  }
  const run = (work: () => Promise<void>): void => {
    inOrder(work).catch((error: unknown) => context.onProblem(toAppError(error)))
  }
  run(begin)
  return { read: () => run(readOnce) }
}

async function readPart(context: StoreContext, offset: number, limit: number): Promise<string> {
  const file = await context.fileSystem.open(absolute(context, places.changes), 'read')
  try {
    return decodeText(await readRange(file, offset, limit))
  } finally {
    await file.close()
  }
}

function runsIn(text: string): readonly RunId[] {
  const lines = text.split('\n').map((line) => RunId.safeParse(line))
  return lines.flatMap((line) => (line.success ? [line.data] : []))
}
