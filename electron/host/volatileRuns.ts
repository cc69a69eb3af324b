import { open, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Executor } from '../executor/executor.ts'
import { makePrivateFolder } from '../executor/privateFolder.ts'
import type { Machine } from '../store/machine.ts'
import { createMemoryStore } from '../store/memoryStore.ts'
import type { Store } from '../store/store.ts'

/** Runs of which nothing is kept: their records in memory, their attempts in a private folder. */
export type VolatileRuns = {
  /** The workspace's store, in which these runs are found too. */
  readonly store: Store
  /** Ends those that still go on, and takes the folder away. */
  end(executor: Pick<Executor, 'live'>): Promise<void>
}

type Options = {
  /** Asked when a run is created. */
  readonly isKept: () => boolean
  readonly now: () => string
  readonly randomId: (length: number) => string
  readonly machine: Machine
}

type Apart = { readonly folder: string; readonly store: Store }

export function createVolatileRuns(files: Store, options: Options): VolatileRuns {
  const runs = new Set<RunId>()
  let apart: Apart | null = null
  const storeOf = (run: RunId): Store => (apart !== null && runs.has(run) ? apart.store : files)

  const store: Store = {
    ...files,
    // It changes when the disk becomes read-only.
    get access() {
      return files.access
    },
    create(run, opening) {
      if (options.isKept()) return files.create(run, opening)
      apart ??= openApart(options)
      runs.add(run)
      return apart.store.create(run, opening)
    },
    open: (run, opening) => storeOf(run).open(run, opening),
    read: (run) => storeOf(run).read(run),
    entry: (run) => storeOf(run).entry(run),
    backups: (run) => storeOf(run).backups(run),
    holderState: (holder) => storeOf(holder.run).holderState(holder),
    isHeldHere: (holder) => storeOf(holder.run).isHeldHere(holder),
    breakLock: (holder) => storeOf(holder.run).breakLock(holder),
    archive: (run, archiving) => (runs.has(run) ? notKept(run) : files.archive(run, archiving)),
    readSlice: (document, slice) => {
      const inside = apart === null ? null : insideOf(files.root, apart.folder, document)
      if (apart === null || inside === null) return files.readSlice(document, slice)
      // What attempts write lies on the disk, what the store writes in memory.
      return isOfAttempt(inside)
        ? readPart(join(apart.folder, inside), slice)
        : apart.store.readSlice(inside, slice)
    },
    // The log of a workspace is about what it holds.
    logOperation: async (operation) => {
      if (!runs.has(operation.run as RunId) && !runs.has(operation.item as RunId))
        // only looked up
        if (options.isKept()) await files.logOperation(operation)
    },
    layout: {
      head: (run) => placed(run, storeOf(run).layout.head(run)),
      journal: (run) => placed(run, storeOf(run).layout.journal(run)),
      log: (run, step, attempt) => placed(run, files.layout.log(run, step, attempt)),
      job: (id) => files.layout.job(id),
      step: (run, step, attempt) => placed(run, files.layout.step(run, step, attempt)),
    },
    async close() {
      await apart?.store.close()
      await files.close()
    },
  }
  return { store, end }

  function placed(run: RunId, path: string): string {
    return apart === null || !runs.has(run) ? path : relative(files.root, join(apart.folder, path))
  }

  async function end({ live }: Pick<Executor, 'live'>): Promise<void> {
    const own = live().filter(({ run }) => runs.has(run))
    const reason = 'Its host ended, and nothing of it is kept.'
    await Promise.allSettled(own.map((run) => run.cancel('unstuck', reason)))
    if (apart !== null) await rm(apart.folder, { recursive: true, force: true })
  }
}

/** A path as the private folder knows it; null for one of the workspace. */
function insideOf(root: string, folder: string, document: string): string | null {
  const before = `${relative(root, folder)}/`
  return document.startsWith(before) ? document.slice(before.length) : null
}

function isOfAttempt(path: string): boolean {
  return path.startsWith('logs/') || path.startsWith('.unstuck/steps/')
}

function openApart({ now, randomId, machine }: Options): Apart {
  const folder = makePrivateFolder('run')
  return { folder, store: createMemoryStore({ root: folder, now, randomId, machine }) }
}

async function readPart(
  path: string,
  { offset, limitBytes }: { readonly offset: number; readonly limitBytes: number },
): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('not-found', 'There is no such file of that run.', {}, { cause })
  })
  try {
    const { size } = await file.stat()
    const length = Math.max(0, Math.min(size - offset, limitBytes))
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return { bytes: buffer.subarray(0, bytesRead), sizeBytes: size }
  } finally {
    await file.close()
  }
}

function notKept(run: RunId): Promise<never> {
  const message = `Nothing of run ${run} is kept: persistence is off in unstuck.json.`
  return Promise.reject(new AppError('invalid-input', message, { run }))
}
