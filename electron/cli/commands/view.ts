import type { CallOutput } from '../../../shared/contract/contract.ts'
import { RunView } from '../../../shared/contract/runs.ts'
import { parseQuery } from '../../../shared/core/query/parseQuery.ts'
import { AppError } from '../../../shared/errors.ts'
import { GroupBy } from '../../../shared/schema/runCondition.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { oneOf, verbOf } from '../values.ts'

const verbs = ['list', 'save', 'rename', 'delete'] as const

const options = {
  view: { type: 'string', value: 'VIEW', help: `with save: one of ${RunView.options.join(', ')}` },
  query: { type: 'string', value: 'QUERY', help: 'with save: as in the filter bar' },
  'group-by': {
    type: 'string',
    value: 'COLUMN',
    help: `with save: in groups, by ${GroupBy.options.join(', ')}`,
  },
} as const

export const viewCommand = defineCommand({
  name: 'view',
  usage: 'list|save|rename|delete [NAME] [TO]',
  summary: 'Keep questions about runs under a name, for every workspace.',
  positionals: { min: 1, max: 3 },
  options,
  examples: [
    'unstuck view save "Stuck payments" --query "workflow:payments age>1h"',
    'unstuck list --view "Stuck payments"',
  ],
  run: async (context) => {
    const [verb = '', name = '', to = ''] = context.positionals
    const asked = verbOf(verb, verbs, 'view')
    const named = { list: 1, save: 2, rename: 3, delete: 2 }[asked]
    if (context.positionals.length !== named) {
      const usage = ['', ' NAME', ' NAME TO'][named - 1] ?? ''
      throw new AppError('invalid-input', `Use: unstuck view ${asked}${usage}`)
    }
    const client = await context.client()
    switch (asked) {
      case 'list':
        return told(await client.call('view.list', {}))
      case 'save':
        return told(await client.call('view.save', { name, ...question(context) }))
      case 'rename':
        return told(await client.call('view.rename', { name, to }))
      default:
        return told(await client.call('view.delete', { name }))
    }
  },
})

function question({ options: given, now }: CommandContext<typeof options>) {
  const text = given.query ?? ''
  const [problem] = parseQuery(text, now).problems
  if (problem !== undefined) throw new AppError('invalid-input', `--query: ${problem.sentence}`)
  return {
    view: oneOf(given.view, RunView.options, 'view') ?? 'all',
    text,
    sort: null,
    groupBy: oneOf(given['group-by'], GroupBy.options, 'group-by') ?? null,
    columns: null,
  }
}

function told(output: CallOutput<'view.list'>): Outcome {
  const lines = output.views.map(({ name, view, text, groupBy }) => [
    printable(name),
    view,
    groupBy === null ? '' : `by ${groupBy}`,
    printable(text),
  ])
  const none = ['No view is saved. Save one: unstuck view save NAME --query QUERY']
  return { output, lines: lines.length === 0 ? none : table(lines), exit: exits.done }
}
