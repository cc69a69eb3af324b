import type { ChildReason } from '../../shared/core/diagnose/diagnoseFacts.ts'
import { AppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { diagnoseOpened } from './diagnoseOpened.ts'
import { readStoredRun } from './openStoredRun.ts'

/** By step that waits for another run, what that run waits for; where it waits for one itself, that one, and so on. */
export async function childReasons(
  context: ServiceContext,
  run: Run,
  depth = 0,
): Promise<Readonly<Record<string, ChildReason>>> {
  if (depth >= deepest) return {}
  const waiting = Object.entries<StepState>(run.steps)
    .flatMap(([step, { status, waitingOn }]) => {
      const child = waitingOn?.kind === 'run' ? RunId.safeParse(waitingOn.run) : null
      return status === 'waiting' && child?.success === true ? [{ step, child: child.data }] : []
    })
    .slice(0, mostChildren)
  const rows = await mapBounded(waiting, 4, async ({ step, child }) => {
    const reason = await reasonOf(context, child, depth)
    return reason === null ? [] : [[step, reason] as const]
  })
  return Object.fromEntries(rows.flat())
}

const deepest = 8
const mostChildren = 10

/** Null where it is not there yet. */
async function reasonOf(
  context: ServiceContext,
  run: RunId,
  depth: number,
): Promise<ChildReason | null> {
  try {
    const opened = await readStoredRun(context, run)
    const { diagnoses, children } = await diagnoseOpened(context, opened, { depth: depth + 1 })
    const [first] = diagnoses
    if (first === undefined) return null
    const behind = first.step === null ? undefined : children[first.step]
    if (first.rule === 'G48' && behind !== undefined) return behind
    const { rule, severity, sentence } = first
    return { run, rule, severity, sentence }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    if (error.code === 'not-found') return null
    return { run, rule: 'G34', severity: 'attention', sentence: error.message }
  }
}
