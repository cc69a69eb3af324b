import { isForeign, undoDocument } from '../changeDocument.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findRef } from '../references.ts'
import { wholeNumber } from '../values.ts'

export const undoCommand = defineCommand({
  name: 'undo',
  usage: 'RUN|FILE',
  summary: 'Take back the last edit of a run, unless the run went on from it.',
  positionals: { min: 1, max: 1 },
  options: {
    record: { type: 'string', value: 'SEQ', help: 'the edit of this record, not the last one' },
    reason: { type: 'string', value: 'TEXT', help: 'why' },
  },
  examples: ['unstuck undo latest', 'unstuck undo latest --record 12'],
  run: async (context) => {
    const [text = ''] = context.positionals
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    if (isForeign(ref)) return undoDocument(context, ref, null)
    const seq = wholeNumber(context.options.record, 'record')
    const reason = context.options.reason ?? null
    const output = await client.call('edit.undo', { ref, seq, reason }, context)
    const verb = output.observed ? 'Undone, and read back' : 'Requested'
    return {
      output,
      lines: [`${verb}: the edit of record ${output.undone} of ${ref.document}.`],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
