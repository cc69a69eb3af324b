// Tells of a day's runs as soon as its folders were looked at, while the others are still to come.
import type { StampTable } from './stampTable.ts'
import type { SweepPart } from './sweepPart.ts'
import type { StoreContext } from './storeContext.ts'
import { differenceOf, partsOf } from './sweepDifference.ts'
import { headsOf } from './sweepHeads.ts'
import { namesOf, type FolderStarts } from './walkLook.ts'
import type { WalkedFolder } from './walk.ts'
import { dayOfFolder, isArchive, joinPath } from './walkRules.ts'
import { places } from './places.ts'
import { unitsOf } from './walkUnits.ts'

/** What was told of a section: how many entries it has, and all of which something was said. */
export type EarlySection = {
  readonly total: number
  readonly documents: () => readonly string[]
}

export type EarlySections = {
  readonly sections: ReadonlyMap<string, EarlySection>
  readonly told: (path: string, folder: WalkedFolder, starts: FolderStarts | null) => Promise<void>
}

/**
 * Only whoever knows all folders knows which runs stand in two of them. There hardly ever are any: where one is known, nothing
 * is told early, and where one is found, its sections are told again.
 */
export function createEarlySections(
  context: StoreContext,
  table: StampTable,
  take: (part: SweepPart) => Promise<void>,
): EarlySections {
  const sections = new Map<string, EarlySection>()
  const archives = new Map<string, WalkedFolder>()
  return {
    sections,
    told: async (path, folder, starts) => {
      const day = dayOfFolder(path)
      if (day === null || table.strays.size > 0) return
      if (isArchive(path)) {
        archives.set(path, folder)
        return
      }
      const archive = `${places.archive}/${day}`
      const archived = archives.get(archive)
      const isKnown = (at: string, walked: WalkedFolder | undefined): boolean =>
        table.folders.get(at) === walked?.stamps
      if (isKnown(path, folder) && isKnown(archive, archived)) return
      const heads =
        starts === null || archived !== undefined || table.folders.has(path)
          ? null
          : headsOf(context, { day, folder: path, walked: folder, starts })
      if (heads !== null) {
        const { names } = folder.stamps
        sections.set(path, { total: heads.count, documents: () => headsAmong(path, names) })
        await take({ changed: [], removed: [], heads })
        return
      }
      const walked = new Map([[path, folder]])
      if (archived !== undefined) walked.set(archive, archived)
      const now = unitsOf(partsOf([path, archive], stampsOf(walked), walked), table.strays)
      const old = partsOf([path, archive], table.folders, new Map())
      const { changed, removed } = await differenceOf(context, unitsOf(old, table.strays), now)
      const documents = [...changed.map(({ document }) => document), ...removed]
      sections.set(path, { total: now.size, documents: () => documents })
      if (documents.length > 0) await take({ changed, removed, heads: null })
    },
  }
}

/** Of a folder that has nothing but heads and their journals. */
function headsAmong(folder: string, names: string): readonly string[] {
  const heads = namesOf(names).filter((name) => name.endsWith('.json'))
  return heads.map((name) => joinPath(folder, name))
}

function stampsOf(walked: ReadonlyMap<string, WalkedFolder>): StampTable['folders'] {
  return new Map([...walked].map(([path, { stamps }]) => [path, stamps]))
}
