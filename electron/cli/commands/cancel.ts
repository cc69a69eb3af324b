import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'

export const cancelCommand = defineCommand({
  name: 'cancel',
  usage: 'RUN',
  summary: 'Ask whoever carries a run to end its steps and cancel it.',
  positionals: { min: 1, max: 1 },
  options: { reason: { type: 'string', value: 'TEXT', help: 'why, for the journal' } },
  examples: ['unstuck cancel latest --reason "wrong branch"'],
  run: async (context) => {
    const [text = ''] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const reason = context.options.reason ?? null
    const output = await client.call('run.cancel', { ref, reason }, context)
    const word = output.observed ? output.status : `requested to cancel; it is ${output.status} now`
    return {
      output,
      lines: [`${ref.document}: ${word}`],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
