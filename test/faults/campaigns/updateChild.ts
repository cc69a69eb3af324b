// A process of its own that makes updates, each under a lock of its own, as fast as it gets them.
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { RunWriter, Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'

export type UpdateTask = { readonly runs: readonly string[]; readonly updates: number }
export type UpdateAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly refusals: number }
  | { readonly kind: 'failed'; readonly message: string }

const random = (length: number): string =>
  Array.from({ length }, () => Math.trunc(Math.random() * 36).toString(36)).join('')

const store = await createFileStore({
  root: process.argv[2] ?? '',
  now: () => new Date().toISOString(),
  randomId: random,
  application: { version: 'test' },
})

process.on('message', (task: UpdateTask) => {
  update(task).then(
    (refusals) => answer({ kind: 'done', refusals }),
    (error: unknown) => answer({ kind: 'failed', message: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
answer({ kind: 'ready' })

/** How often a run was locked by another process. */
async function update({ runs, updates }: UpdateTask): Promise<number> {
  let refusals = 0
  for (let number = 0; number < updates; number += 1) {
    const run = RunId.parse(runs[number % runs.length])
    for (;;) {
      const writer = await tryToOpen(store, run)
      if (writer !== null) {
        const by = { process: process.pid, number }
        await writer.append([{ type: 'variableSet', name: 'by', value: by }], { durable: false })
        await writer.release()
        break
      }
      refusals += 1
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 8))
    }
  }
  return refusals
}

async function tryToOpen(from: Store, run: RunId): Promise<RunWriter | null> {
  try {
    return await from.open(run, { purpose: 'update', controlSocket: null })
  } catch (error) {
    if (error instanceof AppError && error.code === 'locked') return null
    throw error
  }
}

function answer(value: UpdateAnswer): void {
  process.send?.(value)
}
