// Every key of `unstuck.json`: what it does, what it takes, and the environment variable that stands over it.
import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import { CheckpointFrequency, CleanupSchedule, Settings } from '../../schema/settings.ts'

export type SettingKind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | {
      readonly kind: 'number'
      readonly isWhole: boolean
      readonly min: number
      readonly unit: string
      /** Null says that there is no limit. */
      readonly isOptional: boolean
    }
  /** A list of texts; `of` says what each is a pattern of. */
  | { readonly kind: 'patterns'; readonly of: 'keys' | 'values' | 'paths' }
  /** The command line of each engine. */
  | { readonly kind: 'commands' }
  /** Changed as JSON, or on the screen that is about it. */
  | { readonly kind: 'json' }

export type SettingSection = (typeof settingSections)[number]
export const settingSections = [
  'Persistence',
  'Checkpoints',
  'Steps',
  'Clean up',
  'Resume',
  'Redaction',
  'Unknown documents',
] as const

export type SettingRow = {
  readonly key: string
  readonly section: SettingSection
  readonly sentence: string
  readonly kind: SettingKind
  /** Left out: no variable stands over it. */
  readonly variable?: string
}

const number = { kind: 'number', isWhole: true, min: 0, isOptional: false, unit: '' } as const
const days = { ...number, isWhole: false, unit: 'days', isOptional: true } as const

/** In the order in which they are shown. */
export const settingRows: readonly SettingRow[] = [
  {
    key: 'persistence.enabled',
    section: 'Persistence',
    sentence: 'Runs are written to this folder. Off: a run is gone when its process ends.',
    kind: { kind: 'switch' },
    variable: 'UNSTUCK_CHECKPOINT_ENABLED',
  },
  {
    key: 'persistence.format',
    section: 'Persistence',
    sentence: 'How a run that has ended lies on the disk: as text, or compressed.',
    kind: {
      kind: 'choice',
      choices: Settings.shape.persistence.unwrap().shape.format.unwrap().options,
    },
    variable: 'UNSTUCK_FORMAT',
  },
  {
    key: 'checkpoint.frequency',
    section: 'Checkpoints',
    sentence: 'When a run that goes on makes a checkpoint by itself.',
    kind: { kind: 'choice', choices: CheckpointFrequency.options },
    variable: 'UNSTUCK_CHECKPOINT_FREQUENCY',
  },
  {
    key: 'checkpoint.interval',
    section: 'Checkpoints',
    sentence: 'Every how many steps, or after how many seconds, where the frequency counts them.',
    kind: { ...number, min: 1, unit: 'steps or seconds' },
    variable: 'UNSTUCK_CHECKPOINT_INTERVAL',
  },
  {
    key: 'steps.passEnvironment',
    section: 'Steps',
    sentence:
      'Variables of the environment that steps and resume commands get beside the base set: names, NAME* or *.',
    kind: { kind: 'json' },
  },
  {
    key: 'cleanup.schedule',
    section: 'Clean up',
    sentence: 'How often a host that has this workspace open cleans up by the policy below.',
    kind: { kind: 'choice', choices: CleanupSchedule.options },
  },
  {
    key: 'cleanup.trashDays',
    section: 'Clean up',
    sentence: 'How long the trash is kept before it is deleted for good.',
    kind: { ...days, isOptional: false },
  },
  {
    key: 'cleanup.retention.days.completed',
    section: 'Clean up',
    sentence: 'How long completed runs are kept.',
    kind: days,
  },
  {
    key: 'cleanup.retention.days.failed',
    section: 'Clean up',
    sentence: 'How long failed runs are kept.',
    kind: days,
  },
  {
    key: 'cleanup.retention.days.cancelled',
    section: 'Clean up',
    sentence: 'How long cancelled runs are kept.',
    kind: days,
  },
  {
    key: 'cleanup.retention.maxRunsPerWorkflow',
    section: 'Clean up',
    sentence: 'How many runs of a workflow are kept, the newest ones.',
    kind: { ...number, isOptional: true, unit: 'runs' },
  },
  {
    key: 'cleanup.retention.maxBytes',
    section: 'Clean up',
    sentence: 'How much all runs together may take.',
    kind: { ...number, isOptional: true, unit: 'bytes' },
  },
  {
    key: 'cleanup.retention.minDays',
    section: 'Clean up',
    sentence: 'Runs that ended more recently stay, whatever else is said.',
    kind: days,
  },
  {
    key: 'cleanup.retention.archive',
    section: 'Clean up',
    sentence:
      'Whether what may go is archived first, and after how many days it leaves the archive.',
    kind: { kind: 'json' },
  },
  {
    key: 'cleanup.retention.thin',
    section: 'Clean up',
    sentence:
      'After how many days checkpoints inside a run are thinned, and how many of them stay.',
    kind: { kind: 'json' },
  },
  {
    key: 'cleanup.retention.workflows',
    section: 'Clean up',
    sentence: 'What is kept otherwise of one workflow, by its name.',
    kind: { kind: 'json' },
  },
  {
    key: 'resume.commands',
    section: 'Resume',
    sentence: 'The command line that resumes the state of another engine, by engine.',
    kind: { kind: 'commands' },
  },
  {
    key: 'redaction.keys',
    section: 'Redaction',
    sentence:
      'Values under keys of these names are masked beside the built-in ones; * is any letters.',
    kind: { kind: 'patterns', of: 'keys' },
  },
  {
    key: 'redaction.values',
    section: 'Redaction',
    sentence: 'Texts that fit one of these patterns are masked wherever they stand.',
    kind: { kind: 'patterns', of: 'values' },
  },
  {
    key: 'redaction.paths',
    section: 'Redaction',
    sentence:
      'What stands at these paths of the state is masked; * is any key, ** any number of them.',
    kind: { kind: 'patterns', of: 'paths' },
  },
  {
    key: 'unknown.mappings',
    section: 'Unknown documents',
    sentence: 'What a person said of documents that no engine is known for.',
    kind: { kind: 'json' },
  },
]

