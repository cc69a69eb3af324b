// The entry of a unit: what the listing says of a run's files, or of one file.
import { compressedPath } from './layout.ts'
import { absolute } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { explain } from './storeErrors.ts'
import type { Entry } from './store.ts'
import { kindOfMode, rowLength, sizeAt } from './walkLook.ts'
import type { FoundNumbers } from './walk.ts'
import { createStampMixer } from './stampMixer.ts'
import { isArchive, joinPath } from './walkRules.ts'
import type { Unit, UnitFile } from './walkUnits.ts'

export type LookedUnit = Unit<FoundNumbers>
type LookedFile = UnitFile<FoundNumbers>

export async function entriesOf(
  context: StoreContext,
  units: readonly LookedUnit[],
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const unit of units) {
    const problem = unit.problem ?? knownProblemOf(context, unit)
    entries.push(
      entryOf(unit, problem === undefined ? await askedProblemOf(context, unit) : problem),
    )
  }
  return entries
}

export function entryOf(unit: LookedUnit, problem: string | null): Entry {
  const { document, run, kind, files } = unit
  let sizeBytes = 0
  let journalBytes: number | null = null
  let modifiedMs = 0
  for (const { part, name, place } of files) {
    const at = place * rowLength
    const bytes = sizeAt(part.stamps.rows, place)
    sizeBytes += bytes
    modifiedMs = Math.max(modifiedMs, part.stamps.rows[at + 1] ?? 0)
    if (run !== null && name.endsWith('.jsonl')) journalBytes = bytes
  }
  const modifiedAt = new Date(Math.floor(modifiedMs)).toISOString()
  const stamp = stampOf(files)
  return {
    document,
    run,
    kind,
    archived: run !== null && isArchived(unit),
    sizeBytes,
    journalBytes,
    modifiedAt,
    stamp,
    problem,
  }
}

/** Its head goes into the archive before anything else of the run, and comes back last: the run is where its head is. */
function isArchived({ document, files }: LookedUnit): boolean {
  if (!files.some(({ part }) => isArchive(part.folder))) return false
  const heads = [document, compressedPath(document)]
  return !files.some(({ part, name }) => heads.includes(joinPath(part.folder, name)))
}

/** Which files there are, and the numbers of each, as one number of 2^53. */
function stampOf(files: readonly LookedFile[]): string {
  const stamp = createStampMixer()
  for (const { part, name, place } of files) {
    const { buffer, byteOffset, length } = part.stamps.rows
    stamp.mix(name, new Uint32Array(buffer, byteOffset, length * 2), place)
  }
  return `#${stamp.take()}`
}

/** Undefined where the system has to be asked. */
function knownProblemOf(context: StoreContext, { files }: LookedUnit): string | null | undefined {
  let isAsked = false
  for (const file of files) {
    const problem = fileProblem(context, file)
    if (problem === undefined) isAsked = true
    else if (problem !== null) return problem
  }
  return isAsked ? undefined : null
}

function fileProblem(
  context: StoreContext,
  { part, place }: LookedFile,
): string | null | undefined {
  const told = part.stamps.problems.get(place)
  if (told !== undefined) return told
  const mode = part.found?.modes[place] ?? 0
  const kind = kindOfMode(mode)
  if (kind === 'link') return 'It is a link, and links are not followed.'
  if (kind !== 'file') return 'It is not a file.'
  return isReadable(context, mode, part.found?.uids[place]) ? null : undefined
}

/** By its bits alone; where they say no, the system has to be asked. */
export function isReadable(
  { fileSystem }: Pick<StoreContext, 'fileSystem'>,
  mode: number,
  uid: number | undefined,
): boolean {
  const ownRight = uid === fileSystem.userId ? 0o400 : 0o004
  return (mode & ownRight) !== 0
}

async function askedProblemOf(
  context: StoreContext,
  { files }: LookedUnit,
): Promise<string | null> {
  for (const file of files) {
    if (fileProblem(context, file) === null) continue
    try {
      const path = joinPath(file.part.folder, file.name)
      await context.fileSystem.check(absolute(context, path), 'read')
    } catch (error) {
      return `It cannot be read: ${explain(error)}`
    }
  }
  return null
}
