import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createExecutor, type ExecutorOptions } from '../executor/createExecutor.ts'
import { makePrivateFolder } from '../executor/privateFolder.ts'
import type { Scratch } from '../services/context.ts'
import { createMemoryStore } from '../store/memoryStore.ts'

/** A workspace for one step that is tried: its records in memory, its attempts in a private folder that goes with it. */
export async function openScratch(
  options: Omit<ExecutorOptions, 'store' | 'controlDirectory' | 'emit'>,
): Promise<Scratch> {
  const root = makePrivateFolder('try')
  const { now, randomId } = options
  const store = createMemoryStore({ root, now, randomId })
  const executor = await createExecutor({
    ...options,
    store,
    controlDirectory: null,
    emit: tellNobody,
  })
  return {
    store,
    executor,
    readLogTail: ({ run, step, number }, limitBytes) =>
      readTail(join(root, store.layout.log(run, step, number)), limitBytes),
    async close() {
      await executor.close()
      await store.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

function tellNobody(): void {}

async function readTail(path: string, limitBytes: number): Promise<string> {
  const [opened] = await Promise.allSettled([open(path)])
  // A step that never began has no log.
  if (opened.status === 'rejected') return ''
  const file = opened.value
  try {
    const { size } = await file.stat()
    const length = Math.min(size, limitBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
