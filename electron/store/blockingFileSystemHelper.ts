// A thread beside one that sweeps, started with the first large task and ended when it has had none for a while.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { HelperAnswer, HelperTask } from './blockingFileSystemTasks.ts'

type Task = HelperTask extends infer T ? (T extends HelperTask ? Omit<T, 'id'> : never) : never

export type Helper = {
  /** How many tasks it has not answered. */
  readonly pending: () => number
  /** Null when the thread died: what it was asked is then still to be done. */
  readonly ask: (task: Task) => Promise<HelperAnswer | null>
}

export function createHelper(): Helper {
  const waiting = new Map<number, (answer: HelperAnswer | null) => void>()
  let worker: Worker | null = null
  let lastId = 0
  let idle: NodeJS.Timeout | undefined

  function start(): Worker {
    const started = new Worker(entry, {
      name: 'unstuck sweep',
      // Names and numbers of the files of a folder are mostly thrown away before that room is full.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    started.on('message', (answer: HelperAnswer) => settle(answer.id, answer))
    // What is lost with the thread is done by whoever asked: nothing has to be told here.
    started.on('error', () => forget(started))
    started.on('exit', () => forget(started))
    return started
  }

  function settle(id: number, answer: HelperAnswer | null): void {
    waiting.get(id)?.(answer)
    waiting.delete(id)
    if (waiting.size > 0) return
    worker?.unref()
    idle = setTimeout(end, idleMs).unref()
  }

  function forget(ended: Worker): void {
    if (worker !== ended) return
    worker = null
    for (const id of waiting.keys()) settle(id, null)
  }

  function end(): void {
    const ending = worker
    worker = null
    void ending?.terminate()
  }

  return {
    pending: () => waiting.size,
    ask: (task) =>
      new Promise((resolve) => {
        clearTimeout(idle)
        worker ??= start()
        worker.ref()
        lastId += 1
        waiting.set(lastId, resolve)
        const port: Pick<Worker, 'postMessage'> = worker
        port.postMessage({ ...task, id: lastId }, given(task))
      }),
  }
}

/** Memory that goes to the helper is not copied. */
function given(task: Task): ArrayBuffer[] {
  if (task.kind !== 'look') return []
  const { starts, numbers, lines } = task.spare
  return [starts?.buffer, numbers, lines].filter((buffer) => buffer instanceof ArrayBuffer)
}

const idleMs = 1000

/** Beside the program in a bundle, beside this file in the source. */
const entry = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'blockingFileSystemThread.ts' : 'sweep.js',
)
