import { defineCommand } from '../command.ts'
import { decide, valueOption } from '../decide.ts'

export const approveCommand = defineCommand({
  name: 'approve',
  usage: 'RUN [STEP]',
  summary: 'Approve what waits for a decision; STEP may be left out where only one does.',
  details: ['A value is read by the type of its field; @FILE takes it from a file.'],
  positionals: { min: 1, max: 2 },
  options: {
    value: valueOption,
    reason: { type: 'string', value: 'TEXT', help: 'why, for the journal' },
  },
  examples: ['unstuck approve latest', 'unstuck approve deploy-2026 ask --value amount=3'],
  run: (context) => decide(context, { decision: 'approved', pairs: context.options.value }),
})
