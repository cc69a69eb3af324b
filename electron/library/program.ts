import { completeValues } from '../../shared/core/form/completeValues.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { AppError } from '../../shared/errors.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { StepFunction } from '../executor/kinds/stepFunction.ts'
import { checkDefinition, requireFunctions } from './checkDefinition.ts'
import type { RunnerFunction } from './defineSteps.ts'
import type { AnyRunnerOptions } from './runnerTypes.ts'
import { copyJson } from './state.ts'

/** What a program gave to be run, checked. */
export type Program = {
  readonly definition: WorkflowDefinition
  readonly stepFunctions: ReadonlyMap<string, StepFunction>
  /** With the defaults of what was not given. */
  readonly inputs: { readonly [name: string]: Json }
  readonly hasInputs: boolean
  /** Throws where these steps are functions that need the program's context, and it gave none. */
  readonly requireContext: (steps: readonly string[], what: string) => void
}

/** Throws `invalid-input` with every problem. */
export function programOf(options: AnyRunnerOptions): Program {
  const { workflow, functions: given, inputs, context } = options
  const isBound = 'definition' in workflow
  const definition = isBound ? workflow.definition : checkDefinition(workflow)
  const functions = isBound ? workflow.functions : new Map(Object.entries(given ?? {}))
  requireFunctions(definition, functions)
  const lacksContext = isBound && workflow.needsContext && context === undefined
  return {
    definition,
    stepFunctions: new Map([...functions].map(([name, run]) => [name, withContext(run, context)])),
    inputs: inputsOf(definition, inputs),
    hasInputs: inputs !== undefined,
    requireContext(steps, what) {
      const those = steps.filter((step) => ownValue(definition.steps, step)?.function !== undefined)
      if (!lacksContext || those.length === 0) return
      throw new AppError(
        'invalid-input',
        `${what} has to run ${those.join(', ')}, which need the program's context, and none was given. A context is never stored: give it to createRunner.`,
        { steps: those },
      )
    },
  }
}

function withContext(run: RunnerFunction, context: unknown): StepFunction {
  return (argument, stepContext) => run({ ...stepContext, context, argument, ...itemOf(argument) })
}

/** What `defineSteps` hands on for an item of a list. */
function itemOf(argument: Json): { readonly item: Json; readonly index: number | null } {
  if (typeof argument !== 'object' || argument === null || isList(argument))
    return { item: null, index: null }
  const index = ownValue<Json>(argument, 'index')
  return {
    item: ownValue<Json>(argument, 'item') ?? null,
    index: typeof index === 'number' ? index : null,
  }
}

function isList(value: Json & object): value is readonly Json[] {
  return Array.isArray(value)
}

function inputsOf(definition: WorkflowDefinition, given: unknown): Program['inputs'] {
  const copy = copyJson(given ?? {}, 'inputs', 0)
  if (typeof copy !== 'object' || copy === null || isList(copy))
    throw new AppError('invalid-input', 'inputs is no object: give each input its name.')
  const completed = completeValues(fieldsOf(definition.inputs), copy)
  if ('values' in completed) return completed.values
  const { problems } = completed
  throw new AppError(
    'invalid-input',
    `${definition.name} cannot be run with these inputs.\n${problems.map(({ message }) => message).join('\n')}`,
    { problems },
  )
}
