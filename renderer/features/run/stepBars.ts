import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { knownEnd } from '../../state/knownEnd.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import type { GanttBar, GanttRow, GanttWait } from '../../ui/Gantt.tsx'
import { createTimeScale, type Span, type TimeScale } from '../../ui/timeScale.ts'
import { groupSteps } from './groupSteps.ts'

/** The word that stands for a step: doubt comes before what the journal says. */
export function stepStatus({ status, inDoubt }: StepView): string {
  return inDoubt ? 'in-doubt' : status
}

export type Drawing = {
  /** Where what has no end is drawn to. */
  readonly untilMs: number
  readonly decisions: NonNullable<RunDetail['run']>['decisions']
}

export function drawingOf(detail: RunDetail, nowMs: number): Drawing {
  return { untilMs: untilOf(detail, nowMs), decisions: detail.run?.decisions ?? [] }
}

/** A bar an attempt. One without an end goes on until now when it lives; where the end is unknown only its begin is drawn. */
export function barsOf(step: StepView, { untilMs, decisions }: Drawing): readonly GanttBar[] {
  return step.attempts.map((attempt) => {
    const startMs = Date.parse(attempt.startedAt)
    const end = knownEnd(step, attempt, decisions)
    const status = attempt.outcome ?? stepStatus(step)
    const open = attempt.finishedAt === null ? 'no result' : 'decided'
    const isLive = attempt.finishedAt === null && (status === 'running' || status === 'waiting')
    const endMs = end === null ? (isLive ? Math.max(startMs, untilMs) : startMs) : Date.parse(end)
    const isOpen = end === null && !isLive
    return {
      startMs,
      endMs,
      status,
      open: isOpen ? open : null,
      label: `Attempt ${attempt.number}, ${status}, ${isOpen ? open : formatDuration(endMs - startMs)}`,
    }
  })
}

/** What a step waited through between its attempts, and what it waits through now. */
export function waitsOf(step: StepView, drawing: Drawing): readonly GanttWait[] {
  const { attempts, waitingOn } = step
  const between = attempts.slice(1).flatMap((attempt, index) => {
    const before = attempts[index]
    const end = before === undefined ? null : knownEnd(step, before, drawing.decisions)
    const label = `Waited before attempt ${attempt.number}`
    return end === null ? [] : spanOf(Date.parse(end), Date.parse(attempt.startedAt), label)
  })
  if (step.status !== 'waiting' || waitingOn === null) return between
  if (waitingOn.kind === 'gate')
    return [
      ...between,
      ...spanOf(Date.parse(waitingOn.since), drawing.untilMs, 'Waits for a decision'),
    ]
  const last = attempts.at(-1)?.finishedAt
  if (waitingOn.kind !== 'retry' || !last) return between
  const label = `Waits for attempt ${waitingOn.attempt}`
  return [...between, ...spanOf(Date.parse(last), drawing.untilMs, label)]
}

function spanOf(startMs: number, endMs: number, label: string): readonly GanttWait[] {
  return endMs > startMs ? [{ startMs, endMs, label }] : []
}

/** Items stand below their step. */
export function rowsOf(steps: readonly StepView[], drawing: Drawing): readonly GanttRow[] {
  return groupSteps(steps).flatMap(({ step, items }) => [
    rowOf(step, { drawing, isPart: false }),
    ...items.map((item) => rowOf(item, { drawing, isPart: true })),
  ])
}

function rowOf(
  step: StepView,
  { drawing, isPart }: { readonly drawing: Drawing; readonly isPart: boolean },
): GanttRow {
  return {
    id: step.id,
    label: step.id,
    title: step.title,
    status: stepStatus(step),
    attempts: step.attempts.length,
    isPart,
    bars: barsOf(step, drawing),
    waits: waitsOf(step, drawing),
  }
}

/** The scale on which all steps of a run have room. `open`: begins of pauses that are drawn in full. */
export function scaleOf(
  steps: readonly StepView[],
  drawing: Drawing,
  open?: ReadonlySet<number>,
): TimeScale {
  const busy = steps.flatMap((step) => barsOf(step, drawing)).flatMap(busySpans)
  const ends = steps.flatMap((step) => waitsOf(step, drawing)).flatMap(endsOf)
  return createTimeScale([...busy, ...ends], open)
}

function endsOf({ startMs, endMs }: Span): readonly Span[] {
  return [
    { startMs, endMs: startMs },
    { startMs: endMs, endMs },
  ]
}

/** Between its begin and its end a step that waits does nothing: that time is drawn short. */
function busySpans({ startMs, endMs, status }: GanttBar): readonly Span[] {
  return status === 'waiting' ? endsOf({ startMs, endMs }) : [{ startMs, endMs }]
}

function untilOf({ liveness, run }: RunDetail, nowMs: number): number {
  return liveness === 'alive' || run === null ? nowMs : Date.parse(run.updatedAt)
}
