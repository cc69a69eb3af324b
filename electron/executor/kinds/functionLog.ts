import { appendFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AttemptToBegin } from '../beginAttempt.ts'
import type { ExecutorContext } from '../executorContext.ts'
import { maxLogBytesFor } from './logLimit.ts'

/** The log of a function's attempt, made with its first line. */
export type FunctionLog = {
  /** Throws where it cannot be written. */
  readonly put: (text: string) => Promise<void>
  /** Lines come one after the other; one that cannot be written must not fail what the function does. */
  readonly writeLine: (text: string) => void
  /** Resolves when all lines are written. */
  readonly written: () => Promise<void>
}

export function createFunctionLog(
  context: Pick<ExecutorContext, 'store' | 'writeLog'>,
  { run, step, number }: Pick<AttemptToBegin, 'run' | 'step' | 'number'>,
): FunctionLog {
  const { store, writeLog } = context
  const maxBytes = maxLogBytesFor(0)
  let last: Promise<unknown> = Promise.resolve()
  let sizeBytes = 0
  return {
    put,
    writeLine(text) {
      if (sizeBytes > maxBytes) return
      sizeBytes += Buffer.byteLength(text) + 1
      const line = sizeBytes > maxBytes ? limitSentence : text
      const before = last
      last = before.then(() => Promise.allSettled([put(`${line}\n`)]))
    },
    written: async () => {
      await last
    },
  }

  async function put(text: string): Promise<void> {
    if (writeLog !== undefined) return writeLog({ run: run.id, step, number }, text)
    const path = join(store.root, store.layout.log(run.id, step, number))
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await appendFile(path, text, { mode: 0o600 })
  }
}

const limitSentence = '[unstuck] The log ends here: it has reached its limit. The step goes on.'
