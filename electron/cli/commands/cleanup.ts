import { applyWholeCleanup, readCleanupPlan } from '../../../shared/contract/cleanUpAll.ts'
import type { CallInput, CallOutput } from '../../../shared/contract/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import { CleanupSchedule } from '../../../shared/schema/settings.ts'
import { policyOptions, readPolicy } from '../cleanupPolicy.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeCleanup, describeCleanupSettings } from '../describe/cleanup.ts'
import { describeEngineCleanup } from '../describe/document.ts'
import { describeRows } from '../describe/rows.ts'
import { exits } from '../exitCodes.ts'
import { findRunIds } from '../findRunIds.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { planOrApply, showOrApply } from '../planOrApply.ts'
import { size } from '../text/quantities.ts'
import { oneOf, positiveNumber, wholeNumber } from '../values.ts'

const options = {
  ...planOrApply,
  ...policyOptions,
  digest: {
    type: 'string',
    value: 'DIGEST',
    help: 'with --apply and --as-of: only if this is still the plan of that digest',
  },
  'as-of': { type: 'string', value: 'TIME', help: 'the moment for which it was planned' },
  save: { type: 'boolean', help: 'keep this policy in unstuck.json' },
  schedule: {
    type: 'string',
    value: 'WHEN',
    help: 'with --save: off, hourly, daily or weekly; done by a host that has the workspace open',
  },
  'trash-days': { type: 'string', value: 'N', help: 'with --save: how long the trash is kept' },
  ...passphraseOption,
  saved: { type: 'boolean', help: 'show the policy that is kept, and what came of it last' },
  engines: {
    type: 'boolean',
    help: 'the state of other engines instead, by the rules of each',
  },
  'older-than': { type: 'string', value: 'DAYS', help: 'with --engines: what is older' },
  'keep-latest': { type: 'string', value: 'N', help: 'with --engines: all but the newest N' },
} as const

type Context = CommandContext<typeof options>
type Policy = CallOutput<'cleanup.settings.get'>['retention']

export const cleanupCommand = defineCommand({
  name: 'cleanup',
  usage: '[RUN…]',
  summary: 'Plan which runs may go, and with --apply move them to the trash.',
  details: [
    'Only runs at rest ever go; pinned, locked and damaged ones stay. "unstuck restore" brings them back.',
    'Without a limit the policy is taken that unstuck.json has.',
    'With --archive and a passphrase the archives are encrypted. A clean-up by schedule takes it from the file that UNSTUCK_ARCHIVE_PASSPHRASE_FILE names.',
  ],
  positionals: { min: 0, max: 5_000 },
  options,
  examples: [
    'unstuck cleanup deploy-2026 --apply',
    'unstuck cleanup --completed-days 30 --failed-days 90',
    'unstuck cleanup --keep 20 --max-bytes 2GB --apply',
    'unstuck cleanup --completed-days 30 --archive --save --schedule daily',
  ],
  run: async (context) => {
    if (context.options.engines) return cleanEngines(context)
    if (context.options.save) return save(context)
    if (context.options.saved) return showSaved(context)
    const chosen = await chosenBy(context)
    const { digest } = context.options
    return showOrApply(context, {
      plan: async (client) => asApproved(digest, await readCleanupPlan(client, chosen, context)),
      show: (planned) => shown(planned, planned, context.now),
      nothing: (planned) =>
        planned.plan.total === 0
          ? shown({ rows: [], freedBytes: 0, nextOffset: null, total: 0 }, planned, context.now)
          : null,
      apply: async (client, approval, work) => {
        const passphrase = await readPassphrase(context.options['passphrase-file'], context)
        return applyWholeCleanup(client, { ...chosen, ...approval, passphrase }, work)
      },
      describe: ({ rows, freedBytes, total }) => [
        ...describeRows(rows),
        ...(rows.length < total ? [`${total - rows.length} not reached.`] : []),
        `${size(freedBytes)} freed where the runs were. Bring them back: unstuck restore, unstuck unarchive`,
      ],
    })
  },
})

/** [X43] What is applied is what was shown, also by another process. */
function asApproved<P extends { readonly digest: string }>(
  digest: string | undefined,
  planned: P,
): P {
  if (digest === undefined || digest === planned.digest) return planned
  throw new AppError('stale', 'Something changed since this was planned. Look at the plan again.', {
    digest: planned.digest,
  })
}

async function showSaved(context: Context): Promise<Outcome> {
  const saved = await (await context.client()).call('cleanup.settings.get', {}, context)
  return { output: saved, lines: describeCleanupSettings(saved), exit: exits.done }
}

async function save(context: Context): Promise<Outcome> {
  const client = await context.client()
  const before = await client.call('cleanup.settings.get', {}, context)
  const { schedule, 'trash-days': trashDays } = context.options
  const next = {
    retention: readPolicy(context.options) ?? before.retention,
    schedule: oneOf(schedule, CleanupSchedule.options, 'schedule') ?? before.schedule,
    trashDays: positiveNumber(trashDays, 'trash-days') ?? before.trashDays,
    rev: before.rev,
  }
  const output = await client.call('cleanup.settings.set', next, context)
  const line = output.observed
    ? 'The policy is in unstuck.json. See it: unstuck cleanup --saved'
    : 'unstuck.json was written, and changed at once. Look at it again.'
  return { output, lines: [line], exit: exits.done }
}

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

/** Runs that are named, what the options say of all of them, or what is saved. */
async function chosenBy(context: Context): Promise<CallInput<'cleanup.plan'>> {
  const { positionals } = context
  const policy = readPolicy(context.options)
  const asOf = asOfGiven(context)
  if (positionals.length === 0) return { policy: policy ?? (await savedPolicy(context)), asOf }
  if (policy !== null)
    throw new AppError('invalid-input', 'Name runs, or say which may go by their age, not both.')
  const client = await context.client()
  return { policy: {}, asOf, runs: await findRunIds({ ...context, client }, positionals) }
}

function asOfGiven({ options: given }: Context): string | null {
  const { digest, 'as-of': asOf } = given
  if (digest !== undefined && asOf === undefined)
    throw new AppError('invalid-input', '--digest needs --as-of: the plan says both.')
  return asOf ?? null
}

async function savedPolicy(context: Context): Promise<Policy> {
  const client = await context.client()
  const { retention, isSaved } = await client.call('cleanup.settings.get', {}, context)
  if (isSaved) return retention
  throw new AppError('invalid-input', 'Say which runs may go, for example --completed-days 30.')
}

function shown(output: unknown, planned: CallOutput<'cleanup.plan'>, now: number): Outcome {
  return { output, lines: describeCleanup(planned, now), exit: exits.done }
}
