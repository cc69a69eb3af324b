// Lists everything in a workspace that may be a state document. Nothing is opened, no link is followed.
import type { CancelSignal } from '../../shared/cancel.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { Days } from './days.ts'
import { archivePath, headPath, isDay, places, runOfFile } from './layout.ts'
import { createStampTable, type StampTable } from './stampTable.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { orMissing } from './storeErrors.ts'
import type { Entry } from './store.ts'
import { sweepWorkspace, type Sweep, type SweepOptions } from './sweep.ts'
import { entriesOf } from './sweepEntries.ts'
import { openFolder, type FoundNumbers } from './walk.ts'
import { lookAtFiles } from './walkBatch.ts'
import { unitsOf, type SectionPart } from './walkUnits.ts'

/** Entries by path. The first day folder, by name, that has a run's files has the run; files in others are documents. */
export async function listEntries(
  context: StoreContext,
  days: Days,
  signal: CancelSignal | undefined,
): Promise<readonly Entry[]> {
  const { changed } = await sweepWorkspace(context, createStampTable(), { signal })
  for (const { run, document } of changed) {
    const day = document.split('/')[1]
    if (run !== null && day !== undefined) days.remember(run, day)
  }
  return changed.toSorted((a, b) => (a.document < b.document ? -1 : 1))
}

/** What changed since the table was brought up to date. */
export async function sweepInto(
  context: StoreContext,
  days: Days,
  options: SweepOptions & { readonly known: StampTable },
): Promise<Sweep> {
  const swept = await sweepWorkspace(context, options.known, options)
  days.listed(options.known)
  return swept
}

/** The entry of one run; null when it has no file. */
export async function entryOfRun(
  context: StoreContext,
  days: Days,
  run: RunId,
): Promise<Entry | null> {
  const day = (await days.find(run)) ?? (await findArchiveDay(context, run))
  if (day === null) return null
  const live = ['.json', '.json.zst', '.jsonl', '.jsonl.zst'].map((ending) => run + ending)
  const parts = await Promise.all([
    partOf(context, `${places.runs}/${day}`, live),
    partOf(context, `${places.archive}/${day}`, [nameOf(archivePath(day, run))]),
  ])
  const unit = unitsOf(parts, new Set()).get(headPath(day, run))
  if (unit === undefined) return null
  const [entry = null] = await entriesOf(context, [unit])
  return entry
}

/** The day folder of the archive that holds the run, the earliest when there are several; null when none does. */
export async function findArchiveDay(context: StoreContext, run: RunId): Promise<string | null> {
  const days = await archiveDays(context)
  const found = await mapBounded(
    days,
    16,
    async (day) => (await statusOf(context, archivePath(day, run))) !== null,
  )
  return days[found.indexOf(true)] ?? null
}

/** Runs whose lock file is there. */
export async function listHeldRuns(context: StoreContext): Promise<ReadonlySet<RunId>> {
  const list = () => context.fileSystem.list(absolute(context, places.locks))
  const children = await orMissing(list, [])
  return new Set(children.flatMap(({ name }) => runOfFile(name) ?? []))
}

async function partOf(
  context: StoreContext,
  folder: string,
  files: readonly string[],
): Promise<SectionPart<FoundNumbers>> {
  const path = absolute(context, folder)
  const { stamps, look } = openFolder(
    await lookAtFiles(context.fileSystem, path, { files, folders: [] }),
  )
  return { folder, stamps, found: look }
}

/** None where the archive, or the folder around it, is a link. */
async function archiveDays(context: StoreContext): Promise<readonly string[]> {
  for (const folder of [places.state, places.archive]) {
    if ((await statusOf(context, folder))?.kind !== 'folder') return []
  }
  const children = await context.fileSystem.list(absolute(context, places.archive))
  const days = children.filter(({ name, kind }) => kind === 'folder' && isDay(name))
  return days.map(({ name }) => name).toSorted()
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
