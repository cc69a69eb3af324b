// A run under its lock: every write checks the lock, and they happen one after another.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { replaceFile, temporaryPath } from './atomicWrite.ts'
import { copyToNewBackup, removeCopied, replaceFromBackup } from './backups.ts'
import { createRest } from './atRestBegin.ts'
import { createQueue } from './queue.ts'
import { createChangeNotices } from './changes.ts'
import { compactJournal } from './compactJournal.ts'
import type { DiskLane } from './disk.ts'
import type { JournalScan } from './journal.ts'
import { createJournalWriter } from './journalWriter.ts'
import { headPath, journalPath } from './layout.ts'
import { writeEvidence } from './evidence.ts'
import { readBytes } from './files.ts'
import type { HeldLock } from './lock.ts'
import type { StoreContext } from './storeContext.ts'
import { absolute } from './paths.ts'
import { asWriteError, orWriteError } from './storeErrors.ts'
import type { RunWriter } from './store.ts'
import { createTextRoom } from './textRoom.ts'
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
  const lane = context.disk.openLane({
    run,
    journal: { root: context.root, relative: journalPath(day, run) },
    lock: lock.mark,
  })
  const replaceHead = createHeadReplacer(context, { lane, lock, path: headPath(day, run) })
  const notices = createChangeNotices(context, run)
  const rest = createRest(context, { run, day, lock, scan: options.scan })
  const backup = (reason: string) => copyToNewBackup(context, run, { paths, reason })
  const journal = createJournalWriter(context, {
    run,
    epoch: lock.epoch,
    path: journalPath(day, run),
    scan: options.scan,
    backup,
    lock,
    lane,
  })
  /** For work that finds out by itself whether the lock is still held, in one go with the write. */
  const writeInOneGo = <T>(work: () => Promise<T>): Promise<T> =>
    inOrder(() =>
      orWriteError(`Run ${run} could not be written`, async () => {
        if (isReleased) throw releasedError(run)
        const result = await work()
        notices.changed()
        return result
      }),
    )
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    writeInOneGo(async () => {
      await lock.verify()
      return work()
    })
  let isReleased = false

  const writer: RunWriter = {
    run,
    epoch: lock.epoch,
    append: (bodies, { durable }) =>
      writeInOneGo(async () => {
        const records = await journal.append(bodies, durable)
        rest.added(records)
        return records
      }),
    journalBytes: () => journal.sizeBytes(),
    isKeyframeDue: (stateBytes) =>
      journal.sinceKeyframeBytes() > Math.max(stateBytes, minimumKeyframeBytes - 1),
    replaceHead: (text) => writeInOneGo(() => replaceHead(text)),
    backup: (reason) => write(() => backup(reason)),
    keepEvidence: (id, files) => write(() => writeEvidence(context, { run, backup: id }, files)),
    cutJournal: (toBytes) => write(() => journal.cut(toBytes)),
    continueAfter: (seq) => journal.continueAfter(seq),
    restoreBackup: (id) =>
      write(async () => {
        // Windows renames over no file that is open.
        await journal.close()
        const { surplus } = await replaceFromBackup(context, run, id)
        await clear(context, run, surplus)
        await journal.reload()
      }),
    compact: (compaction) =>
      write(async () => {
        const path = journalPath(day, run)
        await journal.close()
        const before = await readBytes(context.fileSystem, absolute(context, path))
        const link = { run, at: context.now(), epoch: lock.epoch }
        const { bytes, last } = compactJournal(before, { ...compaction, ...link })
        await replaceFile(context, path, bytes)
        await journal.reload()
        return { ...last, savedBytes: before.byteLength - bytes.byteLength }
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
          await end([
            () => lane.close(),
            () => rest.begin(),
            () => notices.close(),
            () => lock.release(),
          ])
        }),
      ),
  }
  return writer
}

/** One at a time. The name of the temporary file is free again with each rename; after a failure there is a new one. */
function createHeadReplacer(
  context: StoreContext,
  head: { readonly lane: DiskLane; readonly lock: HeldLock; readonly path: string },
): (text: string) => Promise<void> {
  const place = { root: context.root, relative: head.path }
  const room = createTextRoom()
  let name: string | null = null
  return async (text) => {
    const temporary = name ?? temporaryPath(context, absolute(context, head.path))
    name = null
    room.clear()
    room.add(text)
    try {
      const job = { kind: 'replace', ...place, temporary, bytes: room.bytes() } as const
      const outcome = await head.lane.perform(job)
      if (outcome === 'lock-lost') throw await head.lock.lost()
      name = temporary
    } catch (error) {
      throw asWriteError(error, `${head.path} could not be replaced`)
    }
  }
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
