// Puts the files of a section together: those of a run are one unit, any other file is one by itself.
import type { RunId } from '../../shared/schema/ids.ts'
import { dayInId, headPath, isTemporary, places, runOfArchive, runOfFile } from './layout.ts'
import { homePattern } from './places.ts'
import type { FolderStamps } from './stampTable.ts'
import { namesOf, rowLength } from './walkLook.ts'
import { dayOfFolder, isArchive, joinPath } from './walkRules.ts'

/** A folder as it was found; `Found` is what else the caller knows of it. */
export type SectionPart<Found> = {
  readonly folder: string
  readonly stamps: FolderStamps
  readonly found: Found
}

export type UnitFile<Found> = {
  readonly part: SectionPart<Found>
  readonly name: string
  /** Its place among the names of the folder. */
  readonly place: number
}

export type Unit<Found> = {
  readonly document: string
  readonly run: RunId | null
  readonly kind: 'run' | 'document' | 'temporary'
  /** None for a folder that cannot be opened. */
  readonly files: readonly UnitFile<Found>[]
  readonly problem: string | null
}

/** The folder that stands for all folders that may hold files of the same run. */
export function sectionOf(folder: string): string {
  const day = dayOfFolder(folder)
  return day === null ? folder : `${places.runs}/${day}`
}

/** Units by their document. */
export function unitsOf<Found>(
  parts: readonly SectionPart<Found>[],
  strays: ReadonlySet<string>,
): ReadonlyMap<string, Unit<Found>> {
  const units = new Map<string, GrowingUnit<Found>>()
  for (const part of parts) {
    const { folder, stamps } = part
    if (stamps.problem !== null) units.set(folder, closedUnit(folder, stamps.problem))
    const runOf = createRunReader(folder, strays)
    let last: GrowingUnit<Found> | null = null
    for (const [place, name] of namesOf(stamps.names).entries()) {
      if (isGone(stamps, place)) continue
      if (isArchive(folder) && !isTemporary(name) && runOfArchive(name) === null) continue
      const run = runOf(name)
      const file = { part, name, place }
      if (run !== null && last?.run === run) {
        last.files.push(file)
        continue
      }
      const unit: GrowingUnit<Found> = unitFor(units, { run, folder, name })
      unit.files.push(file)
      last = unit
    }
  }
  return units
}

type GrowingUnit<Found> = Unit<Found> & { readonly files: UnitFile<Found>[] }

function closedUnit(folder: string, problem: string): GrowingUnit<never> {
  return { document: folder, run: null, kind: 'document', files: [], problem }
}

function unitFor<Found>(
  units: Map<string, GrowingUnit<Found>>,
  file: { readonly run: RunId | null; readonly folder: string; readonly name: string },
): GrowingUnit<Found> {
  const { run, folder, name } = file
  const day = dayOfFolder(folder)
  const document = run === null || day === null ? joinPath(folder, name) : headPath(day, run)
  const known = units.get(document)
  if (known !== undefined) return known
  const kind = run !== null ? 'run' : isTemporary(name) ? 'temporary' : 'document'
  const unit: GrowingUnit<Found> = { document, run, kind, files: [], problem: null }
  units.set(document, unit)
  return unit
}

/** Paths of files with a run's name in another day folder than the one where the run lives: the first, archives last. */
export function findStrays(folders: ReadonlyMap<string, FolderStamps>): ReadonlySet<string> {
  const strays = new Set<string>()
  if (areAllAtHome(folders)) return strays
  const doubted = findDoubted(folders)
  if (doubted.size === 0) return strays
  const owners = new Map<string, string>()
  const dayFolders = [...folders.keys()].filter((folder) => dayOfFolder(folder) !== null)
  const inOrder = dayFolders.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  for (const folder of inOrder) {
    const section = sectionOf(folder)
    const endings = isArchive(folder) ? archiveEndings : runEndings
    for (const name of namesOf(folders.get(folder)?.names ?? '')) {
      const stem = stemOf(name, endings)
      if (stem === null || !doubted.has(hashOf(stem, stem.length))) continue
      const owner = owners.get(stem)
      if (owner === undefined) owners.set(stem, section)
      else if (owner !== section) strays.add(joinPath(folder, name))
    }
  }
  return strays
}

