import { dirname, resolve } from 'node:path'
import { contract } from '../../shared/contract/contract.ts'
import { evaluateTemplate } from '../../shared/core/expression/evaluateTemplate.ts'
import { completeValues } from '../../shared/core/form/completeValues.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { runScope } from '../../shared/core/graph/runScope.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run, RunError, RunStatus } from '../../shared/schema/run.ts'
import {
  pausedWith,
  type ChildOf,
  type ChildPlan,
  type ChildRequest,
  type ChildRuns,
  type ChildView,
} from '../executor/executor.ts'
import type { ServiceContext } from './context.ts'
import { loadDefinition } from './loadDefinition.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { controlRun } from './pauseRunControl.ts'
import { planResumeOf } from './planResumeOf.ts'
import { nativeRef } from './refs.ts'
import { startResume } from './startResume.ts'
import { requireExecution } from './startRunGuards.ts'
import { launchRun, newRunId, placeOf } from './startRunRecords.ts'
import { waitRunTick } from './waitRunTick.ts'

/** Runs that steps of other runs begin: runs of this workspace like any other, each with its own lock and journal. */
export function createChildRuns(contextOf: () => ServiceContext): ChildRuns {
  return {
    plan: (request) => planChild(contextOf(), request),
    ensure: (run, request) => ensureChild(contextOf(), run, request),
    observe: (child) => observeChild(contextOf(), child),
    changed: (run, signal) => waitForChange(contextOf(), run, signal),
    pause: (child, by, reason) => stopChild(contextOf(), child, { command: 'pause', by, reason }),
    cancel: (child, by, reason) => stopChild(contextOf(), child, { command: 'cancel', by, reason }),
  }
}

async function planChild(context: ServiceContext, request: ChildRequest): Promise<ChildPlan> {
  const { step, depth } = request
  if (depth > deepest)
    return refused(
      'Recursion',
      `Step ${step}: ${deepest} runs stand above the one that it would begin, and more are not begun. Does a workflow begin itself?`,
    )
  try {
    const { definition } = await loadChild(context, request)
    return { kind: 'planned', run: newRunId(context, definition.name, context.now()) }
  } catch (error) {
    return refused('ChildRun', `Step ${step}: ${toAppError(error).message}`)
  }
}

function refused(name: string, message: string): ChildPlan {
  return { kind: 'refused', error: { name, message, code: null, stack: null } }
}

async function loadChild(context: ServiceContext, request: ChildRequest) {
  const path =
    request.folder === null ? request.definition : resolve(request.folder, request.definition)
  const loaded = await loadDefinition(context, path)
  const completed = completeValues(fieldsOf(loaded.definition.inputs), request.inputs)
  if (!('problems' in completed)) return { ...loaded, inputs: completed.values }
  const { problems } = completed
  const sentences = problems.map(({ message }) => message).join('\n  ')
  throw new AppError(
    'invalid-input',
    `The inputs of ${request.definition} do not fit:\n  ${sentences}`,
    { problems },
  )
}

async function ensureChild(
  context: ServiceContext,
  run: RunId,
  request: ChildRequest,
): Promise<boolean> {
  if ((await context.store.entry(run)) === null) return startChild(context, run, request)
  const opened = await readStoredRun(context, run)
  if (neverBegan(opened)) {
    await putAside(context, run)
    return startChild(context, run, request)
  }
  const foreign = whyForeign({ run, parent: request.parent }, opened.run)
  if (foreign !== null) throw new AppError('invalid-input', foreign, { run })
  if (context.executor.find(run) !== null) return true
  if (opened.run === null || !isFree(opened)) return false
  if (isResumedWith(request, opened.run, opened)) await resumeChild(context, run)
  return true
}

function isFree({ holder, holderState }: OpenedRun): boolean {
  return holder === null || holderState === 'gone'
}

/** [E153] A state that somebody wrote by hand, or that is damaged, may name any run. */
function whyForeign({ run, parent }: ChildOf, found: Run | null): string | null {
  const lineage = found?.lineage
  if (found === null || (lineage?.relation === 'child' && lineage.parent === parent)) return null
  return `Run ${run} was not begun by run ${parent}: it is neither carried nor stopped for it. Check the state of run ${parent}.`
}

/** Its start was cut before its first record was whole, so nothing of it has happened. */
function neverBegan(opened: OpenedRun): boolean {
  const { head, journal } = opened.stored
  if (!isFree(opened)) return false
  if (head !== null || journal === null || journal.records.length > 0) return false
  return journal.flaws.every(({ kind }) => kind === 'torn')
}

async function putAside({ store, settings }: ServiceContext, run: RunId): Promise<void> {
  const writer = await store.open(run, { purpose: 'start', controlSocket: null })
  try {
    await writer.trash({
      reason: 'its start was cut before its first record was written',
      workflow: null,
      keepDays: settings.value.cleanup.trashDays,
    })
  } finally {
    await writer.release()
  }
}

async function startChild(
  context: ServiceContext,
  id: RunId,
  request: ChildRequest,
): Promise<true> {
  await requireExecution(context)
  const { definition, digest, source, inputs } = await loadChild(context, request)
  const { parent, step, depth } = request
  const lineage = { parent, checkpoint: null, relation: 'child', step, depth } as const
  const at = context.now()
  const place = placeOf(context, definition, dirname(source))
  const run = createRun({ id, definition, source, digest, inputs, at, place, lineage })
  const operation = { call: 'run.start', item: id, by: `run ${parent}` }
  await logged(context, operation, () => launchRun(context, run))
  context.emit('runs.changed', { runs: [id] })
  return true
}

