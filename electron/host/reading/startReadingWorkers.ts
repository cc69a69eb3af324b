import type { EventName, EventValue } from '../../../shared/contract/contract.ts'
import type { ServiceContext } from '../../services/context.ts'
import type { ReadingWorkers } from './forwardCalls.ts'
import { planElsewhere, readRefs } from './planElsewhere.ts'
import { readMigrationPlan } from '../../../shared/contract/readMigrationPlan.ts'
import { startReadingWorker, type ReadingWorkerOptions } from './startReadingWorker.ts'

export type HostReadingWorkers = ReadingWorkers & {
  /** For services of the host's own thread that have to know every row. */
  readonly rows: NonNullable<ServiceContext['rowsElsewhere']>
  /** What was opened with a passphrase, for the threads that read single runs; rows say only what is in the clear. */
  readonly archives: NonNullable<ServiceContext['archivesElsewhere']>
  readonly notify: <N extends EventName>(name: N, value: EventValue<N>) => void
  /** Starts the thread of the list: a page asks for that first. */
  readonly prepare: () => void
  readonly close: () => Promise<void>
}

/** The workers of a host that serves for long. None starts a thread before it is asked, or told to prepare. */
export function startReadingWorkers(
  options: Omit<ReadingWorkerOptions, 'purpose'>,
): HostReadingWorkers {
  const list = startReadingWorker({ ...options, purpose: 'list' })
  const documents = startReadingWorker({ ...options, purpose: 'documents' })
  const exports = startReadingWorker({ ...options, purpose: 'exports' })
  return {
    list,
    documents,
    exports,
    rows: {
      forks: async (ref) => (await list.call('run.forks', { ref })).forks,
      countAttention: async () => {
        const asked = { view: 'attention', text: '', filter: [] } as const
        const { totals } = await list.call('run.count', { queries: [{ ...asked, filter: [] }] })
        return totals[0] ?? null
      },
      planCleanup: (input, { signal, progress }) =>
        list.call('cleanup.plan', input, { signal, onProgress: progress }),
      selectRefs: (input, { signal }) => readRefs(list, input, signal),
      planResumes: (refs, asked, following) => planElsewhere(documents, { refs, asked }, following),
      oldDocuments: async () => {
        const { plan } = await readMigrationPlan(list, { documents: null, asOf: null })
        return plan.rows.map(({ document }) => document)
      },
    },
    archives: {
      take: (unlocked) => {
        documents.take(unlocked)
        exports.take(unlocked)
      },
      lock: (runs) => {
        documents.lock(runs)
        exports.lock(runs)
      },
    },
    prepare: list.prepare,
    notify: (name, value) => {
      list.notify(name, value)
      documents.notify(name, value)
      exports.notify(name, value)
    },
    close: async () => {
      await Promise.all([list.close(), documents.close(), exports.close()])
    },
  }
}
