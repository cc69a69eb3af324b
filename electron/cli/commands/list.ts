import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'
import type { FilesListed, StateSearch } from '../../../shared/contract/runList.ts'
import { defineCommand, type CommandContext, type OptionTable } from '../command.ts'
import { describeGroups } from '../describe/groups.ts'
import { statusWord } from '../describe/statusWord.ts'
import { exits } from '../exitCodes.ts'
import { queryOptions, readQuery } from '../listQuery.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { age } from '../text/quantities.ts'
import { table } from '../text/table.ts'
import { wholeNumber } from '../values.ts'

export const listCommand = defineCommand({
  name: 'list',
  usage: '',
  summary: 'List the runs of the workspace, newest change first, and why they do not move.',
  positionals: { min: 0, max: 0 },
  options: {
    ...queryOptions,
    limit: { type: 'string', value: 'N', help: 'at most this many rows (50)' },
    offset: { type: 'string', value: 'N', help: 'leave out this many rows (0)' },
  },
  examples: [
    'unstuck list --view attention',
    'unstuck list --status failed --where /inputs/orderId=4711',
    'unstuck list --view failed --group-by error',
    'unstuck list --query "workflow:etl age>1h" --json',
  ],
  run: async (context) => {
    const { options, signal, paint, now } = context
    const limit = wholeNumber(options.limit, 'limit') ?? 50
    const offset = wholeNumber(options.offset, 'offset') ?? 0
    const { groupBy, sort, ...which } = await readQuery(options, context)
    const client = await context.client()
    const call = { signal, onProgress: sayingSearch(context) }
    if (groupBy !== null) {
      const asked = { ...which, by: groupBy, limit, offset }
      const output = await client.call('run.groups', asked, call)
      return {
        output,
        lines: describeGroups(output, { by: groupBy, paint, now }),
        exit: exits.done,
      }
    }
    const input = { ...which, ...(sort === null ? {} : { sort }), limit, offset }
    const output = await client.call('run.list', input, call)
    const lines = describe(output, { paint, now, offset })
    return { output, lines, notes: unverifiedNotes(output), exit: exits.done }
  },
})

/** The first look at many files, and a search of many documents, say to a person how far they are. */
function sayingSearch({
  isTty,
  say,
}: Pick<CommandContext<OptionTable>, 'isTty' | 'say'>): (
  progress: FilesListed | StateSearch,
) => void {
  let told = 0
  return (progress) => {
    told += 1
    if (!isTty || told % 10 !== 0) return
    if ('listed' in progress) say(`Listed ${progress.listed} so far.`)
    else {
      const { searched, of, found } = progress
      say(`Searched the state of ${searched} of ${of}, ${found} found.`)
    }
  }
}

type View = { readonly paint: Paint; readonly now: number; readonly offset: number }

function describe(output: CallOutput<'run.list'>, view: View): readonly string[] {
  if (output.total === 0) return emptyLines(output.counts.all)
  const head = ['STATUS', 'RUN', 'WORKFLOW', 'STEPS', 'CHANGED', 'WHY'].map((title) =>
    view.paint('bold', title),
  )
  return [...table([head, ...output.rows.map((row) => cells(row, view))]), ...more(output, view)]
}

/** Of many runs a list reads only how each begins. */
function unverifiedNotes({ unverified = 0 }: CallOutput<'run.list'>): readonly string[] {
  if (unverified === 0) return []
  const runs = unverified === 1 ? '1 run was' : `${unverified} runs were`
  return [`${runs} told by the start of the head alone. Read one whole: unstuck check RUN`]
}

function emptyLines(all: number): readonly string[] {
  if (all > 0) return [`Nothing matches. The workspace has ${all} in all: unstuck list`]
  return ['There are no runs here. Start one: unstuck run FILE. Or look around: unstuck sample']
}

function cells(row: RunRow, { paint, now }: View): readonly string[] {
  const steps = row.stepsTotal === 0 ? '-' : `${row.stepsDone}/${row.stepsTotal}`
  return [
    paintStatus(paint, statusWord(row)),
    row.health === 'temporary' ? shortened(row.id, 48) : printable(row.id),
    shortened(row.workflow ?? '-', 24),
    steps,
    age(row.updatedAt, now),
    shortened(`${row.archived === true ? 'Archived. ' : ''}${row.reason.sentence}`, 100),
  ]
}

function more({ rows, total }: CallOutput<'run.list'>, { offset }: View): readonly string[] {
  const shown = offset + rows.length
  if (shown >= total && offset === 0) return []
  const next = shown < total ? ` Next: --offset ${shown}` : ''
  return ['', `${offset + 1} to ${shown} of ${total}.${next}`]
}
