import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import type { GanttBar, GanttRow } from '../../ui/Gantt.tsx'
import { createTimeScale, type TimeScale } from '../../ui/timeScale.ts'

/** The word that stands for a step: doubt comes before what the journal says. */
export function stepStatus({ status, inDoubt }: StepView): string {
  return inDoubt ? 'in-doubt' : status
}

/** A bar an attempt. An attempt without an end goes on until now when it lives, else until the run's last change. */
export function barsOf(step: StepView, untilMs: number): readonly GanttBar[] {
  return step.attempts.map((attempt) => {
    const startMs = Date.parse(attempt.startedAt)
    const endMs =
      attempt.finishedAt === null ? Math.max(startMs, untilMs) : Date.parse(attempt.finishedAt)
    const status = attempt.outcome ?? stepStatus(step)
    const isOpen = attempt.finishedAt === null && status !== 'running'
    const length = isOpen ? 'no result' : formatDuration(endMs - startMs)
    return {
      startMs,
      endMs,
      status,
      isOpen,
      label: `Attempt ${attempt.number}, ${status}, ${length}`,
    }
  })
}

export function rowsOf(steps: readonly StepView[], untilMs: number): readonly GanttRow[] {
  return steps.map((step) => ({
    id: step.id,
    label: step.title ?? step.id,
    status: stepStatus(step),
    note: step.attempts.length > 1 ? `${step.attempts.length} attempts` : null,
    bars: barsOf(step, untilMs),
  }))
}

/** The scale on which all steps of a run have room. */
export function scaleOf(steps: readonly StepView[], untilMs: number): TimeScale {
  return createTimeScale(steps.flatMap((step) => barsOf(step, untilMs)))
}

/** Where what has no end is drawn to. */
export function untilOf({ liveness, run }: RunDetail, nowMs: number): number {
  return liveness === 'alive' || run === null ? nowMs : Date.parse(run.updatedAt)
}
