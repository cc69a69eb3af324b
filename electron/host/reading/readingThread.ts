import { totalmem } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Client } from '../../../shared/contract/contract.ts'
import { connect } from '../../../shared/rpc/connect.ts'
import { portChannel, type Port } from './portChannel.ts'
import { ReadingTask, type ReadingMessage } from './readingMessages.ts'

/** Why a thread is there no more. `replaced`: it was ended because it did not answer a cancellation. */
export type ThreadEnd =
  | { readonly kind: 'closed' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'died'; readonly cause: Error }

/** One thread of a reading worker, from its start to its end. */
export type ReadingThread = {
  readonly client: Client
  readonly post: (message: ReadingMessage) => void
  /** Resolves once; the calls of the client are not answered any more then. */
  readonly ended: Promise<ThreadEnd>
  /** Told once of its end, unless the returned function forgets it. A call that waited for `ended` would stay with it. */
  readonly onEnd: (listener: (end: ThreadEnd) => void) => () => void
  readonly end: (kind: 'closed' | 'replaced') => void
  /** The process waits for the thread only while somebody waits for an answer. */
  readonly hold: () => () => void
}

export function startReadingThread(
  task: ReadingTask,
  memoryLimitBytes: number | null,
): ReadingThread {
  const worker = new Worker(entryOf(task.purpose), {
    name: `unstuck reading ${task.purpose}`,
    workerData: ReadingTask.parse(task), // without what is not for the thread, and may not be cloned
    // Rows are kept in arrays, outside the heap: more room for what is soon thrown away would only stay taken.
    resourceLimits:
      memoryLimitBytes === null
        ? { maxYoungGenerationSizeMb: 4 }
        : { maxOldGenerationSizeMb: Math.ceil(memoryLimitBytes / 2 ** 20) },
  })
  worker.unref()
  const port: Port = worker
  const client = connect(portChannel(port))
  let wanted: 'closed' | 'replaced' | null = null
  let failure: Error | null = null
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
  })
  const listeners = new Set<(end: ThreadEnd) => void>()
  let over: ThreadEnd | null = null
  const ended = new Promise<ThreadEnd>((resolve) => {
    worker.on('exit', (code) => {
      const cause = failure ?? new Error(`it ended with code ${code}`)
      const isQuiet = wanted !== null && (failure === null || wanted === 'replaced')
      const end: ThreadEnd = isQuiet && wanted !== null ? { kind: wanted } : { kind: 'died', cause }
      over = end
      for (const listener of listeners) listener(end)
      resolve(end)
    })
  })
  let holders = 0
  return {
    client,
    post: (message) => port.postMessage(message),
    ended,
    onEnd: (listener) => {
      if (over === null) listeners.add(listener)
      else listener(over)
      return () => void listeners.delete(listener)
    },
    end: (kind) => {
      wanted ??= kind
      if (kind === 'replaced') void worker.terminate()
      else port.postMessage({ kind: 'close' } satisfies ReadingMessage)
    },
    hold: () => {
      holders += 1
      worker.ref()
      return () => {
        holders -= 1
        if (holders === 0) worker.unref()
      }
    },
  }
}

/** Half of the machine's memory, and no more than what is of use. */
export function defaultMemoryLimit(): number {
  return Math.min(4 * 2 ** 30, Math.trunc(totalmem() / 2))
}

/** Beside the program in a bundle, beside this file in the source. */
function entryOf(purpose: ReadingTask['purpose']): string {
  const isSource = import.meta.filename.endsWith('.ts')
  return join(import.meta.dirname, (isSource ? sources : programs)[purpose])
}

const sources = {
  list: 'listingMain.ts',
  documents: 'readingMain.ts',
  exports: 'readingMain.ts',
} as const
const programs = { list: 'listing.js', documents: 'reading.js', exports: 'reading.js' } as const
