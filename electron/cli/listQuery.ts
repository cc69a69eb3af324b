// Which runs a command line asks for: options, a query as it is written in the filter bar, and saved views.
import type { Client } from '../../shared/contract/contract.ts'
import { RunView } from '../../shared/contract/runs.ts'
import type { SavedView } from '../../shared/contract/views.ts'
import { parseQuery } from '../../shared/core/query/parseQuery.ts'
import { AppError } from '../../shared/errors.ts'
import { GroupBy, type RunCondition } from '../../shared/schema/runCondition.ts'
import type { OptionTable, OptionValues } from './command.ts'
import { oneOf } from './values.ts'

export const queryOptions = {
  view: {
    type: 'string',
    value: 'VIEW',
    help: `one of ${RunView.options.join(', ')}, or a saved view`,
  },
  text: { type: 'string', value: 'TEXT', help: 'only rows that contain these words' },
  status: { type: 'string', multiple: true, value: 'STATUS', help: 'only runs in this status' },
  workflow: { type: 'string', multiple: true, value: 'NAME', help: 'only runs of this workflow' },
  where: {
    type: 'string',
    multiple: true,
    value: 'PATH=VALUE',
    help: 'only runs whose state has this: /inputs/orderId=42, /variables/total>100, or a path alone',
  },
  query: {
    type: 'string',
    value: 'QUERY',
    help: 'as in the filter bar: "status:failed age>1h state:/inputs/orderId=42"',
  },
  'group-by': {
    type: 'string',
    value: 'COLUMN',
    help: `count instead of listing, by ${GroupBy.options.join(', ')}`,
  },
} as const satisfies OptionTable

export type ListQuery = {
  readonly view: RunView
  readonly text: string
  readonly filter: RunCondition[]
  readonly groupBy: GroupBy | null
  /** Of a saved view. */
  readonly sort: SavedView['sort']
}

export async function readQuery(
  options: OptionValues<typeof queryOptions>,
  { client, now }: { readonly client: () => Promise<Client>; readonly now: number },
): Promise<ListQuery> {
  const groupBy = oneOf(options['group-by'], GroupBy.options, 'group-by') ?? null
  const asked = conditionsOf(options, now)
  const given = options.view
  const view = RunView.safeParse(given ?? 'all')
  const text = options.text ?? ''
  if (view.success)
    return { view: view.data, groupBy, sort: null, ...joined(asked, { words: text, filter: [] }) }
  const saved = await findView(await client(), given ?? '')
  const kept = readLine(saved.text, now, 'view')
  const words = [kept.words, text].filter((part) => part !== '').join(' ')
  return {
    view: saved.view,
    groupBy: groupBy ?? saved.groupBy,
    sort: saved.sort,
    ...joined(asked, { words, filter: kept.filter }),
  }
}

type Line = { readonly words: string; readonly filter: readonly RunCondition[] }

function joined(one: Line, other: Line): Pick<ListQuery, 'text' | 'filter'> {
  return {
    text: [other.words, one.words].filter((part) => part !== '').join(' '),
    filter: [...other.filter, ...one.filter],
  }
}

function conditionsOf(options: OptionValues<typeof queryOptions>, now: number): Line {
  const { status, workflow, where, query } = options
  const line = readLine(query ?? '', now, 'query')
  return {
    words: line.words,
    filter: [
      ...line.filter,
      ...oneOfThese('status', status),
      ...oneOfThese('workflow', workflow),
      ...where.flatMap((text) => readLine(whereTerm(text), now, 'where').filter),
    ],
  }
}

function oneOfThese(
  field: 'status' | 'workflow',
  values: readonly string[],
): readonly RunCondition[] {
  return values.length === 0 ? [] : [{ kind: 'words', field, values: [...values], isNot: false }]
}

/** A shell has taken the quotes away that would hold a value with spaces together. */
function whereTerm(text: string): string {
  const [, place = '', sign = '', value = ''] = /^([^=~<>]*)([=~<>]?)(.*)$/s.exec(text) ?? []
  return `state:${quoted(place)}${sign}${sign === '' ? '' : quoted(value)}`
}

function quoted(part: string): string {
  return `"${part.replace(/["\\]/g, '\\$&')}"`
}

/** Throws `invalid-input` for a term that says nothing: a list of too many runs would be a wrong answer. */
function readLine(text: string, now: number, option: string): Line {
  const { terms, problems, words } = parseQuery(text, now)
  const [problem] = problems
  if (problem !== undefined)
    throw new AppError('invalid-input', `--${option}: ${problem.sentence}`, { term: problem.raw })
  return { words, filter: terms.map(({ condition }) => condition) }
}

async function findView(client: Client, name: string): Promise<SavedView> {
  const { views } = await client.call('view.list', {})
  const found = views.find((view) => view.name === name)
  if (found !== undefined) return found
  const names = [...RunView.options, ...views.map((view) => view.name)]
  throw new AppError('invalid-input', `--view is one of ${names.join(', ')}, not "${name}".`)
}
