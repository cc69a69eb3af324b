// A run under its lock: every write checks the lock, and they happen one after another.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { replaceFile } from './atomicWrite.ts'
import { copyToNewBackup, removeCopied, replaceFromBackup } from './backups.ts'
import { createQueue } from './queue.ts'
import { createChangeNotices } from './changes.ts'
import { encodeText } from './files.ts'
import type { JournalScan } from './journal.ts'
import { createJournalWriter } from './journalWriter.ts'
import { headPath, journalPath } from './layout.ts'
import type { HeldLock } from './lock.ts'
import type { StoreContext } from './storeContext.ts'
import { orWriteError } from './storeErrors.ts'
import type { RunWriter } from './store.ts'
import { trashRun } from './trash.ts'

export function createRunWriter(
  context: StoreContext,
  options: {
    readonly run: RunId
    readonly day: string
    readonly lock: HeldLock
    readonly scan: JournalScan | null
  },
): RunWriter {
  const { run, day, lock } = options
  const paths = [headPath(day, run), journalPath(day, run)]
  const inOrder = createQueue()
  const notices = createChangeNotices(context, run)
  const backup = (reason: string) => copyToNewBackup(context, run, { paths, reason })
  const journal = createJournalWriter(context, {
    run,
    epoch: lock.epoch,
    path: journalPath(day, run),
    scan: options.scan,
    backup,
  })
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    inOrder(() =>
      orWriteError(`Run ${run} could not be written`, async () => {
        if (isReleased) throw releasedError(run)
        await lock.verify()
        const result = await work()
        notices.changed()
        return result
      }),
    )
  let isReleased = false

  const writer: RunWriter = {
    run,
    epoch: lock.epoch,
    append: (bodies, { durable }) => write(() => journal.append(bodies, durable)),
    isKeyframeDue: (stateBytes) =>
      journal.sinceKeyframeBytes() > Math.max(stateBytes, minimumKeyframeBytes - 1),
    replaceHead: (text) => write(() => replaceFile(context, headPath(day, run), encodeText(text))),
    backup: (reason) => write(() => backup(reason)),
    cutJournal: (toBytes) => write(() => journal.cut(toBytes)),
    continueAfter: (seq) => journal.continueAfter(seq),
    restoreBackup: (id) =>
      write(async () => {
        const { surplus } = await replaceFromBackup(context, run, id)
        await clear(context, run, surplus)
        await journal.reload()
      }),
    trash: async (request) => {
      const trashed = await write(async () => {
        await journal.close()
        return trashRun(context, run, { ...request, day })
      })
      await writer.release()
      return trashed
    },
    // A release that failed may be tried again; the lock does so by itself.
    release: () =>
      inOrder(() =>
        orWriteError(`Run ${run} could not be released`, async () => {
          isReleased = true
          await end([() => journal.close(), () => notices.close(), () => lock.release()])
        }),
      ),
  }
  return writer
}

/** A file that the restored state does not have goes to a backup of its own. */
async function clear(context: StoreContext, run: RunId, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return
  const reason = 'Was there when an older state was put back'
  const backup = await copyToNewBackup(context, run, { paths, reason })
  for (const path of paths) {
    await removeCopied(context, path, { run, backup: backup.id })
  }
}

/** Every part is ended, also when one before it fails; the first failure is reported. */
async function end(parts: readonly (() => Promise<void>)[]): Promise<void> {
  const [first, ...rest] = parts
  if (first === undefined) return
  try {
    await first()
  } finally {
    await end(rest)
  }
}

function releasedError(run: RunId): AppError {
  return new AppError('locked', `Run ${run} was released. Open it again to write.`, { run })
}

const minimumKeyframeBytes = 64 * 1024
