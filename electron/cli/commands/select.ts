import type { CallInput, CallOutput, Client } from '../../../shared/contract/contract.ts'
import { whyNot } from '../../../shared/core/batch/whyNot.ts'
import { BatchAction } from '../../../shared/schema/batchAction.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { queryOptions, readQuery } from '../listQuery.ts'
import { printable } from '../text/printable.ts'
import { oneOf } from '../values.ts'

const { 'group-by': _, ...whichOptions } = queryOptions

export const selectCommand = defineCommand({
  name: 'select',
  usage: '',
  summary: 'Name every run or file that matches, one a line, for a command on many.',
  positionals: { min: 0, max: 0 },
  options: {
    ...whichOptions,
    except: { type: 'string', multiple: true, value: 'RUN', help: 'leave this one out' },
    for: {
      type: 'string',
      value: 'ACTION',
      help: `only those it can be done with: ${BatchAction.options.join(', ')}`,
    },
  },
  examples: [
    'unstuck select --view completed --for archive | xargs unstuck archive',
    'unstuck select --text deploy --json',
  ],
  run: async (context) => {
    const { client, options, signal } = context
    const action = oneOf(options.for, BatchAction.options, 'for')
    const { view, text, filter } = await readQuery({ ...options, 'group-by': undefined }, context)
    const input = { view, text, filter, except: [...options.except] }
    const output = await selectAll(await client(), input, signal)
    const rows = output.rows.filter((row) => action === undefined || whyNot(action, row) === null)
    const lines = rows.map(({ document }) => printable(document))
    return { output: { ...output, rows }, lines, exit: exits.done }
  },
})

/** Page by page, in an order that does not move when a run goes on. */
async function selectAll(
  client: Client,
  input: CallInput<'run.select'>,
  signal: AbortSignal,
): Promise<CallOutput<'run.select'>> {
  const sort = { column: 'id', descending: false } as const
  const rows: CallOutput<'run.select'>['rows'] = []
  for (let offset: number | null = 0; ;) {
    const page: CallOutput<'run.select'> = await client.call(
      'run.select',
      { ...input, sort, offset },
      { signal },
    )
    rows.push(...page.rows)
    offset = page.nextOffset
    if (offset === null) return { ...page, rows }
  }
}
