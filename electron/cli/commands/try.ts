import type { CallOutput, Client } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { AppError } from '../../../shared/errors.ts'
import { StepId } from '../../../shared/schema/ids.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findCheckpoint, findRef } from '../references.ts'
import { findStep } from '../waitingStep.ts'
import { paintStatus } from '../text/paint.ts'
import { printable, printableLog } from '../text/printable.ts'

export const tryCommand = defineCommand({
  name: 'try',
  usage: 'RUN STEP',
  summary: 'Run one step alone on a copy of the state; nothing is recorded in the run.',
  details: [
    'What the step does outside is real: a step whose effects may do harm needs --yes.',
    'It is run once, whatever its condition says and however often it may be tried.',
  ],
  positionals: { min: 2, max: 2 },
  options: {
    from: { type: 'string', value: 'CHECKPOINT', help: 'with the state at this checkpoint' },
    yes: { type: 'boolean', short: 'y', help: 'also when its effects may do harm' },
  },
  examples: ['unstuck try latest build', 'unstuck try deploy-2026 charge --from cp-2 --yes'],
  run: async (context) => {
    const [text = '', named = ''] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const step = StepId.safeParse(named)
    if (!step.success) throw new AppError('invalid-input', `"${named}" is no name of a step.`)
    if (!context.options.yes) await requireHarmless(client, ref, step.data)
    const { from } = context.options
    const checkpoint = from === undefined ? null : await findCheckpoint(client, ref, from)
    const output = await client.call('step.try', { ref, step: step.data, checkpoint }, context)
    return {
      output,
      lines: linesOf(output, context.paint),
      exit: output.outcome === 'succeeded' ? exits.done : exits.runFailed,
    }
  },
})

async function requireHarmless(client: Client, ref: Ref, step: StepId): Promise<void> {
  const { sideEffects } = await findStep(client, ref, step)
  if (sideEffects === 'none' || sideEffects === 'idempotent') return
  const what = sideEffects === 'external' ? 'has effects outside' : 'does not say what it changes'
  const message = `Step ${step} ${what}: trying it does them for real. Say --yes when that is wanted.`
  throw new AppError('invalid-input', message, { step, sideEffects })
}

function linesOf(
  { outcome, exitCode, error, output, log }: CallOutput<'step.try'>,
  paint: Parameters<typeof paintStatus>[0],
): readonly string[] {
  const code = exitCode === null ? '' : `, exit code ${exitCode}`
  const why = error === null ? [] : [printable(error.message)]
  const shown = log.trim() === '' ? [] : ['', 'Log:', printableLog(log.trimEnd())]
  const result = outcome === 'succeeded' ? ['', 'Output:', printableLog(output)] : []
  return [`${paintStatus(paint, outcome)}${code}`, ...why, ...shown, ...result]
}
