import { undoDocument } from '../changeDocument.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type CommandContext, type OptionTable, type Outcome } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { findAny } from '../references.ts'
import { printable } from '../text/printable.ts'
import { wholeNumber } from '../values.ts'

const undoOptions = {
  record: { type: 'string', value: 'SEQ', help: 'the edit of this record, not the last one' },
  operation: {
    type: 'string',
    value: 'ID',
    help: 'the operation of this id: see unstuck operations --id ID',
  },
  reason: { type: 'string', value: 'TEXT', help: 'why' },
} as const satisfies OptionTable
type UndoOptions = typeof undoOptions

export const undoCommand = defineCommand({
  name: 'undo',
  usage: 'RUN|FILE|--operation ID',
  summary:
    'Take back the last edit of a run, unless the run went on from it; or any operation that can be.',
  positionals: { min: 0, max: 1 },
  options: undoOptions,
  examples: [
    'unstuck undo latest',
    'unstuck undo latest --record 12',
    'unstuck undo --operation b8vlk2m0q3xz',
  ],
  run: async (context) => {
    const [text] = context.positionals
    const { operation } = context.options
    if ((text === undefined) === (operation === undefined)) {
      const message = 'Name a run or a file, or an operation with --operation ID.'
      throw new AppError('invalid-input', message)
    }
    const client = await context.client()
    if (text === undefined) return undoOperation(context, operation ?? '')
    const ref = await findAny({ ...context, client }, text)
    if (ref.format !== 'unstuck') return undoDocument(context, ref, null)
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

async function undoOperation(
  context: Pick<CommandContext<UndoOptions>, 'client' | 'options' | 'signal'>,
  id: string,
): Promise<Outcome> {
  const client = await context.client()
  const reason = context.options.reason ?? null
  const output = await client.call('operations.undo', { id, reason }, context)
  return {
    output,
    lines: [printable(output.sentence)],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}
