import type { CallInput } from '../../../shared/contract/contract.ts'
import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeEngineCleanup } from '../describe/document.ts'
import { describeRows } from '../describe/rows.ts'
import { exits } from '../exitCodes.ts'
import { findRunIds } from '../findRunIds.ts'
import { planOrApply, showOrApply } from '../planOrApply.ts'
import { printable } from '../text/printable.ts'
import { age, count, size } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { bytes, positiveNumber, wholeNumber } from '../values.ts'

const options = {
  ...planOrApply,
  'completed-days': { type: 'string', value: 'N', help: 'completed runs that ended longer ago' },
  'failed-days': { type: 'string', value: 'N', help: 'failed runs that ended longer ago' },
  'cancelled-days': { type: 'string', value: 'N', help: 'cancelled runs that ended longer ago' },
  keep: { type: 'string', value: 'N', help: 'all but the newest N of each workflow' },
  engines: {
    type: 'boolean',
    help: 'the state of other engines instead, by the rules of each',
  },
  'older-than': { type: 'string', value: 'DAYS', help: 'with --engines: what is older' },
  'keep-latest': { type: 'string', value: 'N', help: 'with --engines: all but the newest N' },
  'max-bytes': {
    type: 'string',
    value: 'BYTES',
    help: 'the oldest, until the rest is no larger; 500MB',
  },
} as const

type Context = CommandContext<typeof options>
type Policy = CallInput<'cleanup.plan'>['policy']

export const cleanupCommand = defineCommand({
  name: 'cleanup',
  usage: '[RUN…]',
  summary: 'Plan which runs may go, and with --apply move them to the trash.',
  details: [
    'Only runs at rest ever go; pinned, locked and damaged ones stay. "unstuck restore" brings them back.',
  ],
  positionals: { min: 0, max: 5_000 },
  options,
  examples: [
    'unstuck cleanup deploy-2026 --apply',
    'unstuck cleanup --completed-days 30 --failed-days 90',
    'unstuck cleanup --keep 20 --max-bytes 2GB --apply',
  ],
  run: async (context) => {
    if (context.options.engines) return cleanEngines(context)
    const chosen = await chosenBy(context)
    return showOrApply(context, {
      plan: (client) => client.call('cleanup.plan', chosen, context),
      show: (planned) => shown(planned, planned.plan, context.now),
      nothing: ({ plan }) =>
        plan.victims.length === 0 ? shown({ rows: [], freedBytes: 0 }, plan, context.now) : null,
      apply: (client, approval, work) =>
        client.call('cleanup.apply', { ...chosen, ...approval }, work),
      describe: ({ rows, freedBytes }) => [
        ...describeRows(rows),
        `${size(freedBytes)} moved to the trash. Bring them back: unstuck restore`,
      ],
    })
  },
})

function cleanEngines(context: Context): Promise<Outcome> {
  const { 'older-than': days, 'keep-latest': latest } = context.options
  const input = {
    olderThanDays: positiveNumber(days, 'older-than'),
    keepLatest: wholeNumber(latest, 'keep-latest'),
  }
  return showOrApply(context, {
    plan: (client) => client.call('document.cleanup.plan', input, context),
    show: (planned) => ({
      output: planned,
      lines: describeEngineCleanup(planned.plan),
      exit: exits.done,
    }),
    nothing: ({ plan }) =>
      plan.ready
        ? null
        : { output: { rows: [] }, lines: describeEngineCleanup(plan), exit: exits.done },
    apply: (client, approval, work) =>
      client.call('document.cleanup.apply', { ...input, ...approval }, work),
    describe: ({ rows }) => [...describeRows(rows), 'Bring them back: unstuck restore'],
  })
}

/** Runs that are named, or what the options say of all of them. */
async function chosenBy(context: Context): Promise<CallInput<'cleanup.plan'>> {
  const { positionals } = context
  if (positionals.length === 0) return { policy: policyOf(context) }
  const policy = readPolicy(context)
  if (isSet(policy))
    throw new AppError('invalid-input', 'Name runs, or say which may go by their age, not both.')
  const client = await context.client()
  return { policy, runs: await findRunIds({ ...context, client }, positionals) }
}

function policyOf(context: Context): Policy {
  const policy = readPolicy(context)
  if (isSet(policy)) return policy
  throw new AppError('invalid-input', 'Say which runs may go, for example --completed-days 30.')
}

function isSet({ days, maxRunsPerWorkflow, maxBytes }: Policy): boolean {
  return [...Object.values(days), maxRunsPerWorkflow, maxBytes].some((limit) => limit !== null)
}

function readPolicy({ options: given }: Context): Policy {
  return {
    days: {
      completed: positiveNumber(given['completed-days'], 'completed-days'),
      failed: positiveNumber(given['failed-days'], 'failed-days'),
      cancelled: positiveNumber(given['cancelled-days'], 'cancelled-days'),
    },
    maxRunsPerWorkflow: wholeNumber(given.keep, 'keep'),
    maxBytes: bytes(given['max-bytes'], 'max-bytes'),
  }
}

function shown(output: unknown, plan: CleanupPlan, now: number): Outcome {
  return { output, lines: describe(plan, now), exit: exits.done }
}

function describe(plan: CleanupPlan, now: number): readonly string[] {
  const rows = plan.victims.map((victim) => [
    victim.status,
    printable(victim.run),
    age(victim.finishedAt, now),
    size(victim.sizeBytes),
    printable(victim.reason),
  ])
  const kept = plan.kept.map((group) => [String(group.count), printable(group.reason)])
  const total = `${count(rows.length, 'run')} would go to the trash, ${size(plan.sizeBytes)}.`
  const hint = rows.length === 0 ? [] : ['', 'Do it: the same command with --apply']
  return [...table(rows), total, ...section('Stays', table(kept)), ...hint]
}
