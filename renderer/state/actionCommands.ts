// The command lines that do what the screens do.
import type { CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import { option, shellLine, withOptions } from './shellLine.ts'

export type RepairChoices = {
  readonly source: string | null
  readonly rejected: readonly string[]
}

export function repairCommand(document: string, { source, rejected }: RepairChoices): string {
  const options = [
    ...(source === null ? [] : option('source', source)),
    ...rejected.flatMap((fix) => option('reject', fix)),
    '--apply',
  ]
  return unstuck('repair', [document], options)
}

export function checkCommand(): string {
  return unstuck('check', [])
}

/** Null: every old document of the workspace. */
export function migrateCommand(document: string | null): string {
  return unstuck('migrate', document === null ? [] : [document], ['--apply'])
}

export function rollBackCommand(run: string): string {
  return unstuck('migrate', [run], ['--rollback'])
}

/** Null where no rule is on: the command line refuses a clean-up without one. */
export function cleanupCommand(
  policy: CleanupPolicy,
  { encrypts = false }: { readonly encrypts?: boolean } = {},
) {
  const { days, maxRunsPerWorkflow, maxBytes, minDays, archive, thin, workflows } = policy
  const secret = encrypts ? ['--passphrase-file', 'passphrase.txt'] : []
  if (Object.keys(workflows).length > 0)
    return unstuck('cleanup', [], ['--policy', JSON.stringify(policy), ...secret, '--apply'])
  const rules = [
    ...limit('completed-days', days.completed),
    ...limit('failed-days', days.failed),
    ...limit('cancelled-days', days.cancelled),
    ...limit('keep', maxRunsPerWorkflow),
    ...limit('max-bytes', maxBytes),
    ...limit('thin-days', thin?.days ?? null),
    ...limit('thin-every', thin?.every ?? null),
    ...limit('archive-days', archive?.days ?? null),
  ]
  if (rules.length === 0) return null
  const others = [...limit('min-days', minDays), ...(archive === null ? [] : ['--archive'])]
  return unstuck('cleanup', [], [...rules, ...others, ...secret, '--apply'])
}

/** The state of other engines, by the rules of each. */
export function engineCleanupCommand(input: {
  readonly olderThanDays?: number | null | undefined
  readonly keepLatest?: number | null | undefined
}): string {
  const limits = [
    ...limit('older-than', input.olderThanDays ?? null),
    ...limit('keep-latest', input.keepLatest ?? null),
  ]
  return unstuck('cleanup', [], ['--engines', ...limits, '--apply'])
}

export function restoreCommand(entries: readonly string[]): string {
  return unstuck('restore', entries)
}

export const runVerbs = [
  'show',
  'resume',
  'pause',
  'cancel',
  'approve',
  'reject',
  'retry',
  'checkpoint',
  'repair',
  'archive',
  'unarchive',
] as const
export type RunVerb = (typeof runVerbs)[number]

/** What is done with one run, without further choices. */
export function runCommand(verb: RunVerb, document: string): string {
  return unstuck(verb, [document], verb === 'repair' ? ['--apply'] : [])
}

export type CommandSide = { readonly document: string; readonly checkpoint: string | null }

/** Null where it cannot be said: a document whose name has an @ would be read as a run at a checkpoint. */
export function compareCommand(left: CommandSide, right: CommandSide): string | null {
  const sides = [left, right].map(sideWord)
  const words = sides.filter((side) => side !== null)
  return words.length < sides.length ? null : unstuck('diff', words)
}

function sideWord({ document, checkpoint }: CommandSide): string | null {
  if (checkpoint !== null) return `${document}@${checkpoint}`
  return document.includes('@') ? null : document
}

function limit(name: string, value: number | null): readonly string[] {
  return value === null ? [] : option(name, String(value))
}

function unstuck(
  command: string,
  operands: readonly string[],
  options: readonly string[] = [],
): string {
  return shellLine(['unstuck', command, ...withOptions(operands, options)])
}

export type ErrorWords = {
  readonly more?: number | null
  /** From now on. */
  readonly days?: number | null
  readonly reason?: string | null
}

/** What is looked at or said of an error. */
export function errorCommand(
  verb: 'show' | 'resolve' | 'mute' | 'reopen',
  id: string,
  { more = null, days = null, reason = null }: ErrorWords = {},
): string {
  return unstuck(
    'errors',
    [verb, id],
    [
      ...limit('more', more),
      ...(days === null ? [] : option('until', `${days * 24}h`)),
      ...(reason === null ? [] : option('reason', reason)),
    ],
  )
}

/** Takes an operation of the log back. */
export function undoOperationCommand(id: string): string {
  return unstuck('undo', [], option('operation', id))
}
