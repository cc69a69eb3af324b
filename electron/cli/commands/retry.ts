import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'
import { waitingStep } from '../waitingStep.ts'

export const retryCommand = defineCommand({
  name: 'retry',
  usage: 'RUN [STEP]',
  summary: 'Make the attempt now that a step waits for; STEP may be left out where only one does.',
  positionals: { min: 1, max: 2 },
  options: {},
  examples: ['unstuck retry latest'],
  run: async (context) => {
    const [text = '', named] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const { id: step } = await waitingStep(client, ref, { named, kind: 'retry' })
    const output = await client.call('run.retry', { ref, step }, context)
    const word = output.observed ? 'is tried now' : 'was asked for; it is not seen yet'
    return {
      output,
      lines: [`${ref.document}: ${step} ${word}`],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
