// Where a run's head is, or would be if it were not in the archive, for answers that must be immediate.
import { join } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ArchiveMemory } from './archiveView.ts'
import type { Days } from './days.ts'
import { archivePath, compressedPath, headPath, isDay, journalPath, places } from './layout.ts'
import type { StoreContext } from './storeContext.ts'

/** The day of a run, live or archived; one that is nowhere gets the day in its id, or today. */
export function dayNow(
  context: StoreContext,
  memory: { readonly days: Days; readonly archives: ArchiveMemory },
  run: RunId,
): string {
  const has = (path: string): boolean => context.fileSystem.existsNow(join(context.root, path))
  const day = memory.days.findNow(run)
  const plain = [headPath(day, run), journalPath(day, run)]
  const isLive = plain.some((path) => has(path) || has(compressedPath(path)))
  if (isLive || !has(places.archive)) return day
  const known = memory.archives.days.get(run)
  if (known !== undefined && has(archivePath(known, run))) return known
  const children = context.fileSystem.listNow(join(context.root, places.archive))
  const days = children.filter(({ name, kind }) => kind === 'folder' && isDay(name))
  const names = days.map(({ name }) => name).toSorted()
  return names.find((name) => has(archivePath(name, run))) ?? day
}
