import { AppError } from '../../shared/errors.ts'
import type { RunWriter } from '../store/store.ts'
import type { ExecutorContext } from './executorContext.ts'
import type { Ledger } from './ledger.ts'

/**
 * A ledger that reads back what it wrote wherever a checkpoint is in it: through the journal's path, as whoever resumes from
 * it will. A file that was replaced or cut meanwhile ends the run here, and not at the resume.
 */
export function checkedLedger(
  context: Pick<ExecutorContext, 'store' | 'sha256'>,
  ledger: Ledger,
  writer: RunWriter,
): Ledger {
  return {
    ...ledger,
    async append(bodies, options) {
      await ledger.append(bodies, options)
      if (bodies.some(({ type }) => type === 'checkpoint')) await readBack()
    },
  }

  async function readBack(): Promise<void> {
    const { id, journal } = ledger.facts()
    const path = context.store.layout.journal(id)
    const sizeBytes = writer.journalBytes()
    const offset = Math.max(0, sizeBytes - tailBytes)
    const { bytes } = await context.store.readSlice(path, { offset, limitBytes: tailBytes })
    const tail = new TextDecoder().decode(bytes.subarray(0, sizeBytes - offset))
    const end = `,"sum":"${journal.sum}"}\n`
    if (tail.endsWith(end) && isWhole(tail, end, journal.sum)) return
    throw new AppError(
      'corrupt',
      `A checkpoint of run ${id} was written, and ${path} does not have it: the file was cut or replaced by another program. Look at the run, repair it, then resume it.`,
      { run: id, seq: journal.seq },
    )
  }

  /** The last record's own digest, where all of it is in the tail; a keyframe behind the checkpoint may be longer. */
  function isWhole(tail: string, end: string, sum: string): boolean {
    const start = tail.lastIndexOf('\n', tail.length - 2)
    if (start === -1) return true
    const record = tail.slice(start + 1, tail.length - end.length)
    return context.sha256(record).slice(0, sum.length) === sum
  }
}

const tailBytes = 8192
