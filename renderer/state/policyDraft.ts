// The policy of cleaning up as it stands in the form: what is typed is kept while its rule is off.
import type { CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import type { RetentionOverride } from '../../shared/schema/retention.ts'

export const policyFields = [
  'completed',
  'failed',
  'cancelled',
  'maxRunsPerWorkflow',
  'maxMegabytes',
  'minDays',
  'archive',
  'archiveDays',
  'thinDays',
  'thinEvery',
] as const
export type PolicyField = (typeof policyFields)[number]

export type PolicyRule = { readonly isOn: boolean; readonly text: string }

/** `saved`: more than the form can say; it stays as it is in the settings. */
export type OverrideKind = 'all' | 'days' | 'newest' | 'saved'
export type OverrideDraft = {
  readonly workflow: string
  readonly kind: OverrideKind
  readonly text: string
  readonly saved: RetentionOverride | null
}

export type PolicyDraft = { readonly [F in PolicyField]: PolicyRule } & {
  readonly workflows: readonly OverrideDraft[]
}

export type PolicyProblems = { readonly [F in PolicyField]?: string } & {
  /** By workflow. */
  readonly workflows?: Readonly<Record<string, string>>
}

export const initialDraft: PolicyDraft = {
  completed: { isOn: true, text: '30' },
  failed: { isOn: false, text: '90' },
  cancelled: { isOn: false, text: '30' },
  maxRunsPerWorkflow: { isOn: false, text: '50' },
  maxMegabytes: { isOn: false, text: '1000' },
  minDays: { isOn: false, text: '1' },
  archive: { isOn: false, text: '' },
  archiveDays: { isOn: false, text: '365' },
  thinDays: { isOn: false, text: '7' },
  thinEvery: { isOn: false, text: '10' },
  workflows: [],
}

export const noPolicy: CleanupPolicy = {
  days: { completed: null, failed: null, cancelled: null },
  maxRunsPerWorkflow: null,
  maxBytes: null,
  minDays: null,
  archive: null,
  thin: null,
  workflows: {},
}

/** The policy that a form says, or what is wrong with it, a sentence a field. */
export function readPolicy(draft: PolicyDraft): {
  readonly policy: CleanupPolicy | null
  readonly problems: PolicyProblems
} {
  const problems = problemsOf(draft)
  if (Object.keys(problems).length > 0) return { policy: null, problems }
  const limit = (field: PolicyField): number | null => {
    const read = readRule(field, draft[field])
    return typeof read === 'number' ? read : null
  }
  const [megabytes, thinDays] = [limit('maxMegabytes'), limit('thinDays')]
  const policy: CleanupPolicy = {
    days: {
      completed: limit('completed'),
      failed: limit('failed'),
      cancelled: limit('cancelled'),
    },
    maxRunsPerWorkflow: limit('maxRunsPerWorkflow'),
    maxBytes: megabytes === null ? null : Math.round(megabytes * bytesPerMegabyte),
    minDays: limit('minDays'),
    archive: draft.archive.isOn ? { days: limit('archiveDays') } : null,
    thin: thinDays === null ? null : { days: thinDays, every: limit('thinEvery') },
    workflows: Object.fromEntries(
      draft.workflows.map((one) => [one.workflow, overrideFrom(one)] as const),
    ),
  }
  return { policy, problems }
}

function problemsOf(draft: PolicyDraft): PolicyProblems {
  const fields = policyFields.flatMap((field) => {
    const read = readRule(field, draft[field])
    return typeof read === 'string' && !isUnused(field, draft) ? [[field, read] as const] : []
  })
  const workflows = draft.workflows.flatMap((one) => {
    const problem = overrideProblem(one)
    return problem === null ? [] : [[one.workflow, problem] as const]
  })
  const own = workflows.length === 0 ? {} : { workflows: Object.fromEntries(workflows) }
  return { ...Object.fromEntries(fields), ...own }
}

/** A rule within another one that is off. */
function isUnused(field: PolicyField, draft: PolicyDraft): boolean {
  if (field === 'archiveDays') return !draft.archive.isOn
  return field === 'thinEvery' && !draft.thinDays.isOn
}

/** Null: the rule is off. A text: what is wrong with it. */
function readRule(field: PolicyField, drafted: PolicyRule): number | string | null {
  if (!drafted.isOn || field === 'archive') return null
  const value = numberIn(drafted.text)
  if (value === null) return 'Enter a number from 0 up.'
  if (field === 'thinEvery' && (value < 2 || !Number.isInteger(value)))
    return 'Enter a whole number from 2 up.'
  if (field === 'maxRunsPerWorkflow' && !Number.isInteger(value)) return 'Enter a whole number.'
  return value
}

function numberIn(text: string): number | null {
  const value = Number(text.trim())
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? null : value
}

function overrideProblem({ kind, text }: OverrideDraft): string | null {
  if (kind === 'all' || kind === 'saved') return null
  const value = numberIn(text)
  if (value === null) return 'Enter a number from 0 up.'
  return kind === 'newest' && !Number.isInteger(value) ? 'Enter a whole number.' : null
}

function overrideFrom({ kind, text, saved }: OverrideDraft): RetentionOverride {
  const value = numberIn(text) ?? 0
  switch (kind) {
    case 'all':
      return { keepAll: true }
    case 'days':
      return { days: { completed: value, failed: value, cancelled: value } }
    case 'newest':
      return { maxRunsPerWorkflow: value }
    default:
      return saved ?? {}
  }
}

function rule(field: PolicyField, value: number | null): PolicyRule {
  const text = value === null ? initialDraft[field].text : String(value)
  return { isOn: value !== null, text }
}

/** The form of a policy that is saved. */
export function draftOf(policy: CleanupPolicy): PolicyDraft {
  const { days, archive, thin } = policy
  return {
    completed: rule('completed', days.completed),
    failed: rule('failed', days.failed),
    cancelled: rule('cancelled', days.cancelled),
    maxRunsPerWorkflow: rule('maxRunsPerWorkflow', policy.maxRunsPerWorkflow),
    maxMegabytes: rule(
      'maxMegabytes',
      policy.maxBytes === null ? null : policy.maxBytes / bytesPerMegabyte,
    ),
    minDays: rule('minDays', policy.minDays),
    archive: { isOn: archive !== null, text: '' },
    archiveDays: rule('archiveDays', archive?.days ?? null),
    thinDays: rule('thinDays', thin?.days ?? null),
    thinEvery: rule('thinEvery', thin?.every ?? null),
    workflows: Object.entries(policy.workflows).map(([workflow, saved]) =>
      overrideDraft(workflow, saved),
    ),
  }
}

function overrideDraft(workflow: string, saved: RetentionOverride): OverrideDraft {
  const { keepAll, days, maxRunsPerWorkflow: most, ...others } = saved
  const base = { workflow, text: '', saved }
  if (Object.keys(others).length > 0) return { ...base, kind: 'saved' }
  if (keepAll === true && days === undefined && most === undefined) return { ...base, kind: 'all' }
  const { completed, failed, cancelled } = days ?? {}
  const isSame = completed === failed && failed === cancelled
  if (keepAll !== true && isSame && typeof completed === 'number' && most === undefined)
    return { ...base, kind: 'days', text: String(completed) }
  if (keepAll !== true && days === undefined && typeof most === 'number')
    return { ...base, kind: 'newest', text: String(most) }
  return { ...base, kind: 'saved' }
}

/** True when a clean-up would choose by at least one rule. */
export function hasRule(draft: PolicyDraft): boolean {
  const limits = ['completed', 'failed', 'cancelled', 'maxRunsPerWorkflow', 'maxMegabytes'] as const
  return (
    limits.some((field) => draft[field].isOn) ||
    draft.thinDays.isOn ||
    (draft.archive.isOn && draft.archiveDays.isOn) ||
    draft.workflows.some(({ kind }) => kind !== 'all')
  )
}

const bytesPerMegabyte = 1_000_000
