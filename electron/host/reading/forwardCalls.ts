// Sends what may take long to the reading workers: calls that look at every row, and calls that read a large run whole.
import type { Ref } from '../../../shared/contract/call.ts'
import type {
  CallName,
  CallOptions,
  HandlerOptions,
  Handlers,
} from '../../../shared/contract/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../../services/context.ts'
import { parseRunId } from '../../services/refs.ts'
import { pageOf, planMigrationOf } from '../../services/migrateDocuments.ts'
import { isRemembered, rememberPlan } from '../../services/shownPlans.ts'
import type { Entry } from '../../store/store.ts'
import { readMigrationPlan } from '../../../shared/contract/readMigrationPlan.ts'
import { exportCalls } from './exportCalls.ts'
import type { RowCalls } from './rowHandlers.ts'
import type { ReadingWorker } from './startReadingWorker.ts'

export type ReadingWorkers = {
  readonly list: ReadingWorker
  readonly documents: ReadingWorker
  readonly exports: ReadingWorker
}

export function forwardCalls(
  context: ServiceContext,
  here: Handlers,
  workers: ReadingWorkers,
): Handlers {
  const { documents } = workers
  return {
    ...here,
    ...rowCalls(context, workers),
    ...documentCalls(context, here, workers),
    ...exportCalls(context, here, workers.exports),
    'edit.batch.plan': async (input, options) => {
      // Further pages of a plan that was shown are given by whoever will be asked to apply it.
      if (isRemembered(context, input.digest)) return here['edit.batch.plan'](input, options)
      const whole = await readWholePlan((from) =>
        documents.call('edit.batch.plan', { ...input, ...from }, passed(options)),
      )
      rememberPlan(context, whole)
      const rows = whole.plan.rows.slice(input.offset, input.offset + input.limit)
      return { ...whole, plan: { ...whole.plan, rows } }
    },
    'repair.batch.plan': async (input, options) => {
      if (isRemembered(context, input.digest)) return here['repair.batch.plan'](input, options)
      const whole = await readWholePlan((from) =>
        documents.call('repair.batch.plan', { ...input, ...from }, passed(options)),
      )
      rememberPlan(context, whole)
      const rows = whole.plan.rows.slice(input.offset, input.offset + input.limit)
      return { ...whole, plan: { ...whole.plan, rows } }
    },
    // Hundreds of files are parsed for it.
    'workflow.list': (input, options) => documents.call('workflow.list', input, passed(options)),
    // Logs are as large as programs make them.
    'log.search': (input, options) => documents.call('log.search', input, passed(options)),
  }
}

type PlanPage<Row> = {
  readonly plan: { readonly rows: Row[]; readonly total: number }
  readonly digest: string
  readonly asOf: string
}

/** Many runs are read for it: planned elsewhere, and brought here page by page. */
async function readWholePlan<Row, Page extends PlanPage<Row>>(
  ask: (from: {
    readonly digest: string | null
    readonly asOf?: string
    readonly offset: number
    readonly limit: number
  }) => Promise<Page>,
): Promise<Page> {
  const limit = 200
  const first = await ask({ digest: null, offset: 0, limit })
  const rows = [...first.plan.rows]
  const { digest, asOf } = first
  while (rows.length < first.plan.total) {
    const { plan } = await ask({ digest, asOf, offset: rows.length, limit })
    if (plan.rows.length === 0) break
    rows.push(...plan.rows)
  }
  return { ...first, plan: { ...first.plan, rows } }
}

/** They need every row of the workspace, or a log of all that was done in it. */
function rowCalls(context: ServiceContext, { list }: ReadingWorkers) {
  return {
    'run.list': (input, options) => list.call('run.list', input, passed(options)),
    'run.count': (input, options) => list.call('run.count', input, passed(options)),
    'run.groups': (input, options) => list.call('run.groups', input, passed(options)),
    'error.list': (input, options) => list.call('error.list', input, passed(options)),
    'error.get': (input, options) => list.call('error.get', input, passed(options)),
    'run.select': (input, options) => list.call('run.select', input, passed(options)),
    'run.checkAll': (input, options) => list.call('run.checkAll', input, passed(options)),
    'run.forks': (input, options) => list.call('run.forks', input, passed(options)),
    'storage.get': (input, options) => list.call('storage.get', input, passed(options)),
    'operations.list': (input, options) => list.call('operations.list', input, passed(options)),
    'migrate.past': (input, options) => list.call('migrate.past', input, passed(options)),
    // It is remembered there: an apply asks for it by its digest.
    'cleanup.plan': (input, options) => list.call('cleanup.plan', input, passed(options)),
    'migrate.plan': async (input, options) => {
      // Further pages of a plan that was shown are given by whoever will be asked to apply it.
      if (isRemembered(context, input.digest)) return planMigrationOf(context, input, options)
      const asked = { documents: input.documents, asOf: input.asOf }
      const whole = await readMigrationPlan(list, asked, passed(options))
      rememberPlan(context, whole)
      return pageOf(whole, input)
    },
  } satisfies RowCalls
}

