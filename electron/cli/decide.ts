import type { CallInput } from '../../shared/contract/contract.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { readValue } from '../../shared/core/form/readValue.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { WaitingOn } from '../../shared/schema/run.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exits } from './exitCodes.ts'
import { textOf } from './inputValues.ts'
import { findRef } from './references.ts'
import { keyValue } from './values.ts'
import { waitingStep } from './waitingStep.ts'

export const valueOption = {
  type: 'string',
  multiple: true,
  value: 'KEY=VALUE',
  help: "a field of the gate's form",
} as const

type Context = Omit<CommandContext<OptionTable>, 'options'> & {
  readonly options: { readonly reason: string | undefined }
}

/** Decides at the gate that is named, or at the only one that waits; says when the run has to be resumed for it. */
export async function decide(
  context: Context,
  said: {
    readonly decision: CallInput<'run.decide'>['decision']
    readonly pairs: readonly string[]
  },
): Promise<Outcome> {
  const [text = '', named] = context.positionals
  const client = await context.client()
  const ref = await findRef({ ...context, client }, text)
  const { id: step, waitingOn } = await waitingStep(client, ref, { named, kind: 'gate' })
  const values = await valuesOf(waitingOn, said.pairs, context.cwd)
  const reason = context.options.reason ?? null
  const { decision } = said
  const output = await client.call('run.decide', { ref, step, decision, values, reason }, context)
  const { liveness } = await client.call('run.get', { ref })
  const run = ref.document
  const isResting = liveness !== 'alive' && output.status !== 'completed'
  const hint = isResting ? [`Nobody carries it. Go on: unstuck resume ${run}`] : []
  return {
    output,
    lines: [`${run}: ${step} ${output.observed ? decision : 'is to be decided'}`, ...hint],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

/** Each by the type of its field; the host checks them all. */
async function valuesOf(
  on: WaitingOn | null,
  pairs: readonly string[],
  cwd: string,
): Promise<{ [name: string]: Json }> {
  const fields = fieldsOf(on?.kind === 'gate' ? (on.fields ?? {}) : {})
  const values = await Promise.all(
    pairs.map(async (pair) => {
      const [name, given] = keyValue(pair, 'value')
      const text = await textOf(given, { option: `--value ${name}`, name, cwd })
      const field = fields.find((each) => each.name === name) ?? {
        name,
        field: null,
        default: null,
      }
      const read = readValue(field, text)
      if ('problem' in read) throw new AppError('invalid-input', read.problem)
      return [name, read.value] as const
    }),
  )
  return Object.fromEntries(values)
}
