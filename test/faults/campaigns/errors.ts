// Every disk operation of every store call fails in turn: the old or the new state is left, and a clear error.
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../../electron/store/memoryStore.ts'
import type { Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  createdAt,
  keyframe,
  runId,
  setVariable,
  testing,
} from '../../unit/electron/store/storeFixtures.ts'
import { createFaultyFileSystem, type Fault } from '../faultyFileSystem.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createAlarms, openProcess } from './process.ts'
import { oldDocument } from './storeCallStates.ts'
import type { StoreCall } from './storeCall.ts'
import { storeCalls } from './storeCalls.ts'
import { bringBack, isMissing, isSealed, readState, type StoreState } from './storeState.ts'

type Failing = {
  readonly fault: (at: number) => Omit<Fault, 'at'>
  /** Of the operations of a call, which ones fail: every one, or every second one from the first or the second on. */
  readonly first: 1 | 2
  readonly step: 1 | 2
}

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EINTR'] as const

const everywhere = { first: 1, step: 1 } as const

/** The first ones in the tests: a process that dies at each operation, each write that is short, and half of the operations failing in some way. */
const failings: readonly Failing[] = [
  { fault: () => ({ kind: 'dead', code: 'EIO' }), ...everywhere },
  { fault: () => ({ kind: 'short', code: '' }), ...everywhere },
  ...codes.flatMap((_, shift) => [onceOf(shift, 1), onceOf(shift, 2)]),
]
const failingsInTest = 3

function onceOf(shift: number, first: 1 | 2): Failing {
  const fault: Failing['fault'] = (at) => ({
    kind: 'once',
    code: codes[(shift + (at >> 1)) % codes.length] ?? 'EIO',
  })
  return { fault, first, step: 2 }
}

export const errors: Campaign = {
  name: 'errors',
  unit: 'a store call and a kind of failure, at each of its operations',
  sizes: { test: failingsInTest * storeCalls.length, full: failings.length * storeCalls.length },
  piece: storeCalls.length,
  obstacle: noObstacle,
  run: async ({ from, to, report }) => {
    for (let index = from; index < to; index += 1) {
      const call = storeCalls[index % storeCalls.length]
      const failing = failings[Math.trunc(index / storeCalls.length)]
      if (call !== undefined && failing !== undefined)
        await failEach(call, { failing, index, report })
    }
  },
}

type Case = {
  readonly failing: Failing
  readonly index: number
  readonly report: Report
}

async function failEach(call: StoreCall, one: Case): Promise<void> {
  if (call.isReading === true && one.failing.fault(1).kind !== 'once') return
  const whole = await prepare(call)
  const { prepared } = whole
  const around = { call, ...(await statesAround(call, whole)) }
  const known = new Map<string, Promise<Left>>()
  for (let at = one.failing.first; ; at += one.failing.step) {
    const disk = whole.disk.twin()
    const fault = one.failing.fault(at)
    const faulty = createFaultyFileSystem(disk, { ...fault, at })
    const { timers, elapse } = createAlarms()
    const store = openProcess(faulty, 2, { timers })
    const [acted] = await Promise.allSettled([call.act(store, prepared)])
    const failure = acted?.status === 'rejected' ? { error: acted.reason } : null
    if (!faulty.wasMet()) return
    if (fault.kind !== 'dead') await elapse()
    // A living process that failed must not keep the run for itself, and it goes on itself.
    const another = () => openProcess(disk, 4, { alive: fault.kind === 'dead' ? [] : [2] })
    const isOther = fault.kind === 'dead' || at % 4 < 2
    const left = () => lookAfter({ ...around, disk, next: isOther ? another() : store })
    const flaw = await findFlaw({ call, fault, failure }, () =>
      isOther ? once(known, disk.contents(), left) : left(),
    )
    if (flaw !== null) {
      const how = `${fault.kind} ${fault.code}`.trim()
      one.report.violation(one.index, `${call.name}, operation ${at}, ${how}: ${flaw}`)
    }
    one.report.count(`${fault.kind} ${fault.code}`.trim())
  }
}

type Prepared = { readonly disk: MemoryFileSystem; readonly prepared: string }

async function prepare(call: StoreCall): Promise<Prepared> {
  const disk = createMemoryFileSystem(memoryRoot)
  return { disk, prepared: await call.prepare(openProcess(disk, 1), disk) }
}

async function statesAround(
  call: StoreCall,
  whole: Prepared,
): Promise<{ readonly before: StoreState; readonly after: StoreState }> {
  const disk = whole.disk.twin()
  const before = await look(disk)
  await call.act(openProcess(disk, 2), whole.prepared)
  return { before, after: await look(disk) }
}

