import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Surroundings } from '../../shared/core/diagnose/diagnoseFacts.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { definitionNow } from './definitionNow.ts'
import type { OpenedRun } from './openStoredRun.ts'
import { usualDurations } from './usualDurations.ts'

/** What lies around a run and may be why it does not move. Looked at for one run on a screen, never for a list. */
export async function gatherSurroundings(
  context: ServiceContext,
  { run, liveness }: Pick<OpenedRun, 'run' | 'liveness'>,
): Promise<Surroundings> {
  const { access } = context.store
  const isCarried = liveness === 'alive' || liveness === 'unknown'
  const running = run === null || !isCarried ? [] : runningAttempts(run)
  const [usual, lastOutput, definition, freeBytes] = await Promise.all([
    run === null || running.length === 0 ? {} : usualDurations(context, run),
    run === null ? {} : readLastOutput(context, run, running),
    run === null || liveness === 'alive' ? null : definitionNow(context, run),
    freeBytesOf(context.store.root),
  ])
  return {
    usual,
    lastOutput,
    definition,
    readOnly: access.writable ? null : access.reason,
    freeBytes,
    carryProblem: run === null ? null : (context.executor.problem(run.id)?.message ?? null),
  }
}

type RunningAttempt = { readonly step: string; readonly attempt: number }

function runningAttempts({ steps }: Run): readonly RunningAttempt[] {
  return Object.entries<StepState>(steps)
    .flatMap(([step, { status, attempts }]) => {
      const attempt = attempts.at(-1)?.number
      return status === 'running' && attempt !== undefined ? [{ step, attempt }] : []
    })
    .slice(0, mostLogs)
}

const mostLogs = 50

async function readLastOutput(
  { store }: ServiceContext,
  run: Run,
  running: readonly RunningAttempt[],
): Promise<Surroundings['lastOutput']> {
  const found = await mapBounded(running, 8, async ({ step, attempt }) => {
    // A step that has written nothing may have no log yet.
    const [log] = await Promise.allSettled([
      stat(join(store.root, store.layout.log(run.id, step, attempt))),
    ])
    return log.status === 'fulfilled' ? [[step, log.value.mtime.toISOString()] as const] : []
  })
  return Object.fromEntries(found.flat())
}

/** Null where the system does not tell. */
async function freeBytesOf(folder: string): Promise<number | null> {
  const [found] = await Promise.allSettled([statfs(folder)])
  return found.status === 'fulfilled' ? found.value.bavail * found.value.bsize : null
}
