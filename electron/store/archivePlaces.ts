// The files of a run, wherever they lie: what an archive takes, and to which run a path belongs.
import { RunId } from '../../shared/schema/ids.ts'
import {
  backupFolder,
  headPath,
  isDay,
  journalPath,
  logFolder,
  places,
  runOfFile,
  stepsFolder,
} from './layout.ts'

export type RunPlace = { readonly run: RunId; readonly day: string }

/** Files and folders of a run, in the order in which an archive holds them. */
export function placesOf({ run, day }: RunPlace): readonly string[] {
  return [headPath(day, run), journalPath(day, run), ...foldersOf(run)]
}

/** Folders that are a run's alone. */
export function foldersOf(run: RunId): readonly string[] {
  return [backupFolder(run), stepsFolder(run), logFolder(run)]
}

export function isFileOf({ run, day }: RunPlace, path: string): boolean {
  if (path === headPath(day, run) || path === journalPath(day, run)) return true
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return false
  return foldersOf(run).some((folder) => path.startsWith(`${folder}/`))
}

/** The one file in an archive that is encrypted. */
export function sealedName(run: RunId): string {
  return `${run}.tar.zst.age`
}

/** The run to which a path belongs; null when it is not a run's. */
export function runOfPath(path: string): RunId | null {
  for (const folder of [places.backups, places.steps, places.logs]) {
    if (!path.startsWith(`${folder}/`)) continue
    const id = RunId.safeParse(path.slice(folder.length + 1).split('/')[0])
    return id.success ? id.data : null
  }
  const [top, day, name, ...rest] = path.split('/')
  const isInDay = top === places.runs && day !== undefined && isDay(day) && rest.length === 0
  return isInDay && name !== undefined ? runOfFile(name) : null
}