/** One that nobody carries goes on; one that a person paused is left as it is. */
function isResumedWith(
  { parent, isRetry }: ChildRequest,
  run: Run,
  { stored }: OpenedRun,
): boolean {
  if (ended.has(run.status)) return isRetry && run.status !== 'completed'
  if (run.status !== 'paused') return true
  const pause = (stored.journal?.records ?? []).findLast(
    (item) => item.kind === 'known' && item.record.type === 'runPaused',
  )
  return pause?.kind === 'known' && 'reason' in pause.record
    ? pause.record.reason === pausedWith(parent)
    : false
}

/** Where a person has to decide first, it stays as it is: its parent goes on waiting and names it. */
async function resumeChild(context: ServiceContext, run: RunId): Promise<void> {
  const input = contract['resume.plan'].input.parse({ ref: nativeRef(context, run) })
  const { plan, rev, digest, asOf } = await planResumeOf(context, input)
  if (plan.ready) await startResume(context, { ...input, rev, digest, asOf })
}

async function observeChild(context: ServiceContext, child: ChildOf): Promise<ChildView> {
  if ((await context.store.entry(child.run)) === null) return { kind: 'missing' }
  const opened = await readStoredRun(context, child.run)
  const run = requireRun(opened)
  const foreign = whyForeign(child, run)
  if (foreign !== null)
    return {
      kind: 'failed',
      error: { name: 'ChildRun', message: foreign, code: null, stack: null },
    }
  if (context.executor.find(run.id) !== null)
    return { kind: 'open', status: 'running', isFree: false }
  if (run.status === 'completed') return outputOf(run)
  if (!ended.has(run.status)) return { kind: 'open', status: run.status, isFree: isFree(opened) }
  return { kind: 'failed', error: errorOf(run) }
}

function outputOf(run: Run): ChildView {
  const template = run.workflow.definition?.output
  if (template === undefined) return { kind: 'completed', output: null }
  const found = evaluateTemplate(template, runScope(run))
  if (!('problem' in found)) return { kind: 'completed', output: found.value }
  const message = `Run ${run.id} completed, and its \`output\` cannot be made: ${found.problem}`
  return { kind: 'failed', error: { name: 'Expression', message, code: null, stack: null } }
}

function errorOf(run: Run): RunError {
  const { id, status, error } = run
  if (status === 'cancelled' || error === null) {
    const failed = Object.values(run.steps).filter((step) => isDone(step.status)).length
    const message = `Run ${id} was ${status} after ${failed} of its steps had ended.`
    return { name: 'ChildRun', message, code: null, stack: null, run: id }
  }
  return { ...error, message: `Run ${id} failed: ${error.message}`, run: id }
}

/** The end of a run of this process is known at once; of any other its files are looked at again. */
async function waitForChange(
  context: ServiceContext,
  run: RunId,
  signal: AbortSignal,
): Promise<void> {
  const live = context.executor.find(run)
  if (live === null) return waitForFiles(context, run, signal)
  const looking = new AbortController()
  const stop = (): void => looking.abort()
  signal.addEventListener('abort', stop, { once: true })
  await Promise.race([live.done, waitRunTick(longestMs, looking.signal)])
  signal.removeEventListener('abort', stop)
  stop()
}

/** Resolves when its files changed, or this process carries it; after some looks anyway, for what changed before the first. */
async function waitForFiles(
  context: ServiceContext,
  run: RunId,
  signal: AbortSignal,
): Promise<void> {
  const before = await stampOf(context, run)
  for (let look = 0; look < looksWithoutReading && !signal.aborted; look++) {
    await waitRunTick(lookMs, signal)
    if (context.executor.find(run) !== null) return
    if ((await stampOf(context, run)) !== before) return
  }
}

/** Null also where it cannot be looked at now: nobody may ask again and again without a pause. */
async function stampOf({ store }: ServiceContext, run: RunId): Promise<string | null> {
  const [entry] = await Promise.allSettled([store.entry(run)])
  return entry.status === 'fulfilled' ? (entry.value?.stamp ?? null) : null
}

async function stopChild(
  context: ServiceContext,
  child: ChildOf,
  asked: {
    readonly command: 'pause' | 'cancel'
    readonly by: string
    readonly reason: string | null
  },
): Promise<void> {
  const { run: id } = child
  const { by, reason } = asked
  const command = { ...asked, run: id }
  const foreign = whyForeign(child, (await readStoredRun(context, id)).run)
  if (foreign !== null) throw new AppError('invalid-input', foreign, { run: id })
  const live = context.executor.find(id)
  const signal = new AbortController().signal
  if (command.command === 'pause') {
    if (live !== null) return live.pause(by, reason)
    await controlRun(context, command, { signal, expected: 'paused' })
    return
  }
  await live?.cancel(by, reason)
  // It may have come to rest as paused in the moment in which it was asked.
  const { run } = await readStoredRun(context, id)
  if (run !== null && !ended.has(run.status))
    await controlRun(context, command, { signal, expected: 'cancelled' })
}

const ended: ReadonlySet<RunStatus> = new Set<RunStatus>(['completed', 'failed', 'cancelled'])
const deepest = 16
const lookMs = 1000
const looksWithoutReading = 10
const longestMs = 2 ** 31 - 1
