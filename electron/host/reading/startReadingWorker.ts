// A reading worker answers calls of the contract on a thread of its own, so that nothing it reads stops the host.
import { setTimeout as sleep } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../../shared/cancel.ts'
import {
  events,
  type CallInput,
  type CallName,
  type CallOptions,
  type CallOutput,
  type EventName,
  type EventValue,
} from '../../../shared/contract/contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../../services/context.ts'
import type { UnlockedArchive } from '../../store/store.ts'
import { bugWithStack, closedError, diedError } from './readingErrors.ts'
import type { ReadingPurpose } from './readingMessages.ts'
import {
  defaultMemoryLimit,
  startReadingThread,
  type ReadingThread,
  type ThreadEnd,
} from './readingThread.ts'

export type ReadingWorkerOptions = {
  readonly path: string
  readonly host: 'electron' | 'browser' | 'cli'
  readonly configFolder: string
  readonly cacheFolder: string
  readonly isSample: boolean
  /** Default: `list`. */
  readonly purpose?: ReadingPurpose
  /** Heap that the thread may fill. Default: without limit for `list`, half of the machine's memory for the others. */
  readonly memoryLimitBytes?: number
  /** How long a cancelled call of another thread than `list` may stay unanswered. Default: 2 seconds. */
  readonly cancelMs?: number
  /** Told of a thread that died. */
  readonly report?: (error: AppError, call: string) => void
  /** Told of the events that the worker's own services emit. */
  readonly emit?: ServiceContext['emit']
}

export type ReadingWorker = {
  readonly call: <N extends CallName>(
    name: N,
    input: CallInput<N>,
    options?: CallOptions<N>,
  ) => Promise<CallOutput<N>>
  /** Starts the thread for calls that will come soon. */
  readonly prepare: () => void
  /** Says that something changed. */
  readonly notify: <N extends EventName>(name: N, value: EventValue<N>) => void
  /** Reads what the host opened with a passphrase, also on a thread that starts later. */
  readonly take: (unlocked: UnlockedArchive) => void
  readonly lock: (runs: readonly RunId[]) => void
  readonly close: () => Promise<void>
}

/** The thread starts with the first call, or before where it is told to prepare; one that died or had to be ended is replaced with the next. */
export function startReadingWorker(options: ReadingWorkerOptions): ReadingWorker {
  const purpose = options.purpose ?? 'list'
  const patienceMs = purpose === 'list' ? null : (options.cancelMs ?? cancelMs)
  let current: ReadingThread | null = null
  let isClosed = false
  const unlocked = new Map<RunId, UnlockedArchive>()

  function thread(): ReadingThread {
    if (isClosed) throw closedError()
    if (current !== null) return current
    const started = startReadingThread({ ...options, purpose }, memoryLimitOf(options))
    current = started
    for (const archive of unlocked.values()) started.post({ kind: 'unlocked', archive })
    forwardEvents(started, options.emit)
    void forgetWhenEnded(started)
    return started
  }

  async function forgetWhenEnded(started: ReadingThread): Promise<void> {
    const end = await started.ended
    if (current === started) current = null
    if (end.kind === 'died') options.report?.(diedError(end.cause, null), 'reading')
  }

  /** A call that another one's cancellation took the thread from is asked again: all of them only read. */
  async function call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    callOptions: CallOptions<N> = {},
  ): Promise<CallOutput<N>> {
    for (;;) {
      const asked = await ask(thread(), { name, input, options: callOptions, patienceMs })
      if ('output' in asked) return asked.output
      throwIfCancelled(callOptions.signal, name)
      if (asked.end.kind === 'died') throw diedError(asked.end.cause, input)
    }
  }

  return {
    call,
    prepare: () => {
      if (!isClosed) thread()
    },
    take: (archive) => {
      unlocked.set(archive.run, archive)
      current?.post({ kind: 'unlocked', archive })
    },
    lock: (runs) => {
      for (const run of runs) unlocked.delete(run)
      current?.post({ kind: 'locked', runs })
    },
    notify: (name, value) => current?.post({ kind: 'event', name, value }),
    close: async () => {
      isClosed = true
      const last = current
      if (last === null) return
      // The process lives until the thread has saved what it read.
      const release = last.hold()
      last.end('closed')
      await Promise.race([last.ended, sleep(closingMs, null, { ref: false })])
      release()
      last.end('replaced')
    },
  }
}

const closingMs = 5000
/** A thread that is busy with one large document cannot hear that nobody waits for it any more. */
const cancelMs = 2000

function nothing(): void {}

type Asked<N extends CallName> = { readonly output: CallOutput<N> } | { readonly end: ThreadEnd }

async function ask<N extends CallName>(
  thread: ReadingThread,
  asking: {
    readonly name: N
    readonly input: CallInput<N>
    readonly options: CallOptions<N>
    /** Null: the thread is never ended for a call. */
    readonly patienceMs: number | null
  },
): Promise<Asked<N>> {
  const { name, input, options, patienceMs } = asking
  const release = thread.hold()
  const stopWaiting =
    patienceMs === null
      ? nothing
      : onceAborted(options.signal, patienceMs, () => thread.end('replaced'))
  let stopListening = nothing
  try {
    return await new Promise<Asked<N>>((resolve, reject) => {
      stopListening = thread.onEnd((end) => resolve({ end }))
      thread.client.call(name, input, options).then((output) => resolve({ output }), reject)
    })
  } catch (error) {
    throw bugWithStack(error)
  } finally {
    stopListening()
    stopWaiting()
    release()
  }
}

/** Calls back a while after the signal was aborted. Returns the function that stops waiting for it. */
function onceAborted(
  signal: CancelSignal | undefined,
  afterMs: number,
  callback: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined
  const onAbort = (): void => {
    timer = setTimeout(callback, afterMs)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  return () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

function memoryLimitOf({ purpose, memoryLimitBytes }: ReadingWorkerOptions): number | null {
  return memoryLimitBytes ?? (purpose === 'list' ? null : defaultMemoryLimit())
}

function forwardEvents({ client }: ReadingThread, emit: ServiceContext['emit'] | undefined): void {
  if (emit === undefined) return
  const forward = (name: EventName): unknown => client.on(name, (value) => emit(name, value))
  for (const name of Object.keys(events) as EventName[]) forward(name) // keys of a closed literal
}
