// What a host that lives long cleans up by itself, by the policy that a person has saved.
import type { ScheduledCleanup } from '../../shared/contract/cleanup.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { toAppError } from '../../shared/errors.ts'
import type { Retention } from '../../shared/schema/retention.ts'
import type { Settings } from '../../shared/schema/settings.ts'
import { applyCleanup } from './cleanUp.ts'
import { getCleanupSettings, lastCleanup } from './cleanupSettings.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { planWholeCleanup } from './planCleanupOf.ts'

/**
 * [X39] Only in a trusted workspace that may be written, only by a saved policy that has a limit, and only when it is due;
 * [X40] of several hosts one does it. What came of it is in the operations log, and noted for the screen.
 */
export async function cleanUpBySchedule(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<void> {
  const { store, workspace, trust } = context
  if (!store.access.writable || workspace.document !== null) return
  const { schedule, retention, isSaved, problem } = await getCleanupSettings(context)
  if (!isSaved || problem !== null || schedule === 'off' || !hasLimit(retention)) return
  if (!(await isDue(context, schedule)) || !(await trust.isTrusted())) return
  const ran = await store.exclusively('cleanup', async () =>
    // Another host may have been quicker.
    (await isDue(context, schedule)) ? runOnce(context, retention, signal) : null,
  )
  if (ran === null) return
  context.emit('workspace.changed', {})
}

function hasLimit(retention: Retention): boolean {
  const { days, maxRunsPerWorkflow, maxBytes, archive, thin, workflows } = retention
  const limits = [
    ...Object.values(days),
    maxRunsPerWorkflow,
    maxBytes,
    archive?.days ?? null,
    thin,
    ...Object.values(workflows).flatMap((one) => [
      ...Object.values(one.days ?? {}),
      one.maxRunsPerWorkflow ?? null,
    ]),
  ]
  return limits.some((limit) => limit !== null)
}

async function isDue(
  context: ServiceContext,
  schedule: Exclude<Settings['cleanup']['schedule'], 'off'>,
): Promise<boolean> {
  const last = await lastCleanup(context)
  if (last === null) return true
  const ageMs = Date.parse(context.now()) - Date.parse(last.startedAt)
  // A clock that was ahead when it ran last must not put it off for years.
  return !(ageMs >= 0) || ageMs >= periods[schedule]
}

async function runOnce(
  context: ServiceContext,
  policy: Retention,
  signal: CancelSignal,
): Promise<ScheduledCleanup> {
  const startedAt = context.now()
  const begun: ScheduledCleanup = {
    startedAt,
    endedAt: null,
    host: context.hostName,
    done: 0,
    left: 0,
    freedBytes: 0,
    problem: null,
  }
  // Before anything is done: one that dies on the way is not begun again at once.
  await context.store.noteTask('cleanup', begun)
  const operation = { call: 'cleanup.schedule', item: 'workspace', by }
  const [ended] = await Promise.allSettled([
    logged(
      context,
      operation,
      () => applyAll(context, policy, signal),
      (sums) => ({
        changes: [{ path: '/cleanup', before: null, after: JSON.stringify(sums) }],
      }),
    ),
  ])
  const sums = ended.status === 'fulfilled' ? ended.value : { problem: problemOf(ended.reason) }
  const result = { ...begun, ...sums, endedAt: context.now() }
  await context.store.noteTask('cleanup', result)
  return result
}

function problemOf(reason: unknown): string {
  return toAppError(reason).message
}

const by = 'unstuck'

async function applyAll(
  context: ServiceContext,
  policy: Retention,
  signal: CancelSignal,
): Promise<Pick<ScheduledCleanup, 'done' | 'left' | 'freedBytes'>> {
  const options = { signal, progress: () => undefined }
  const { digest, rev, asOf, plan } = await planWholeCleanup(
    context,
    { policy, asOf: context.now() },
    options,
  )
  const rows: OutcomeRow[] = []
  let freedBytes = 0
  let offset = plan.total === 0 ? null : 0
  while (offset !== null && !signal.aborted) {
    const input = { policy, digest, rev, asOf, offset, limit: partSize }
    const part = await applyCleanup(context, input, { ...options, by })
    rows.push(...part.rows)
    freedBytes += part.freedBytes
    offset = part.nextOffset
  }
  const done = rows.filter(({ outcome }) => outcome === 'done').length
  return { done, left: plan.total - done, freedBytes }
}

const partSize = 200

const hourMs = 60 * 60_000
const periods = { hourly: hourMs, daily: 24 * hourMs, weekly: 7 * 24 * hourMs } as const
