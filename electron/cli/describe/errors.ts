import type { CallOutput } from '../../../shared/contract/contract.ts'
import { writeTerm } from '../../../shared/core/query/writeTerm.ts'
import type { ErrorState, ErrorTry } from '../../../shared/schema/errorGroup.ts'
import { errorBars } from '../text/errorBars.ts'
import type { Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { age, count, time } from '../text/quantities.ts'
import { shellLine } from '../text/shellLine.ts'
import { section, table } from '../text/table.ts'

type Look = { readonly paint: Paint; readonly now: number }

/** A line an error: the open ones first. */
export function describeErrors(
  { groups, total, counts }: CallOutput<'error.list'>,
  { offset, paint, now }: Look & { readonly offset: number },
): readonly string[] {
  const sums = `${counts.open} open, ${counts.muted} muted, ${counts.resolved} resolved`
  if (groups.length === 0) return [`No such errors. ${sums}.`]
  const head = ['ID', 'STATE', 'LEFT', 'RUNS', 'LAST', 'ERROR'].map((title) => paint('bold', title))
  const rows = groups.map(({ id, error, left, runs, lastAt, standing }) => [
    id,
    paint(colours[standing.state], standing.again === null ? standing.state : 'again'),
    String(left),
    String(runs),
    age(lastAt, now),
    shortened(error, 100),
  ])
  const next = offset + groups.length
  const more = next < total ? [`There are more. Next: --offset ${next}`] : []
  return [...table([head, ...rows]), '', sums, ...more]
}

const colours = { open: 'red', muted: 'dim', resolved: 'green' } as const satisfies Record<
  ErrorState,
  string
>

/** All that is known of one. */
export function describeError(
  detail: CallOutput<'error.get'>,
  log: readonly string[],
  { paint, now }: Look,
): readonly string[] {
  const { error, standing, left, runs, bars, tries, triesTotal, newest, message } = detail
  const seen = `${count(runs, 'run')} failed like this, ${left} left; first ${time(detail.firstAt)}, last ${time(detail.lastAt)}`
  const others = tries.length < triesTotal ? [`and ${triesTotal - tries.length} more`] : []
  return [
    paint('bold', printable(error)),
    `${paint(colours[standing.state], standing.state)}: ${printable(standing.sentence)}`,
    seen,
    ...(bars === null ? [] : [`${errorBars(bars.counts)}  since ${time(bars.fromAt)}`]),
    ...section(
      'Workflows',
      table(
        detail.workflows.map((one) => [
          shortened(one.workflow ?? '-', 40),
          shortened(one.version ?? '-', 24),
          count(one.count, 'run'),
        ]),
      ),
    ),
    ...section(
      'Newest runs',
      table(
        detail.examples.map((row) => [
          printable(row.id),
          age(row.finishedAt ?? row.updatedAt, now),
          row.supersededBy === null ? '' : `went on as ${printable(row.supersededBy)}`,
        ]),
      ),
    ),
    ...section('What the newest says', message === null ? [] : message.split('\n').map(printable)),
    ...section(
      newest === null ? 'Log' : `Log of ${newest.step}, attempt ${newest.attempt}`,
      log.map(printable),
    ),
    ...section('Tried', [...table(tries.map(tryCells)), ...others]),
    ...(left === 0 ? [] : ['', `Those that are left: ${shellLine(listLeft(detail))}`]),
  ]
}

function listLeft({ filter }: CallOutput<'error.get'>): readonly string[] {
  return ['unstuck', 'list', '--query', filter.map(writeTerm).join(' ')]
}

function tryCells({ kind, run, goesOn, at, by, edited, outcome }: ErrorTry): readonly string[] {
  const what = edited ? `edit, ${kind}` : kind
  const on = goesOn === run ? run : `${run} as ${goesOn}`
  return [time(at), by ?? '-', what, printable(on), outcomes[outcome]]
}

const outcomes = {
  past: 'got past it',
  same: 'failed like this again',
  other: 'failed otherwise',
  going: 'under way',
  rests: 'stopped before it was seen',
  none: 'nothing came of it yet',
  unknown: 'cannot be read',
} as const satisfies Record<ErrorTry['outcome'], string>
