import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'

export const checkpointCommand = defineCommand({
  name: 'checkpoint',
  usage: 'RUN',
  summary:
    'Make a named checkpoint of a run as it is, from which it can be resumed, compared and forked.',
  details: ['A step makes one of its own run: unstuck checkpoint "$UNSTUCK_RUN" --name NAME'],
  positionals: { min: 1, max: 1 },
  options: { name: { type: 'string', value: 'NAME', help: 'what it is called (manual)' } },
  examples: ['unstuck checkpoint latest --name "before the cut"'],
  run: async (context) => {
    const [text = ''] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const name = context.options.name ?? 'manual'
    const output = await client.call('run.checkpoint', { ref, name }, context)
    const word = output.observed ? output.checkpoint : `${output.checkpoint} (not seen yet)`
    return {
      output,
      lines: [word],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
