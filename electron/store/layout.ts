// Where everything lies in a workspace. All paths are relative to its root and written with `/`.
import { AppError } from '../../shared/errors.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'
import { archiveEnding, isDay, places } from './places.ts'

export { isDay, isTemporary, places } from './places.ts'

export function headPath(day: string, run: RunId): string {
  return `${places.runs}/${day}/${run}.json`
}

export function journalPath(day: string, run: RunId): string {
  return `${places.runs}/${day}/${run}.jsonl`
}

/** A head or journal that is compressed in place. */
export function compressedPath(path: string): string {
  return `${path}.zst`
}

/** The one file of a run that was archived. */
export function archivePath(day: string, run: RunId): string {
  return `${places.archive}/${day}/${run}${archiveEnding}`
}

/** The run whose archive has this name; null for any other name. */
export function runOfArchive(name: string): RunId | null {
  if (!name.endsWith(archiveEnding)) return null
  const id = RunId.safeParse(name.slice(0, -archiveEnding.length))
  return id.success ? id.data : null
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

/** The UTC day of a moment, as a folder is named. */
export function dayOf(at: string): string {
  const day = at.slice(0, 10)
  if (isDay(day)) return day
  throw new AppError('invalid-input', `"${at}" is no time. Expected 2026-01-02T03:04:05.678Z.`)
}

/** The day that a run's id claims: `<workflow>-<UTC time, compact>-<random>`. */
export function dayInId(run: string): string | null {
  const match = /(?:^|-)(\d{4})(\d{2})(\d{2})t?\d{4,9}z?(?:-|$)/.exec(run)
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`
}

/** Where the head of a run with this id lies that is in the folder of the day in its id. */
export function homePath(run: string): string {
  return `${places.runs}/${dayInId(run)}/${run}.json`
}

/** The id whose `homePath` this is; null for any other path. */
export function idAtHome(path: string): string | null {
  const id = path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
  return homePath(id) === path ? id : null
}

/** The run whose head or journal, compressed or not, has this name; null for any other name. */
export function runOfFile(name: string): RunId | null {
  const stem = /^(.+)\.jsonl?(?:\.zst)?$/.exec(name)?.[1]
  const id = RunId.safeParse(stem)
  return id.success ? id.data : null
}

function checkStep(step: string): string {
  const id = StepId.safeParse(step)
  if (id.success) return id.data
  throw new AppError('invalid-input', `"${step}" is no step id, so it has no place on disk.`)
}
