import type { Envelope, RecordOf, RecordType } from '../../schema/journal.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'
import { ownedOf, updateStep, type Draft } from './draft.ts'
import { endedBadly } from './items.ts'
import { resetStep } from './stepRecords.ts'

type Item<T extends RecordType> = Envelope & RecordOf<T>

export function runStarted(draft: Draft, at: string): void {
  change(draft, { status: 'running', startedAt: draft.run.startedAt ?? at })
}

/** Goes on: what the end of the run had said is taken back, and steps named in `reset` are pending again. */
export function runResumed(draft: Draft, record: Item<'runResumed'>): void {
  const { at, reset, inputs, definition } = record
  const { run } = draft
  change(draft, {
    status: 'running',
    startedAt: run.startedAt ?? at,
    finishedAt: null,
    error: null,
    inputs: inputs ?? run.inputs,
    workflow: definition ?? run.workflow,
  })
  if (definition !== undefined) addDefinedSteps(draft)
  for (const step of reset) updateStep(draft, step, (state) => resetStep(state, at))
  resetItems(draft, reset, at)
}

/** Items that ended badly go with their step: otherwise it would fail again without a try. */
function resetItems(draft: Draft, reset: readonly string[], at: string): void {
  const { definition } = draft.run.workflow
  const steps = new Set(
    reset.filter((step) => ownValue(definition?.steps ?? {}, step)?.['forEach'] !== undefined),
  )
  if (steps.size === 0) return
  for (const [name, state] of Object.entries<StepState>(draft.run.steps)) {
    const parent = itemParent(name)
    if (parent === null || !steps.has(parent.step) || !endedBadly(state)) continue
    updateStep(draft, name, (before) => resetStep(before, at))
  }
}

export function runEnded(
  draft: Draft,
  record: Item<'runCompleted' | 'runFailed' | 'runCancelled'>,
): void {
  const error = record.type === 'runFailed' ? record.error : null
  change(draft, { status: endOf[record.type], finishedAt: record.at, error })
}

const endOf = {
  runCompleted: 'completed',
  runFailed: 'failed',
  runCancelled: 'cancelled',
} as const satisfies Record<string, Run['status']>

export function change(draft: Draft, values: Partial<Run>): void {
  draft.run = { ...draft.run, ...values }
}

export function checkpointMade(draft: Draft, record: Item<'checkpoint'>): void {
  const { id, parent, seq, name, trigger, step, progress, at } = record
  ownedOf(draft, 'checkpoints').push({ id, parent, seq, name, trigger, step, progress, at })
}

/** A definition that was replaced may have steps that the run did not know. */
function addDefinedSteps(draft: Draft): void {
  const defined = Object.keys(draft.run.workflow.definition?.steps ?? {})
  for (const step of defined) {
    if (ownValue<StepState>(draft.run.steps, step) === undefined)
      updateStep(draft, step, () => ({}))
  }
}
