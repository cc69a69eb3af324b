import { toAppError } from '../errors.ts'
import type { StepId } from '../schema/ids.ts'
import type { Ref } from './call.ts'
import type { Client } from './contract.ts'

export type LogTail = {
  /** The last lines, the oldest first, without their ends. */
  readonly lines: readonly string[]
  readonly sizeBytes: number
}

/** The last lines of what an attempt wrote: of any log a few kilobytes are read. Without a log there are none. */
export async function readLogTail(
  client: Pick<Client, 'call'>,
  at: { readonly ref: Ref; readonly step: StepId; readonly attempt: number },
): Promise<LogTail> {
  try {
    const { sizeBytes } = await client.call('run.log', { ...at, offset: 0, limitBytes: 1 })
    if (sizeBytes === 0) return { lines: [], sizeBytes }
    const offset = Math.max(0, sizeBytes - tailBytes)
    const { text } = await client.call('run.log', { ...at, offset, limitBytes: tailBytes })
    const lines = text.replace(/\n$/, '').split('\n')
    // The first one was cut where the reading began; a line longer than all of it is shown as far as it was read.
    const whole = offset > 0 && lines.length > 1 ? lines.slice(1) : lines
    return { lines: whole.slice(-linesShown), sizeBytes }
  } catch (error) {
    if (toAppError(error).code === 'not-found') return { lines: [], sizeBytes: 0 }
    throw error
  }
}

const tailBytes = 8192
const linesShown = 12
