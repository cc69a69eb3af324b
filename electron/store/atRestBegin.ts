import { toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { compressRun, isEndedBy } from './atRest.ts'
import type { JournalScan } from './journal.ts'
import type { HeldLock } from './lock.ts'
import type { StoreContext } from './storeContext.ts'

/** Knows whether a run has ended, and compresses its files before its lock is given back. */
export type Rest = {
  readonly added: (records: readonly { readonly type: string }[]) => void
  /** Never rejects: a run that could not be compressed is whole as it is, and the reason is reported. */
  readonly begin: () => Promise<void>
}

export function createRest(
  context: StoreContext,
  options: {
    readonly run: RunId
    readonly day: string
    readonly lock: HeldLock
    readonly scan: JournalScan | null
  },
): Rest {
  const { run, day, lock, scan } = options
  let isEnded = isEndedBy(scan?.reading.records.map(({ record }) => record.type) ?? [], false)
  return {
    added: (records) => {
      const types = records.map(({ type }) => type)
      isEnded = isEndedBy(types, isEnded)
    },
    begin: async () => {
      if (!isEnded || context.compressesAtRest?.() !== true) return
      try {
        await lock.verify()
        await compressRun(context, { run, day, lock })
      } catch (error) {
        context.onProblem(toAppError(error))
      }
    },
  }
}