export type SettingPlace = { readonly row: SettingRow; readonly path: readonly string[] }

/** The row of a key, and its path in the document: `resume.commands.tapps` is the command of one engine. Null: no such key. */
export function settingPlace(key: string): SettingPlace | null {
  const row = settingRows.find((one) => one.key === key)
  if (row !== undefined) return { row, path: key.split('.') }
  const above = settingRows.find(
    (one) => one.kind.kind === 'commands' && key.startsWith(`${one.key}.`),
  )
  const engine = above === undefined ? '' : key.slice(above.key.length + 1)
  return above === undefined || engine === ''
    ? null
    : { row: above, path: [...above.key.split('.'), engine] }
}

/** What holds where nobody says anything. */
export function defaultOf({ key }: SettingRow): Json {
  return valueAt(Settings.parse({}), key.split('.'))
}

export function valueAt(settings: Settings, path: readonly string[]): Json {
  let value: unknown = settings
  for (const part of path)
    value = Object.hasOwn(Object(value), part)
      ? (value as { readonly [key: string]: unknown })[part]
      : null // has it
  return value as Json // settings are JSON
}

/** What a setting takes, in words that end a sentence. */
export function expectedOf({ kind }: SettingRow): string {
  switch (kind.kind) {
    case 'switch':
      return 'true or false'
    case 'choice':
      return `one of ${kind.choices.join(', ')}`
    case 'number': {
      const least = kind.min === 0 ? '0 or more' : `at least ${kind.min}`
      const what = `${kind.isWhole ? 'a whole number' : 'a number'} of ${kind.unit}, ${least}`
      return kind.isOptional ? `${what}, or null for no limit` : what
    }
    case 'patterns':
      return patternLists[kind.of]
    case 'commands':
      return 'an object with a command line for each engine'
    case 'json':
      return 'JSON as the schema of unstuck.json has it'
    default:
      return assertNever(kind)
  }
}

const patternLists = {
  keys: 'a list of names of keys, such as ["pin", "card*"]',
  values: 'a list of regular expressions (RE2), such as ["\\\\b[0-9]{16}\\\\b"]',
  paths: 'a list of paths of the state, such as ["/inputs/card"]',
} as const
