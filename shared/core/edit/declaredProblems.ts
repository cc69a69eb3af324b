import { ownValue, type Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { utf8Length } from '../codec/locate.ts'
import { checkValue } from '../form/checkValue.ts'
import { completeForm } from '../form/completeForm.ts'
import { fieldsOf } from '../form/fieldsOf.ts'
import { stepOf } from '../graph/order.ts'
import type { EditFinding } from './editPlan.ts'

/** [N6] [N7] Where values that an edit changed do not fit what the definition declares of them. */
export function declaredProblems(before: Run, after: Run): readonly EditFinding[] {
  return [...inputProblems(before, after), ...outputProblems(before, after)]
}

/** Of inputs that the edit did not touch nothing is said: they were taken as they are. */
function inputProblems(before: Run, after: Run): readonly EditFinding[] {
  const { definition } = after.workflow
  if (definition === null || before.inputs === after.inputs) return []
  const fields = fieldsOf(definition.inputs)
  const gone = fields.filter(
    ({ name }) => Object.hasOwn(before.inputs, name) && !Object.hasOwn(after.inputs, name),
  )
  const result = completeForm(fields, after.inputs, checkValue)
  const wrong = 'values' in result ? [] : result.problems
  return [
    // A run has its inputs whole from its start on: no default is put in later.
    ...gone.map(({ name }) => ({
      rule: 'N6',
      path: pointer('inputs', name),
      sentence: `Input \`${name}\` is asked for by the workflow. Set it to another value, such as null.`,
    })),
    ...wrong
      .filter(({ name }) => !gone.some((one) => one.name === name))
      .filter(({ name }) => ownValue(before.inputs, name) !== ownValue(after.inputs, name))
      .map(({ name, message }) => ({
        rule: 'N6',
        path: pointer('inputs', name),
        sentence: `Input ${message}`,
      })),
  ]
}

function outputProblems(before: Run, after: Run): readonly EditFinding[] {
  const { definition } = after.workflow
  if (definition === null || before.steps === after.steps) return []
  return Object.entries<StepState>(after.steps).flatMap(([step, state]) => {
    const was = ownValue<StepState>(before.steps, step)
    const declared = stepOf(definition, step)
    if (declared === undefined || state.status !== 'succeeded') return []
    if (was?.output === state.output && was.status === state.status) return []
    return outputFlaws(declared, state.output, step).map((sentence) => ({
      rule: 'N7',
      path: pointer('steps', step, 'output'),
      sentence,
    }))
  })
}

function outputFlaws(declared: StepDefinition, output: Json, step: string): readonly string[] {
  return [...gateFlaws(declared, output, step), ...sizeFlaws(declared, output, step)]
}

/** The output of a gate is what its form asked for. */
function gateFlaws({ gate }: StepDefinition, output: Json, step: string): readonly string[] {
  if (gate?.fields === undefined) return []
  if (!isObject(output))
    return [`The output of the gate ${step} is an object with the values of its form.`]
  const result = completeForm(fieldsOf(gate.fields), output, checkValue)
  return 'problems' in result
    ? result.problems.map(({ message }) => `The output of the gate ${step}: ${message}`)
    : []
}

function sizeFlaws({ maxOutput }: StepDefinition, output: Json, step: string): readonly string[] {
  if (maxOutput === undefined) return []
  const sizeBytes = utf8Length(JSON.stringify(output))
  if (sizeBytes <= maxOutput) return []
  return [`The output of ${step} has ${sizeBytes} bytes; its \`maxOutput\` keeps ${maxOutput}.`]
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
