import { defineCommand } from '../command.ts'
import { decide } from '../decide.ts'

export const rejectCommand = defineCommand({
  name: 'reject',
  usage: 'RUN [STEP]',
  summary: 'Reject what waits for a decision; STEP may be left out where only one does.',
  positionals: { min: 1, max: 2 },
  options: { reason: { type: 'string', value: 'TEXT', help: 'why, for the journal' } },
  examples: ['unstuck reject latest --reason "wrong branch"'],
  run: (context) => decide(context, { decision: 'rejected', pairs: [] }),
})