/** They read a run whole: a small one here, because that is quicker than asking, a large one elsewhere. */
function documentCalls(
  context: ServiceContext,
  here: Handlers,
  { list, documents }: ReadingWorkers,
) {
  const isLarge = createSizeTest(context)
  return {
    'run.get': async (input, options) => {
      if (!(await isLarge(input.ref))) return here['run.get'](input, options)
      const { ref } = input
      const reading = documents.call('run.get', { ref, leaveOut: ['forks'] }, passed(options))
      if (input.leaveOut?.includes('forks') === true) return reading
      const [detail, { forks }] = await Promise.all([
        reading,
        list.call('run.forks', { ref }, passed(options)),
      ])
      return { ...detail, forks }
    },
    'run.wait': async (input, options) => {
      if (!(await isLarge(input.ref))) return here['run.wait'](input, options)
      const rested = await documents.call('run.wait', input, passed(options))
      // Why this process could not carry it on is known here alone.
      const problem = context.executor.problem(parseRunId(input.ref.document))
      return { ...rested, error: rested.error ?? problem?.message ?? null }
    },
    'run.steps': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('run.steps', input, passed(options))
        : here['run.steps'](input, options),
    'run.checkpoints': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('run.checkpoints', input, passed(options))
        : here['run.checkpoints'](input, options),
    'run.history': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('run.history', input, passed(options))
        : here['run.history'](input, options),
    'run.check': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('run.check', input, passed(options))
        : here['run.check'](input, options),
    'state.read': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('state.read', input, passed(options))
        : here['state.read'](input, options),
    'state.value': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('state.value', input, passed(options))
        : here['state.value'](input, options),
    'state.search': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('state.search', input, passed(options))
        : here['state.search'](input, options),
    'step.uses': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('step.uses', input, passed(options))
        : here['step.uses'](input, options),
    'resume.plan': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('resume.plan', input, passed(options))
        : here['resume.plan'](input, options),
    'edit.plan': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('edit.plan', input, passed(options))
        : here['edit.plan'](input, options),
    'document.plan': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('document.plan', input, passed(options))
        : here['document.plan'](input, options),
    'repair.plan': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('repair.plan', input, passed(options))
        : here['repair.plan'](input, options),
    'state.blame': async (input, options) =>
      (await isLarge(input.ref))
        ? documents.call('state.blame', input, passed(options))
        : here['state.blame'](input, options),
    'run.divergence': async (input, options) =>
      (await isLarge(input.left.ref, input.right.ref))
        ? documents.call('run.divergence', input, passed(options))
        : here['run.divergence'](input, options),
    'checkpoint.compare': async (input, options) =>
      // Even two small runs may take long when they are not to be compared coarsely.
      input.effort === 'longer' || (await isLarge(input.left.ref, input.right.ref))
        ? documents.call('checkpoint.compare', input, passed(options))
        : here['checkpoint.compare'](input, options),
    'checkpoint.patch': async (input, options) =>
      (await isLarge(input.left.ref, input.right.ref))
        ? documents.call('checkpoint.patch', input, passed(options))
        : here['checkpoint.patch'](input, options),
  } satisfies Partial<Handlers>
}

/** Together on disk: what a thread that must not stop can read, check and replay meanwhile. */
const smallBytes = 1024 * 1024

function createSizeTest(context: ServiceContext): (...refs: readonly Ref[]) => Promise<boolean> {
  return async (...refs) => {
    const sizes = await Promise.all(refs.map((ref) => sizeOf(context, ref)))
    return sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0) > smallBytes
  }
}

/** 0 where nothing can be looked at: the handler says why. */
async function sizeOf({ store }: ServiceContext, ref: Ref): Promise<number> {
  try {
    if (ref.format === 'unstuck') return unpackedBytes(await store.entry(parseRunId(ref.document)))
    return (await store.readSlice(ref.document, { offset: 0, limitBytes: 1 })).sizeBytes
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return 0
    throw error
  }
}

/** What has to be read and replayed counts, not what it was compressed to. */
function unpackedBytes(entry: Entry | null): number {
  if (entry === null) return 0
  const isPlain = !entry.archived && typeof entry.journalBytes === 'number'
  return isPlain ? entry.sizeBytes : entry.sizeBytes * usualRatio
}

const usualRatio = 8

function passed<N extends CallName>(options: HandlerOptions<N>): CallOptions<N> {
  return { signal: options.signal, onProgress: options.progress }
}