/** Every run's id says the day in whose folder it is, and each says only one: then none is in two of them. */
function areAllAtHome(folders: ReadonlyMap<string, FolderStamps>): boolean {
  for (const [folder, { names }] of folders) {
    const day = dayOfFolder(folder)
    if (day === null) continue
    const endings = isArchive(folder) ? archiveEndings : runEndings
    const home = homePattern(day, endings)
    // A journal behind its head has no name there, and says no more than the head.
    for (const name of names.split('/'))
      if (name !== '' && !home.test(name) && !isAtHome(name, day, endings)) return false
  }
  return true
}

function isAtHome(name: string, day: string, endings: readonly string[]): boolean {
  if (stemOf(name, endings) === null) return true
  const run = runOfFile(name) ?? runOfArchive(name)
  return run !== null && dayInId(run) === day
}

/**
 * Hashes of stems that stand in more than one section, and of some more: a table of numbers, where a map of 100,000 names would
 * be made for every sweep after which none of them is there twice.
 */
function findDoubted(folders: ReadonlyMap<string, FolderStamps>): ReadonlySet<number> {
  const doubted = new Set<number>()
  const all = [...folders].filter(([folder]) => dayOfFolder(folder) !== null)
  const count = all.reduce((sum, [, { rows }]) => sum + rows.length / rowLength, 0)
  const mask = 2 ** Math.ceil(Math.log2(count * 2 + 2)) - 1
  const hashes = new Int32Array(mask + 1)
  const owners = new Int32Array(mask + 1)
  const sections = new Map<string, number>()
  for (const [folder, { names }] of all) {
    const section = sections.get(sectionOf(folder)) ?? sections.size + 1
    sections.set(sectionOf(folder), section)
    const endings = isArchive(folder) ? archiveEndings : runEndings
    for (const name of namesOf(names)) {
      const hash = hashOf(name, stemLength(name, endings))
      let slot = hash & mask
      while (owners[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask
      if (owners[slot] !== 0 && owners[slot] !== section) doubted.add(hash)
      hashes[slot] = hash
      owners[slot] = section
    }
  }
  return doubted
}

function hashOf(text: string, length: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

export function isGone({ rows, problems }: FolderStamps, place: number): boolean {
  const at = place * rowLength
  return rows[at] === 0 && rows[at + 1] === 0 && rows[at + 2] === 0 && !problems.has(place)
}

function orderOf(folder: string): string {
  return `${isArchive(folder) ? 1 : 0}${folder}`
}

/** The run that a file of the folder belongs to. Head and journal stand beside each other: the second has the id of the first. */
function createRunReader(
  folder: string,
  strays: ReadonlySet<string>,
): (name: string) => RunId | null {
  if (dayOfFolder(folder) === null) return () => null
  const isOwn = (name: string): boolean => strays.size === 0 || !strays.has(joinPath(folder, name))
  if (isArchive(folder)) return (name) => (isOwn(name) ? runOfArchive(name) : null)
  let stem: string | null = null
  let run: RunId | null = null
  return (name) => {
    const next = stemOf(name, runEndings)
    if (next === null || !isOwn(name)) return null
    if (next !== stem) run = runOfFile(name)
    stem = next
    return run
  }
}

/** What stands before the ending; whether it is a run's id is not asked. */
function stemOf(name: string, endings: readonly string[]): string | null {
  const length = stemLength(name, endings)
  return length === 0 ? null : name.slice(0, length)
}

/** 0 where it has none of the endings. */
function stemLength(name: string, endings: readonly string[]): number {
  const ending = endings.find((text) => name.endsWith(text))
  return ending === undefined ? 0 : name.length - ending.length
}

const runEndings = ['.json', '.jsonl', '.json.zst', '.jsonl.zst'] as const
const archiveEndings = ['.tar.zst'] as const
