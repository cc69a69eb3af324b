import { isAbsolute, relative } from 'node:path'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { order, stepOf } from '../../shared/core/graph/order.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { effectiveSideEffects, kindOf } from '../../shared/schema/stepMeaning.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { ServiceContext } from './context.ts'
import { readDefinition } from './loadDefinition.ts'

/** A definition, what it asks for, and everything that is wrong with it. */
export async function readWorkflow(
  context: ServiceContext,
  input: HandlerInput<'workflow.read'>,
): Promise<CallOutput<'workflow.read'>> {
  const { definition, problems, source } = await readDefinition(context, input.definition)
  return {
    path: pathIn(context.store.root, source),
    name: definition?.name ?? null,
    version: definition?.version ?? null,
    description: definition?.description ?? null,
    fields: [...fieldsOf(definition?.inputs)],
    steps: definition === null ? [] : order(definition).flatMap((id) => viewOf(definition, id)),
    problems: [...problems],
  }
}

/** Relative to the workspace, unless it lies outside. */
export function pathIn(root: string, path: string): string {
  const inside = relative(root, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside
}

function viewOf(definition: WorkflowDefinition, id: StepId): CallOutput<'workflow.read'>['steps'] {
  const step = stepOf(definition, id)
  const kind = step === undefined ? null : kindOf(step)
  if (step === undefined || kind === null) return []
  const { title = null, needs = [], forEach, when } = step
  return [
    {
      id,
      title,
      kind,
      needs: [...needs],
      forEach: forEach !== undefined,
      conditional: when !== undefined,
      sideEffects: effectiveSideEffects(step),
    },
  ]
}
