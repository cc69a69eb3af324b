import type { UsualDuration } from '../../shared/core/diagnose/diagnoseFacts.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun } from './openStoredRun.ts'
import { slug } from './startRunRecords.ts'

/** By step of a workflow, how long it takes when nothing is wrong with it. */
export type UsualDurations = Readonly<Record<string, UsualDuration>>

/** What was found lately, by workflow. */
export type UsualMemory = Map<string, { readonly atMs: number; readonly usual: UsualDurations }>

/**
 * How long the steps of a run took in the newest completed runs of its workflow. Steps of which fewer than three runs know are
 * left out. A run is looked at again and again while it is on a screen: what was found holds for a minute.
 */
export async function usualDurations(context: ServiceContext, run: Run): Promise<UsualDurations> {
  const { name } = run.workflow
  const nowMs = Date.parse(context.now())
  const known = context.usual.get(name)
  if (known !== undefined && Math.abs(nowMs - known.atMs) < heldMs) return known.usual
  const usual = usualOfRuns(await earlierRuns(context, run))
  context.usual.set(name, { atMs: nowMs, usual })
  return usual
}

const heldMs = 60_000
const mostRuns = 20
const leastRuns = 3
/** Of all of them together: a screen waits for it. */
const mostBytes = 4 * 1024 * 1024

async function earlierRuns(
  context: ServiceContext,
  { id, workflow }: Run,
): Promise<readonly Run[]> {
  const ids = await context.store.newestRuns(slug(workflow.name), mostRuns * 2)
  const found: Run[] = []
  let sizeBytes = 0
  for (const other of ids) {
    if (other === id || found.length >= mostRuns || sizeBytes > mostBytes) continue
    const entry = await context.store.entry(other)
    sizeBytes += (entry?.sizeBytes ?? 0) + (entry?.journalBytes ?? 0)
    const run = entry === null || sizeBytes > mostBytes ? null : await readIfSound(context, other)
    if (run?.status === 'completed' && run.workflow.name === workflow.name) found.push(run)
  }
  return found
}

/** Null: it cannot be read, or went away meanwhile. Its own row and screen say so. */
async function readIfSound(context: ServiceContext, id: RunId): Promise<Run | null> {
  try {
    const { run, health } = await readStoredRun(context, id)
    return health === 'ok' ? run : null
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return null
    throw error
  }
}

/** Of runs that completed; a step counts in those in which it succeeded, with the attempt that did. */
export function usualOfRuns(runs: readonly Run[]): UsualDurations {
  const steps = new Set(runs.flatMap((run) => Object.keys(run.steps)))
  return Object.fromEntries(
    [...steps].flatMap((step) => {
      const took = runs.flatMap((run) => tookMs(ownValue<StepState>(run.steps, step)))
      if (took.length < leastRuns) return []
      const sorted = took.toSorted((one, other) => one - other)
      const medianMs = atShare(sorted, 0.5)
      return [[step, { medianMs, p95Ms: atShare(sorted, 0.95), runs: took.length }] as const]
    }),
  )
}

function tookMs(state: StepState | undefined): readonly number[] {
  const attempt = state?.status === 'succeeded' ? state.attempts.at(-1) : undefined
  if (attempt === undefined || attempt.finishedAt === null || attempt.outcome !== 'succeeded')
    return []
  const ms = Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt)
  return ms >= 0 ? [ms] : []
}

/** The value that this share of them reaches at most: of few, the next larger one. */
function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
