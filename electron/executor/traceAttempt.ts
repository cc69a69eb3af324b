import { join } from 'node:path'
import type { StepTrace } from '../../shared/core/resume/resumePlan.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import { readAttemptReport } from './attemptReport.ts'
import type { ExecutorContext } from './executorContext.ts'
import { findAttempt, isOfThisBoot } from './stepProcess.ts'

/** What is known of a step's last attempt from its process and its wrapper's report. Reads, never writes. */
export async function traceAttempt(
  context: Pick<ExecutorContext, 'store' | 'machine'>,
  run: Run,
  step: StepId,
): Promise<StepTrace> {
  const attempt = ownValue<StepState>(run.steps, step)?.attempts.at(-1)
  if (attempt === undefined || attempt.outcome !== null) return { kind: 'neverBegan' }
  const { process } = attempt
  if (process === null) return { kind: 'gone' }

  const { store, machine } = context
  // In this order: a process that ends in between has left its report by then.
  const found = await findAttempt(machine, process)
  const report = await readAttemptReport(
    join(store.root, store.layout.step(run.id, step, attempt.number)),
  )

  if (report.exitCode !== null) return { kind: 'finished', exitCode: report.exitCode }
  if (found !== 'none') return { kind: 'alive', pid: process.pid }
  // After a power cut a file that is missing proves nothing, nor does one whose folder was taken away: a success's
  // folder goes once its record is durable, and the record may have been lost to damage since.
  if (report.isKept && !report.began && isOfThisBoot(machine, process))
    return { kind: 'neverBegan' }
  return { kind: 'gone' }
}
