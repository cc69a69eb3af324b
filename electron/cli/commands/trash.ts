import { readTrash } from '../../../shared/contract/cleanUpAll.ts'
import { applyWholePurge, readPurgePlan } from '../../../shared/contract/purgeAll.ts'
import type { PurgePlan } from '../../../shared/contract/upkeep.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeRows } from '../describe/rows.ts'
import { describeTrash, trashName } from '../describe/trash.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, showOrApply } from '../planOrApply.ts'
import { printable } from '../text/printable.ts'
import { count, size, time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { verbOf } from '../values.ts'

const options = {
  ...planOrApply,
  now: { type: 'boolean', help: 'also what was found expired less than a day ago' },
} as const

type Context = CommandContext<typeof options>

export const trashCommand = defineCommand({
  name: 'trash',
  usage: '[list|purge]',
  summary: 'List the trash, or delete for good what has expired in it.',
  details: [
    'Only entries whose expiry has passed are ever deleted, and only a day after they were first found expired, because a',
    'clock may be wrong; "--now" takes your word for it. "unstuck restore" brings back what is in the trash.',
  ],
  positionals: { min: 0, max: 1 },
  options,
  examples: ['unstuck trash', 'unstuck trash purge', 'unstuck trash purge --apply'],
  run: async (context) => {
    const verb = verbOf(context.positionals[0] ?? 'list', ['list', 'purge'], 'trash')
    return verb === 'purge' ? purge(context) : list(context)
  },
})

async function list(context: Context): Promise<Outcome> {
  const { plan, apply, now } = context.options
  if (plan || apply || now)
    throw new AppError(
      'invalid-input',
      '--plan, --apply and --now belong to "unstuck trash purge".',
    )
  const output = await readTrash(await context.client(), context)
  return { output, lines: describeTrash(output.entries, context.now), exit: exits.done }
}

function purge(context: Context): Promise<Outcome> {
  const input = { recent: context.options.now }
  return showOrApply(context, {
    plan: (client) => readPurgePlan(client, input, context),
    show: (planned) => ({ output: planned, lines: describe(planned.plan), exit: exits.done }),
    nothing: ({ plan }) =>
      isIdle(plan)
        ? {
            output: { rows: [], freedBytes: 0, left: 0 },
            lines: [nothingExpired],
            exit: exits.done,
          }
        : null,
    apply: (client, approval, work) => applyWholePurge(client, { ...input, ...approval }, work),
    describe: (output, { plan }) => [
      ...(output.rows.length === 0 ? [] : describeRows(output.rows)),
      `${size(output.freedBytes)} deleted for good.`,
      ...waitingLines(plan, { isNoted: true }),
    ],
  })
}

function describe(plan: PurgePlan): readonly string[] {
  if (isIdle(plan)) return [nothingExpired]
  const { victims, leftPurges } = plan
  const rows = victims.map((entry) => [
    printable(entry.id),
    trashName(entry),
    size(entry.sizeBytes),
    `kept until ${time(entry.expiresAt)}`,
  ])
  const left = leftPurges.map(({ id, files, sizeBytes }) => [
    printable(id),
    `${count(files, 'file')} left, ${size(sizeBytes)}`,
  ])
  const total = `${count(victims.length, 'entry', 'entries')} would be deleted for good, ${size(plan.sizeBytes)}.`
  return [
    ...table(rows),
    total,
    ...section('Deletions that were cut short, and are finished with them', table(left)),
    ...waitingLines(plan, { isNoted: false }),
    ...(victims.length + left.length === 0 ? [] : ['', 'Do it: the same command with --apply']),
  ]
}

function isIdle({ victims, leftPurges, waiting }: PurgePlan): boolean {
  return victims.length + leftPurges.length + waiting.length === 0
}

const nothingExpired =
  'Nothing in the trash has expired. "unstuck trash" says how long each is kept.'

function waitingLines(
  { waiting }: PurgePlan,
  { isNoted }: { readonly isNoted: boolean },
): readonly string[] {
  if (waiting.length === 0) return []
  const rows = waiting.map(({ entry, until }) => [
    printable(entry.id),
    trashName(entry),
    isNoted || entry.seenExpiredAt !== null
      ? `from ${time(until)} on`
      : 'a day after --apply has noted it',
  ])
  return [
    ...section('Expired, and waits a day in case the clock is wrong', table(rows)),
    '',
    'Without the wait: unstuck trash purge --now --apply',
  ]
}
