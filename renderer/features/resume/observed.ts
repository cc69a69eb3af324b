import type { RunDetail } from '../../../shared/contract/runs.ts'

/** True when no process carries the run any more. Only what was read back counts. */
export function hasRested(detail: RunDetail): boolean {
  const isCarried = detail.liveness === 'alive' || detail.liveness === 'unknown'
  return !isCarried && detail.run?.status !== 'pending'
}

/** What was observed, in one sentence; `done` is said only of a run that says so itself. */
export function observedSentence(detail: RunDetail | null): string {
  if (detail === null) return 'The resume was requested. Nothing of it was read back yet.'
  const { run, liveness, diagnoses } = detail
  if (run?.status === 'completed') return 'Done: the run was read back as completed.'
  if (liveness === 'alive') {
    const why = run?.status === 'waiting' ? diagnoses[0]?.sentence : undefined
    return `${doneCount(detail)} steps are done; ${why ?? 'it is being carried out.'}`
  }
  return diagnoses[0]?.sentence ?? `The run was read back as ${run?.status ?? 'not readable'}.`
}

function doneCount(detail: RunDetail): string {
  const { steps = [], stepsTotal = 0 } = detail.run ?? {}
  const done = steps.filter((step) => step.status === 'succeeded' || step.status === 'skipped')
  return `${done.length} of ${stepsTotal}`
}
