import { pointer } from '../../schema/pointer.ts'
import { StepId } from '../../schema/ids.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { splitItem } from '../resume/itemsOf.ts'
import { proposeMapping } from '../resume/proposeMapping.ts'
import { createRenaming, renameRun, type Renaming } from '../resume/renameSteps.ts'
import type { Applied } from './applied.ts'
import type { MapEdit, UnmappedSteps } from './edit.ts'

/**
 * [M21] The run under a definition that changed: its steps under the names that they have there, those that are new as
 * pending. A step that the definition does not have and nothing stands for refuses it: nothing that ran is dropped.
 */
export function applyMapEdit(run: Run, { workflow, mapping }: MapEdit): Applied {
  const { definition } = workflow
  const flaw =
    run.status === 'completed'
      ? 'It is completed: nothing of it is left to run.'
      : definition.name === run.workflow.name
        ? pairsFlaw(run, definition, mapping)
        : `It is a run of ${run.workflow.name}, and the definition is that of ${definition.name}.`
  if (flaw !== null) return { kind: 'refused', path: '/workflow', sentence: flaw }

  const renaming = createRenaming(ownPairs(run, mapping))
  const renamed = renameRun(run, renaming)
  const left = baseSteps(renamed).filter((step) => !Object.hasOwn(definition.steps, step))
  if (left.length > 0)
    return { kind: 'refused', path: pointer('steps', left[0] ?? ''), ...told(left) }
  const added = Object.keys(definition.steps).filter((step) => !Object.hasOwn(renamed.steps, step))
  const steps = { ...renamed.steps, ...Object.fromEntries(added.map((step) => [step, pending])) }
  const also = added.length === 0 ? [] : [`New and pending: ${added.join(', ')}.`]
  return { kind: 'ok', run: { ...run, ...named(run, renaming), workflow, steps }, also }
}

/** [M22] What of the run has no place in the definition, and which new steps may stand for it. */
export function unmappedSteps(run: Run, { definition }: MapEdit['workflow']): UnmappedSteps {
  const before = baseSteps(run)
  const recorded = run.workflow.definition
  const missing = before.filter((step) => !Object.hasOwn(definition.steps, step))
  const added = Object.keys(definition.steps).filter((step) => !before.includes(step))
  const proposed = proposeMapping({ recorded, current: definition, before, missing, added })
  return { missing, added, proposed }
}

function told(left: readonly string[]): { readonly sentence: string } {
  const steps = left.length === 1 ? `no step ${left[0]}` : `none of the steps ${left.join(', ')}`
  return { sentence: `The definition has ${steps}, and nothing stands for it. Map it.` }
}

/** A mapping is made for many: what this run does not have is none of its matter. */
function ownPairs(run: Run, mapping: MapEdit['mapping']): readonly (readonly [string, string])[] {
  return Object.entries(mapping).filter(([was]) => Object.hasOwn(run.steps, was))
}

function pairsFlaw(
  run: Run,
  definition: WorkflowDefinition,
  mapping: MapEdit['mapping'],
): string | null {
  const pairs = ownPairs(run, mapping)
  for (const [was, now] of pairs) {
    if (!Object.hasOwn(definition.steps, now))
      return `The definition has no step ${now}, to which ${was} is mapped.`
    const other = pairs.find(([one, name]) => one !== was && name === now)
    if (other !== undefined)
      return `Both ${was} and ${other[0]} are mapped to ${now}. A step stands for one only.`
    if (was !== now && Object.hasOwn(run.steps, now) && !Object.hasOwn(mapping, now))
      return `${was} is mapped to ${now}, which is a step of the run itself. Map that one too.`
  }
  return null
}

function baseSteps({ steps }: Pick<Run, 'steps'>): readonly string[] {
  return Object.keys(steps).filter((step) => splitItem(step).suffix === '')
}

/** What else of a run names steps. */
function named(
  { checkpoints, decisions }: Run,
  { nameOf }: Renaming,
): Pick<Run, 'checkpoints' | 'decisions'> {
  const name = (step: StepId) => StepId.parse(nameOf(step))
  return {
    checkpoints: checkpoints.map((one) =>
      one.step === null ? one : { ...one, step: name(one.step) },
    ),
    decisions: decisions.map((one) => ({ ...one, step: name(one.step) })),
  }
}

const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}
