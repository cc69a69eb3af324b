// Where what the state file said is not so any more. Journals, locks and the operations log are asked, and win.
import type { HostDifference } from '../../../shared/contract/host.ts'
import type { HandlerOptions, Handlers } from '../../../shared/contract/contract.ts'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { neverCancelled } from '../../../shared/cancel.ts'
import { AppError } from '../../../shared/errors.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type {
  HeldRunLock,
  HostWorkspace,
  OpenOperation,
  PendingApproval,
  RunInProgress,
} from '../../../shared/schema/hostState.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../../services/context.ts'
import { nativeRef } from '../../services/refs.ts'

export type Asked = {
  readonly context: ServiceContext
  /** A large run is read on another thread. */
  readonly handlers: Pick<Handlers, 'run.get' | 'run.steps'>
}

export async function findDifferences(
  asked: Asked,
  said: HostWorkspace,
): Promise<readonly HostDifference[]> {
  const carried = new Set(said.runs.map(({ run }) => run))
  // The lock of a run that was carried is told with the run, an operation of a cut batch with the batch.
  const locks = said.locks.filter(({ run }) => !carried.has(run))
  const cut = new Set(
    said.batches.filter(({ state }) => state === 'running').map(({ call }) => call),
  )
  const operations = said.operations.filter(({ call }) => !cut.has(call))
  const found = await Promise.all([
    each(said.runs, (run) => compareRun(asked, run)),
    each(said.approvals, (approval) => compareApproval(asked, approval)),
    each(locks, (lock) => compareLock(asked, lock)),
    compareOperations(asked, operations),
    compareTrust(asked, said),
  ])
  return found.flat()
}

async function each<Item>(
  items: readonly Item[],
  compare: (item: Item) => Promise<readonly HostDifference[]>,
): Promise<readonly HostDifference[]> {
  return (await mapBounded(items, 4, compare)).flat()
}

async function compareRun(
  asked: Asked,
  { run, workflow, digest, since }: RunInProgress,
): Promise<readonly HostDifference[]> {
  const said = `Run ${run} of ${workflow} was carried since ${since}.`
  const detail = await detailOf(asked, run)
  if (typeof detail === 'string') return [{ about: 'run', item: run, said, now: detail }]
  const other = detail.run?.workflow.digest ?? null
  return [
    ...(isCarriedHere(asked, run) ? [] : [runDifference(run, said, whereItIs(detail))]),
    ...(detail.run === null || other === digest
      ? []
      : [
          {
            about: 'definition' as const,
            item: run,
            said: `Run ${run} carried out the definition ${digest ?? 'without a digest'}.`,
            now: `Its journal names ${other ?? 'none with a digest'}.`,
          },
        ]),
  ]
}

function runDifference(run: RunId, said: string, now: string): HostDifference {
  return { about: 'run', item: run, said, now }
}

function whereItIs({ run, liveness, holder }: RunDetail): string {
  if (run === null) return 'Its state cannot be read: it has to be repaired.'
  if (liveness === 'alive') return `It is carried by process ${holder?.pid ?? 'unknown'}.`
  if (liveness === 'none') return `It is ${run.status}.`
  if (liveness === 'unknown')
    return `It is held by process ${holder?.pid ?? 'unknown'} on ${holder?.hostName ?? 'another machine'}; whether that lives cannot be told.`
  return 'It was interrupted, and nobody carries it: it can be resumed.'
}

async function compareApproval(
  asked: Asked,
  { run, step }: PendingApproval,
): Promise<readonly HostDifference[]> {
  const item = `${run} ${step}`
  const said = `Step ${step} of run ${run} waited for a decision.`
  const found = await stepOf(asked, run, step)
  if (typeof found === 'string') return [{ about: 'approval', item, said, now: found }]
  if (found?.waitingOn?.kind === 'gate') return []
  const now = found === null ? 'There is no such step.' : `It is ${found.status}.`
  return [{ about: 'approval', item, said, now }]
}

async function compareLock(
  asked: Asked,
  { run, purpose, since }: HeldRunLock,
): Promise<readonly HostDifference[]> {
  const { store } = asked.context
  const said = `Run ${run} was held since ${since} (${purpose}).`
  const stored = await orSentence(() => store.read(run))
  if (typeof stored === 'string') return [{ about: 'lock', item: run, said, now: stored }]
  const { holder } = stored
  if (holder !== null && store.isHeldHere(holder)) return []
  return [{ about: 'lock', item: run, said, now: await heldBy(asked, holder) }]
}

async function heldBy(
  { context: { store } }: Asked,
  holder: Awaited<ReturnType<ServiceContext['store']['read']>>['holder'],
): Promise<string> {
  if (holder === null) return 'Nobody holds it.'
  if ((await store.holderState(holder)) === 'gone')
    return 'Its lock was left by a process that is gone: whoever opens it next takes it.'
  return `Process ${holder.pid} on ${holder.hostName} holds it (${holder.purpose}).`
}

async function compareOperations(
  { context: { store } }: Asked,
  said: readonly OpenOperation[],
): Promise<readonly HostDifference[]> {
  if (said.length === 0) return []
  const since = said.map((one) => one.since).toSorted()[0] ?? null
  // The log has the line a moment before the host has noted it.
  const from = since === null ? null : new Date(Date.parse(since) - marginMs).toISOString()
  const page = await orSentence(() => store.operations({ offset: 0, limit: most, since: from }))
  const known = typeof page === 'string' ? [] : page.operations
  return said.map(({ id, call, item }) => {
    const found = known.find((operation) => operation.id === id)
    const now = typeof page === 'string' ? page : ends[found?.state ?? 'missing']
    return { about: 'operation', item, said: `${call} of ${item} was under way.`, now }
  })
}

const ends = {
  done: 'It was done.',
  failed: 'It failed.',
  unfinished: 'Its end was not seen: look whether it was done.',
  missing: 'The operations log does not know it.',
} as const

async function compareTrust(
  { context }: Asked,
  { trusted, root }: HostWorkspace,
): Promise<readonly HostDifference[]> {
  const isTrusted = await context.trust.isTrusted()
  if (isTrusted === trusted) return []
  const [said, now] = trusted
    ? ['The folder was trusted.', 'It is not.']
    : ['The folder was not trusted.', 'It is.']
  return [{ about: 'trust', item: root, said, now }]
}

function isCarriedHere({ context }: Asked, run: RunId): boolean {
  return context.executor.find(run) !== null
}

function detailOf({ context, handlers }: Asked, run: RunId): Promise<RunDetail | string> {
  return orSentence(() => handlers['run.get']({ ref: nativeRef(context, run) }, options))
}

async function stepOf(
  { context, handlers }: Asked,
  run: RunId,
  step: string,
): Promise<StepView | string | null> {
  const ref = nativeRef(context, run)
  for (let offset = 0; ; offset += pageSize) {
    const page = await orSentence(() =>
      handlers['run.steps']({ ref, offset, limit: pageSize }, options),
    )
    if (typeof page === 'string') return page
    const found = page.steps.find(({ id }) => id === step)
    if (found !== undefined || offset + pageSize >= page.total) return found ?? null
  }
}

/** What cannot be read is told in its place: one run that is damaged hides no other. */
async function orSentence<Result>(work: () => Promise<Result>): Promise<Result | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return error.message
    throw error
  }
}

const options: HandlerOptions<'run.get'> & HandlerOptions<'run.steps'> = {
  signal: neverCancelled,
  progress: () => undefined,
}
const pageSize = 500
const marginMs = 5000
const most = 100_000
