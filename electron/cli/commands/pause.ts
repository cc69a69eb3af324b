import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'

export const pauseCommand = defineCommand({
  name: 'pause',
  usage: 'RUN',
  summary: 'Ask whoever carries a run to pause it: running steps end, no new one begins.',
  positionals: { min: 1, max: 1 },
  options: {},
  examples: ['unstuck pause latest'],
  run: async (context) => {
    const [text = ''] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const output = await client.call('run.pause', { ref }, context)
    const word = output.observed ? output.status : `requested to pause; it is ${output.status} now`
    return {
      output,
      lines: [`${ref.document}: ${word}`],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
