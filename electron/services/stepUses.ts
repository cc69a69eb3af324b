import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { StepUse } from '../../shared/contract/reading.ts'
import { readsOf, writesOf, type NamedUse } from '../../shared/core/graph/stepUses.ts'
import { describeNode, resolvePointer } from '../../shared/core/tree/jsonTree.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { Json } from '../../shared/schema/json.ts'
import { runAsJson } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { readRunState } from './readState.ts'

/** What the recorded definition says that a step looks at, with what stands there, and what came of it. */
export async function readStepUses(
  context: ServiceContext,
  input: HandlerInput<'step.uses'>,
): Promise<CallOutput<'step.uses'>> {
  const run = await readRunState(context, input)
  const { definition } = run.workflow
  const defined = itemParent(input.step)?.step ?? input.step
  const reads = definition === null ? [] : readsOf(input.step, definition, defined)

  const state = runAsJson(run)
  return {
    reads: reads.slice(0, mostShown).map((use) => withValue(use, state)),
    writes: writesOf(input.step).map((use) => withValue(use, state)),
  }
}

const mostShown = 200

function withValue(use: NamedUse, state: Json): StepUse {
  const value = use.pointer === null ? undefined : resolvePointer(state, use.pointer)
  const node = value === undefined ? null : describeNode(value, use.pointer ?? '')
  return { ...use, value: node }
}
