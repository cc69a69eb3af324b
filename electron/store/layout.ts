// Where everything lies in a workspace. All paths are relative to its root and written with `/`.
import { AppError } from '../../shared/errors.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'

export const places = {
  runs: 'runs',
  logs: 'logs',
  state: '.unstuck',
  locks: '.unstuck/locks',
  steps: '.unstuck/steps',
  backups: '.unstuck/backups',
  trash: '.unstuck/trash',
  changes: '.unstuck/changes',
  operations: '.unstuck/operations.jsonl',
} as const

export function headPath(day: string, run: RunId): string {
  return `${places.runs}/${day}/${run}.json`
}

export function journalPath(day: string, run: RunId): string {
  return `${places.runs}/${day}/${run}.jsonl`
}

export function lockPath(run: RunId): string {
  return `${places.locks}/${run}.json`
}

export function backupFolder(run: RunId): string {
  return `${places.backups}/${run}`
}

export function logFolder(run: RunId): string {
  return `${places.logs}/${run}`
}

export function stepsFolder(run: RunId): string {
  return `${places.steps}/${run}`
}

export function logPath(run: RunId, step: string, attempt: number): string {
  return `${logFolder(run)}/${checkStep(step)}.${attempt}.log`
}

export function stepPath(run: RunId, step: string, attempt: number): string {
  return `${stepsFolder(run)}/${checkStep(step)}.${attempt}`
}

export function isDay(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name)
}

/** The UTC day of a moment, as a folder is named. */
export function dayOf(at: string): string {
  const day = at.slice(0, 10)
  if (isDay(day)) return day
  throw new AppError('invalid-input', `"${at}" is no time. Expected 2026-01-02T03:04:05.678Z.`)
}

/** The day that a run's id claims: `<workflow>-<UTC time, compact>-<random>`. */
export function dayInId(run: RunId): string | null {
  const match = /(?:^|-)(\d{4})(\d{2})(\d{2})t?\d{4,9}z?(?:-|$)/.exec(run)
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`
}

/** The run whose head or journal has this name; null for any other name. */
export function runOfFile(name: string): RunId | null {
  const stem = /^(.+)\.jsonl?$/.exec(name)?.[1]
  const id = RunId.safeParse(stem)
  return id.success ? id.data : null
}

export function isTemporary(name: string): boolean {
  return /\.tmp$/i.test(name)
}

function checkStep(step: string): string {
  const id = StepId.safeParse(step)
  if (id.success) return id.data
  throw new AppError('invalid-input', `"${step}" is no step id, so it has no place on disk.`)
}
