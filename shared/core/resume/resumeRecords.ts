import type { BatchMark, RecordBody } from '../../schema/journal.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Run } from '../../schema/run.ts'
import { idempotencyKeyOf } from './idempotencyKeyOf.ts'
import { itemsOf, stateOf } from './itemsOf.ts'
import { createRenaming, renameRun } from './renameSteps.ts'
import type { VariableEdits } from './resumeInput.ts'
import type { ResumePlan, ResumeStep } from './resumePlan.ts'

export type ResumeRecordsOptions = {
  /** The run as it is, under its recorded names. */
  readonly run: Run
  readonly by: string
  /** As they will be; null: as recorded. */
  readonly inputs: Record<string, Json> | null
  readonly variables: VariableEdits | null
  /** The workflow with its definition as it is now; null: as recorded. */
  readonly workflow: Run['workflow'] | null
  /** The batch that it is resumed by. */
  readonly batch?: BatchMark | undefined
  /** By step the run that it goes on with. */
  readonly children?: Readonly<Record<string, { readonly run: string }>>
}

/** What a resume in the same run writes, in one append: edits, decisions, that it goes on, and what goes back to waiting. */
export function resumeRecords(
  plan: ResumePlan,
  options: ResumeRecordsOptions,
): readonly RecordBody[] {
  const { by, inputs, workflow, batch } = options
  const edits = editsOf(plan, options)
  const isRenamed = Object.keys(plan.definition.mapping).length > 0
  return [
    ...edits,
    ...decisionRecords(plan, by),
    {
      type: 'runResumed',
      by,
      reason: null,
      reset: plan.steps.filter(isReset).map(({ step }) => step),
      ...(inputs === null ? {} : { inputs }),
      ...(workflow === null || isRenamed ? {} : { definition: workflow }),
      stopAfter: plan.stopAfter,
      ...(batch === undefined ? {} : { batch }),
    },
    ...waitAgain(plan, options),
  ]
}

/** What was said about steps in doubt, by the person who resumes, or by the definition where that allows a repetition. */
export function decisionRecords(
  plan: ResumePlan,
  by: string,
  original: Run | null = null,
): readonly RecordBody[] {
  return plan.steps.flatMap((row): readonly RecordBody[] => {
    const { step, decision, reason } = row
    if (decision === null) {
      if (row.action !== 'run' || row.status !== 'running' || plan.mode === 'fork') return []
      return [{ type: 'decision', step, decision: 'rerun', by: 'unstuck', reason }]
    }
    if (decision.kind === 'reuse') return original === null ? [] : [reused(row, original, by)]
    const said = { type: 'decision', step, decision: decision.kind, by, reason: null } as const
    return decision.kind === 'happened' ? [{ ...said, output: decision.output }] : [said]
  })
}

/** [S35] The result is the original run's, and so is the key by which another service knows it. */
function reused({ step, byDefault }: ResumeStep, original: Run, by: string): RecordBody {
  const state = stateOf(original, step)
  return {
    type: 'decision',
    step,
    decision: 'happened',
    output: state?.output ?? null,
    by: byDefault ? 'unstuck' : by,
    reason: `Its result in the run ${original.id} is reused.`,
    key: idempotencyKeyOf(original.id, step, state),
  }
}

/** Renamed steps and the definition that names them change in one record: none of it is there without the rest. */
function editsOf(
  { definition: { mapping } }: ResumePlan,
  { run, by, variables, workflow }: ResumeRecordsOptions,
): readonly RecordBody[] {
  const patch = renamed(run, { mapping, workflow })
  const names = Object.entries(mapping).map(([before, now]) => `${before} is ${now} now`)
  const reason = `${names.join(', ')}.`
  const edited: RecordBody = { type: 'edited', patch: [...patch], by, reason }
  return [...(patch.length === 0 ? [] : [edited]), ...variableRecords(variables, by)]
}

type Operation = Extract<RecordBody, { type: 'edited' }>['patch'][number]

/** [S42] Taken away first and put back then, so that two steps can change their names with each other. */
function renamed(
  run: Run,
  to: {
    readonly mapping: Readonly<Record<string, string>>
    readonly workflow: Run['workflow'] | null
  },
): readonly Operation[] {
  const pairs = Object.entries(to.mapping)
  if (pairs.length === 0 || to.workflow === null) return []
  const renaming = createRenaming(pairs)
  const moved = Object.keys(run.steps).filter((step) => renaming.nameOf(step) !== step)
  const { steps } = renameRun(run, renaming)
  return [
    { op: 'replace', path: '/workflow', value: to.workflow },
    ...moved.map((step): Operation => ({ op: 'remove', path: pointer('steps', step) })),
    ...moved.map((step): Operation => {
      const now = renaming.nameOf(step)
      return { op: 'add', path: pointer('steps', now), value: stateOf({ steps }, now) }
    }),
  ]
}

/** [S38] */
function variableRecords(variables: VariableEdits | null, by: string): readonly RecordBody[] {
  if (variables === null) return []
  const set = Object.entries(variables.set).map(([name, value]) => ({ name, value }))
  const removed = [...variables.remove]
  return set.length + removed.length === 0 ? [] : [{ type: 'variablesChanged', set, removed, by }]
}

/** Steps that run again are named; what goes on waiting stays as it is. */
function isReset({ action, status, rule }: ResumeStep): boolean {
  return action === 'run' && status !== 'pending' && !isWaitingAgain(rule)
}

function isWaitingAgain(rule: string): boolean {
  return rule === 'S34' || rule === 'S49'
}

/** [S34] [S49] A step that had ended with its items or its run undone waits for them again, and does not begin anew. */
function waitAgain(
  plan: ResumePlan,
  { run, children = {} }: ResumeRecordsOptions,
): readonly RecordBody[] {
  const steps = plan.steps.filter(({ action, rule }) => action === 'run' && isWaitingAgain(rule))
  if (steps.length === 0) return []
  const items = itemsOf(renameRun(run, createRenaming(Object.entries(plan.definition.mapping))))
  return steps.map(({ step, was }) => {
    const child = ownValue(children, was ?? step)
    const total = items.get(step)?.length ?? 0
    const waitingOn =
      child === undefined
        ? ({ kind: 'items', total } as const)
        : ({ kind: 'run', run: child.run } as const)
    return { type: 'stepWaiting', step, waitingOn }
  })
}

/** The variables as they will be. */
export function editVariables(
  variables: Readonly<Record<string, Json>>,
  edits: VariableEdits | null,
): Record<string, Json> {
  if (edits === null) return { ...variables }
  const kept = Object.entries(variables).filter(([name]) => !edits.remove.includes(name))
  return Object.fromEntries([...kept, ...Object.entries(edits.set)])
}
