import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { lookNow, readStartsNow, unpackStarts } from './blockingFileSystemCalls.ts'
import { createHelper, type Helper } from './blockingFileSystemHelper.ts'
import { takeNext, takeNoMore } from './blockingFileSystemTasks.ts'
import type { FileBatch } from './walkBatch.ts'
import type { FolderLook, LookFailure } from './walkLook.ts'

/** Few folders and few files are looked at before a helper would have started. */
const manyFolders = 8
const manyFiles = 256

export function createBlockingBatch(helperCount: number): FileBatch {
  const helpers = Array.from({ length: helperCount }, createHelper)
  return {
    lookAt: (root, folders, signal) =>
      lookAt({ root, folders, signal, helpers: folders.length < manyFolders ? [] : helpers }),
    startsOf: async (paths, limitBytes) => {
      await turn()
      const helper = paths.length < manyFiles ? undefined : leastBusy(helpers)
      const answer = await helper?.ask({ kind: 'starts', paths, limitBytes })
      const starts = answer?.kind === 'starts' ? answer.starts : readStartsNow(paths, limitBytes)
      return unpackStarts(starts)
    },
  }
}

/** This thread and its helpers take a folder each, until none is left. */
async function lookAt(options: {
  readonly root: string
  readonly folders: readonly string[]
  readonly signal: CancelSignal | undefined
  readonly helpers: readonly Helper[]
}): Promise<readonly (FolderLook | LookFailure)[]> {
  const { root, folders, signal, helpers } = options
  const next = new Int32Array(new SharedArrayBuffer(4))
  const helped = Promise.all(
    helpers.map((helper) => helper.ask({ kind: 'looks', root, folders, next })),
  )
  const looks = new Map<number, FolderLook | LookFailure>()
  try {
    for (const index of takeNext(next, folders.length)) {
      looks.set(index, lookNow(root, folders[index] ?? ''))
      await turn()
      throwIfCancelled(signal, 'Listing the workspace')
    }
  } finally {
    takeNoMore(next, folders.length)
  }
  for (const answer of await helped) {
    if (answer?.kind === 'looks') for (const [index, look] of answer.looks) looks.set(index, look)
  }
  // What a helper had taken when it died is looked at here.
  return folders.map((folder, index) => looks.get(index) ?? lookNow(root, folder))
}

function leastBusy(helpers: readonly Helper[]): Helper | undefined {
  return helpers.toSorted((a, b) => a.pending() - b.pending())[0]
}
