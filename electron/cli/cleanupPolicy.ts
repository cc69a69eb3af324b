// The policy that the options of `unstuck cleanup` say.
import type { Retention } from '../../shared/schema/retention.ts'
import { Retention as RetentionSchema } from '../../shared/schema/retention.ts'
import { AppError } from '../../shared/errors.ts'
import type { OptionTable, OptionValues } from './command.ts'
import { bytes, json, positiveNumber, wholeNumber } from './values.ts'

export const policyOptions = {
  'completed-days': { type: 'string', value: 'N', help: 'completed runs that ended longer ago' },
  'failed-days': { type: 'string', value: 'N', help: 'failed runs that ended longer ago' },
  'cancelled-days': { type: 'string', value: 'N', help: 'cancelled runs that ended longer ago' },
  keep: { type: 'string', value: 'N', help: 'all but the newest N of each workflow' },
  'max-bytes': {
    type: 'string',
    value: 'BYTES',
    help: 'the oldest, until the rest is no larger; 500MB',
  },
  'min-days': { type: 'string', value: 'N', help: 'nothing that ended more recently' },
  archive: { type: 'boolean', help: 'to the archive instead of the trash' },
  'archive-days': {
    type: 'string',
    value: 'N',
    help: 'with --archive: archived runs that ended longer ago go to the trash',
  },
  'thin-days': {
    type: 'string',
    value: 'N',
    help: 'in runs that ended longer ago, checkpoints: the first, the last, named ones and those before a failure stay',
  },
  'thin-every': { type: 'string', value: 'N', help: 'with --thin-days: every N-th stays too' },
  'keep-workflow': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'every run of this workflow stays',
  },
  policy: {
    type: 'string',
    value: 'JSON',
    help: 'all of it at once, as cleanup.retention in unstuck.json',
  },
} as const satisfies OptionTable

/** Null where no option says anything of it. */
export function readPolicy(given: OptionValues<typeof policyOptions>): Retention | null {
  const { policy, ...others } = given
  const said = Object.keys(policyOptions).filter(
    (name) => name !== 'policy' && isGiven(others[name as keyof typeof others]), // a key of the same table
  )
  if (policy === undefined) return said.length === 0 ? null : fromOptions(given)
  if (said.length > 0)
    throw new AppError('invalid-input', 'Give --policy, or the limits one by one, not both.')
  const parsed = RetentionSchema.safeParse(json(policy, 'policy'))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const message = `--policy is none, at ${issue?.path.join('.') || 'its start'}: ${issue?.message ?? ''}`
  throw new AppError('invalid-input', message)
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
}

function fromOptions(given: OptionValues<typeof policyOptions>): Retention {
  const days = (name: 'completed-days' | 'failed-days' | 'cancelled-days') =>
    positiveNumber(given[name], name)
  const thinDays = positiveNumber(given['thin-days'], 'thin-days')
  const every = wholeNumber(given['thin-every'], 'thin-every')
  const archiveDays = positiveNumber(given['archive-days'], 'archive-days')
  if (every !== null && (thinDays === null || every < 2))
    throw new AppError('invalid-input', '--thin-every takes 2 or more, beside --thin-days.')
  if (archiveDays !== null && !given.archive)
    throw new AppError('invalid-input', '--archive-days belongs to --archive.')
  return {
    days: {
      completed: days('completed-days'),
      failed: days('failed-days'),
      cancelled: days('cancelled-days'),
    },
    maxRunsPerWorkflow: wholeNumber(given.keep, 'keep'),
    maxBytes: bytes(given['max-bytes'], 'max-bytes'),
    minDays: positiveNumber(given['min-days'], 'min-days'),
    archive: given.archive ? { days: archiveDays } : null,
    thin: thinDays === null ? null : { days: thinDays, every },
    workflows: Object.fromEntries(
      (given['keep-workflow'] ?? []).map((name) => [name, { keepAll: true }]),
    ),
  }
}