/** What is encrypted is looked at where it was brought back, on a disk of its own. */
async function look(disk: MemoryFileSystem): Promise<StoreState> {
  const isReadable = !(await isSealed(openProcess(disk, 3), runId))
  const store = openProcess(isReadable ? disk : disk.twin(), 3)
  if (!isReadable) await bringBack(store, runId)
  return readState(store, runId, [oldDocument])
}

/** Another process finds on an equal disk what was found on the one before: most operations only read, and change nothing. */
function once(
  known: Map<string, Promise<Left>>,
  contents: string,
  lookAtLeft: () => Promise<Left>,
): Promise<Left> {
  const left = known.get(contents) ?? lookAtLeft()
  known.set(contents, left)
  return left
}

type Failed = {
  readonly call: StoreCall
  readonly fault: Omit<Fault, 'at'>
  readonly failure: { readonly error: unknown } | null
}

async function findFlaw(
  { call, fault, failure }: Failed,
  lookAtLeft: () => Promise<Left>,
): Promise<string | null> {
  if (fault.kind === 'short' && failure !== null)
    return `a short write failed: ${String(failure.error)}`
  const unclear = failure === null || fault.kind === 'dead' ? null : findUnclear(call, failure)
  if (unclear !== null) return unclear
  const { isNew, flaw } = await lookAtLeft()
  if (flaw !== null || isNew || failure !== null) return flaw
  return `it succeeded, and its effect is not there`
}

type Aftermath = {
  readonly call: StoreCall
  readonly before: StoreState
  readonly after: StoreState
  readonly disk: MemoryFileSystem
  /** Who goes on with the run. */
  readonly next: Store
}

/** What a failure left behind. */
type Left = { readonly isNew: boolean; readonly flaw: string | null }

async function lookAfter({ call, before, after, disk, next }: Aftermath): Promise<Left> {
  const [looked] = await Promise.allSettled([look(disk)])
  if (looked?.status !== 'fulfilled')
    return { isNew: false, flaw: `nothing can be read: ${String(looked?.reason)}` }
  const state = looked.value
  const isNew = isSame(state, after)
  if (!isNew && !isSame(state, before) && call.isBetween?.(state) !== true)
    return { isNew, flaw: `neither old nor new: ${JSON.stringify(state)}` }
  return { isNew, flaw: await findUnusable(next, disk) }
}

/** More backups than before are no other state. */
function isSame(state: StoreState, expected: StoreState): boolean {
  const [{ backups, ...rest }, { backups: needed, ...others }] = [state, expected]
  return isDeepStrictEqual(rest, others) && needed.every((one) => backups.includes(one))
}

const named = new RegExp(
  `${runId}|${dirname(oldDocument)}|\\.unstuck\\b|\\bruns\\b|\\blogs\\b|Trashed run|Trash entry`,
)

function findUnclear({ name }: StoreCall, { error }: { readonly error: unknown }): string | null {
  if (!(error instanceof AppError)) return `no AppError but ${String(error)}`
  if (error.code === 'bug') return `a bug: ${error.message}`
  if (named.test(error.message)) return null
  if (ofAllRuns.has(name) && /^The (workspace|locks) could not be read/.test(error.message))
    return null
  return `its message names nothing: ${error.message}`
}

const ofAllRuns: ReadonlySet<string> = new Set(['list', 'sweep', 'newestRuns', 'heldRuns'])

/** The run is opened, written and read again; one in the trash is put back before. */
async function findUnusable(store: Store, disk: MemoryFileSystem): Promise<string | null> {
  const [used] = await Promise.allSettled([use(store)])
  if (used?.status === 'rejected') return `it cannot be used again: ${String(used.reason)}`
  const { journal } = await openProcess(disk, 5).read(runId)
  const last = journal?.records.at(-1)?.record
  if (last?.['name'] === 'again' && journal?.flaws.length === 0) return null
  return `what was written afterwards is not there: ${JSON.stringify({ last, flaws: journal?.flaws })}`
}

async function use(store: Store): Promise<void> {
  const trashed = (await store.trashed()).find(({ kind }) => kind === 'run')
  if (trashed !== undefined) await store.restoreTrashed(trashed.id)
  await bringBack(store, runId)
  const [opened] = await Promise.allSettled([store.open(runId, testing)])
  if (opened?.status === 'rejected' && !isMissing(opened.reason)) throw opened.reason
  const isThere = opened?.status === 'fulfilled'
  const writer = isThere ? opened.value : await store.create(runId, { ...testing, createdAt })
  await writer.append([keyframe(), setVariable('again')], { durable: true })
  await writer.release()
}
