import type { EventName, EventValue } from '../../../shared/contract/contract.ts'
import type { ServiceContext } from '../../services/context.ts'
import type { ReadingWorkers } from './forwardCalls.ts'
import { planElsewhere, readRefs } from './planElsewhere.ts'
import { readMigrationPlan } from '../../../shared/contract/readMigrationPlan.ts'
import { startReadingWorker, type ReadingWorkerOptions } from './startReadingWorker.ts'

export type HostReadingWorkers = ReadingWorkers & {
  /** For services of the host's own thread that have to know every row. */
  readonly rows: NonNullable<ServiceContext['rowsElsewhere']>
  readonly notify: <N extends EventName>(name: N, value: EventValue<N>) => void
  readonly close: () => Promise<void>
}

/** The workers of a host that serves for long. None starts a thread before it is asked. */
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
