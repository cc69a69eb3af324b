// Works on batches in this process: those that were started here, and those that a host left when it ended.
import {
  goesOn,
  phaseOf,
  underWayCount,
  type BatchJob,
} from '../../../shared/core/batch/batchJob.ts'
import { toAppError, type AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { waitRunTick } from '../waitRunTick.ts'
import { carryJob } from './carryJob.ts'
import { openJob, type JobJournal } from './jobJournal.ts'

export type JobRunner = {
  /** Works on it unless another process does, until it rests. */
  readonly take: (batch: string) => void
  /** Takes those of them that nobody works on and that do not rest; one that cannot be read keeps no other from it. */
  readonly takeLeft: (batches: readonly string[]) => Promise<void>
  /** Why this process could not work on it; null: nothing stood in the way. */
  readonly problem: (batch: string) => AppError | null
  /** Its journal, as it is now. Lately asked ones are kept in memory: they are long, and asked for again and again. */
  readonly look: (batch: string) => Promise<JobJournal>
  /** Nothing more begins; what was begun is left to a later host. */
  readonly close: () => Promise<void>
}

export function createJobRunner(
  context: () => ServiceContext,
  report: (error: AppError) => void,
): JobRunner {
  const controller = new AbortController()
  const { signal } = controller
  const working = new Map<string, Promise<void>>()
  /** Asked for again while it was worked on: what was said then may have come too late for it. */
  const again = new Set<string>()
  const problems = new Map<string, AppError>()
  /** What rests for good is not read again. */
  const over = new Set<string>()
  const looked = new Map<string, JobJournal>()

  /** What is asked for until its very end is heard: nothing is waited for between the last look and the end. */
  async function work(batch: string): Promise<void> {
    try {
      do {
        again.delete(batch)
        const isMine = await workOnce(batch)
        // Another process has it. Should that end before the batch rests, it is taken here.
        if (!isMine && isLeftOpen((await look(batch)).job())) {
          await waitRunTick(elsewhereMs, signal)
          again.add(batch)
        }
      } while (again.has(batch) && !signal.aborted)
    } catch (cause) {
      report(toAppError(cause))
    } finally {
      working.delete(batch)
    }
  }

  /** False: another process works on it. */
  async function workOnce(batch: string): Promise<boolean> {
    problems.delete(batch)
    try {
      const worked = await context().store.exclusively(`batch-${batch}`, async () => {
        await carryJob(context(), batch, { signal })
        return true
      })
      return worked ?? false
    } catch (cause) {
      const problem = toAppError(cause)
      problems.set(batch, problem)
      report(problem)
      return true
    }
  }

  async function look(batch: string): Promise<JobJournal> {
    const known = looked.get(batch)
    looked.delete(batch)
    const journal = known ?? (await openJob(context(), batch))
    looked.set(batch, journal)
    for (const oldest of looked.keys()) if (looked.size > mostKept) looked.delete(oldest)
    await journal.refresh()
    return journal
  }

  function take(batch: string): void {
    if (signal.aborted) return
    if (working.has(batch)) again.add(batch)
    else working.set(batch, work(batch))
  }

  async function takeIfLeft(batch: string): Promise<void> {
    if (over.has(batch) || working.has(batch)) return
    const job = (await look(batch)).job()
    const phase = phaseOf(job)
    if (isLeftOpen(job)) take(batch)
    else if (phase === 'done' || phase === 'cancelled') over.add(batch)
  }

  return {
    take,
    takeLeft: async (batches) => {
      const ends = []
      for (const batch of batches) ends.push(...(await Promise.allSettled([takeIfLeft(batch)])))
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
    problem: (batch) => problems.get(batch) ?? null,
    look,
    close: async () => {
      controller.abort()
      await Promise.all(working.values())
    },
  }
}

/** [R110] A round of a host that lives long: in a trusted workspace that may be written, batches that nobody works on. */
export async function goOnWithBatches(context: ServiceContext): Promise<void> {
  const { store, workspace, jobs, trust } = context
  if (jobs === undefined || !store.access.writable || workspace.document !== null) return
  const ids = await store.jobs()
  if (ids.length === 0 || !(await trust.isTrusted())) return
  await jobs.takeLeft(ids)
}

function isLeftOpen(job: BatchJob): boolean {
  return goesOn(job) || underWayCount(job) > 0
}

const mostKept = 8
/** How soon a batch is taken whose host has ended. */
const elsewhereMs = 2_000
