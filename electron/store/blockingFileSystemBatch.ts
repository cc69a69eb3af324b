import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled } from '../../shared/cancel.ts'
import { lookNow, readStartsNow, unpackStarts } from './blockingFileSystemCalls.ts'
import { createHelper, type Helper } from './blockingFileSystemHelper.ts'
import type { Spare } from './blockingFileSystemTasks.ts'
import type { FileBatch, FoundFolder, LookOptions } from './walkBatch.ts'

/** Few folders and few files are looked at before a helper would have started. */
const manyFolders = 8
const manyFiles = 256

export function createBlockingBatch(helperCount: number): FileBatch {
  const helpers = Array.from({ length: helperCount }, createHelper)
  return {
    lookAt: (root, folders, options) =>
      lookAt({ root, folders, helpers: folders.length < manyFolders ? [] : helpers }, options),
    startsOf: async (paths, limitBytes) => {
      await turn()
      const helper = paths.length < manyFiles ? undefined : leastBusy(helpers)
      const answer = await helper?.ask({ kind: 'starts', paths, limitBytes })
      const starts = answer?.kind === 'starts' ? answer.starts : readStartsNow(paths, limitBytes)
      return unpackStarts(starts)
    },
  }
}

type Asked = {
  readonly root: string
  readonly folders: readonly string[]
  readonly helpers: readonly Helper[]
}

/**
 * Helpers look at some folders ahead while what they found is taken here; where nothing is to be taken, this thread looks at
 * a folder itself.
 */
async function lookAt({ root, folders, helpers }: Asked, options: LookOptions): Promise<void> {
  const { signal, startBytes, take } = options
  const left = folders.values()
  const arrived: FoundFolder[] = []
  const pending = new Set<Promise<void>>()
  const spares = createSpares()
  const look = (folder: string): FoundFolder => ({
    folder,
    ...lookNow(root, folder, { startBytes, spare: spares.next() }),
  })

  async function ask(helper: Helper, folder: string): Promise<void> {
    const spare = spares.next()
    const answer = await helper.ask({ kind: 'look', root, folder, startBytes, spare })
    // What a helper had taken when it died is looked at here.
    arrived.push(answer?.kind === 'look' ? { folder, ...answer.found } : look(folder))
  }

  function askHelpers(): void {
    for (const helper of helpers) {
      while (helper.pending() < foldersAhead) {
        const next = left.next()
        if (next.done === true) return
        const asked = ask(helper, next.value).finally(() => pending.delete(asked))
        pending.add(asked)
      }
    }
  }

  for (;;) {
    askHelpers()
    await turn()
    throwIfCancelled(signal, 'Listing the workspace')
    const found = arrived.shift() ?? lookAtNext(left, look)
    if (found !== null) {
      await take(found)
      spares.put(found)
    } else if (pending.size > 0) await Promise.race(pending)
    else return
  }
}

/** Buffers of what was taken, for what is looked at next. */
function createSpares() {
  const starts: Uint8Array[] = []
  const numbers: ArrayBuffer[] = []
  const lines: ArrayBuffer[] = []
  return {
    next: (): Spare => ({
      starts: starts.pop() ?? null,
      numbers: numbers.pop() ?? null,
      lines: lines.pop() ?? null,
    }),
    put: (found: FoundFolder): void => {
      if (found.starts !== null) {
        starts.push(found.starts.bytes)
        keep(lines, found.starts.lines.id)
      }
      if (!('code' in found.look)) keep(numbers, found.look.rows)
    },
  }
}

function keep(spares: ArrayBuffer[], { buffer }: ArrayBufferView): void {
  if (buffer instanceof ArrayBuffer) spares.push(buffer)
}

/** Of a day with many runs that are some milliseconds of work each, and a megabyte or two. */
const foldersAhead = 4

function lookAtNext(
  left: Iterator<string, undefined>,
  look: (folder: string) => FoundFolder,
): FoundFolder | null {
  const next = left.next()
  return next.done === true ? null : look(next.value)
}

function leastBusy(helpers: readonly Helper[]): Helper | undefined {
  return helpers.toSorted((a, b) => a.pending() - b.pending())[0]
}
