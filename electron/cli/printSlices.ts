import type { CallOutput } from '../../shared/contract/contract.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exits } from './exitCodes.ts'
import { printableLog } from './text/printable.ts'

type Slice = CallOutput<'run.log'>

/**
 * Prints a long text as it is read, slice by slice. With `--json` it is one slice, from `--offset`.
 * A terminal gets no control characters but colours; a file or pipe gets the text as it is.
 */
export async function printSlices(
  context: Pick<CommandContext<OptionTable>, 'json' | 'isTty' | 'write'>,
  read: (slice: { readonly offset: number; readonly limitBytes: number }) => Promise<Slice>,
  offset = 0,
): Promise<Outcome> {
  const first = await read({ offset, limitBytes })
  if (context.json) return { output: first, lines: [], exit: exits.done }

  let slice = first
  for (;;) {
    context.write(context.isTty ? printableLog(slice.text) : slice.text)
    if (slice.nextOffset === null) break
    slice = await read({ offset: slice.nextOffset, limitBytes })
  }
  if (!slice.text.endsWith('\n') && slice.sizeBytes > 0) context.write('\n')
  return { output: first, lines: [], exit: exits.done }
}

const limitBytes = 262144
