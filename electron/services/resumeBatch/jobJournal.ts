// The journal of one batch: read as far as it is, added to, and read on, since other processes add to it too.
import { advanceBatch, readBatch, type BatchJob } from '../../../shared/core/batch/batchJob.ts'
import { BatchRecord } from '../../../shared/core/batch/batchRecord.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'

export type JobJournal = {
  readonly id: string
  /** As it was when it was last read. */
  readonly job: () => BatchJob
  /** Reads what was added since, by whomever. */
  readonly refresh: () => Promise<BatchJob>
  /** Resolves with the job as it is then. */
  readonly append: (
    records: readonly BatchRecord[],
    options: { readonly durable: boolean },
  ) => Promise<BatchJob>
}

/** Throws `not-found` for a batch that is not there, `corrupt` for a journal that is none. */
export async function openJob({ store }: ServiceContext, id: string): Promise<JobJournal> {
  const first = await store.readJob(id, 0).catch((cause: unknown) => {
    if (!(cause instanceof AppError) || cause.code !== 'not-found') throw cause
    const message = `There is no batch "${id}". unstuck batch list shows them.`
    throw new AppError('not-found', message, { batch: id }, { cause })
  })
  const found = readBatch(recordsOf(id, first.lines))
  if (found === null)
    throw new AppError('corrupt', `The journal of batch ${id} does not begin as one.`, {
      batch: id,
    })
  let job = found
  let { nextByte } = first
  const readOn = async (): Promise<BatchJob> => {
    const more = await store.readJob(id, nextByte)
    nextByte = more.nextByte
    job = advanceBatch(job, recordsOf(id, more.lines))
    return job
  }
  // One after the other: two that read from the same place would take the same lines twice.
  let last: Promise<unknown> = Promise.resolve()
  const refresh = (): Promise<BatchJob> => {
    const next = last.then(readOn)
    last = next.catch(() => undefined) // whoever asked for it is told
    return next
  }
  return {
    id,
    job: () => job,
    refresh,
    append: async (records, { durable }) => {
      if (records.length === 0) return job
      await store.appendToJob(id, { lines: records.map((one) => JSON.stringify(one)), durable })
      return refresh()
    },
  }
}

export function recordsOf(id: string, lines: readonly string[]): readonly BatchRecord[] {
  return lines.flatMap((line) => {
    const value = parsed(line)
    if (value === undefined) return []
    const record = BatchRecord.safeParse(value)
    if (record.success) return [record.data]
    const message = `The journal of batch ${id} has a line that this version cannot read. Use the version that wrote it.`
    throw new AppError('corrupt', message, { batch: id })
  })
}

/** Undefined: the line was cut short, so what it was to say was never relied on. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
