// Finds the day folder of a run and remembers it.
import { join } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { Child } from './fileSystem.ts'
import {
  compressedPath,
  dayInId,
  dayOf,
  headPath,
  isDay,
  journalPath,
  places,
  runOfFile,
} from './layout.ts'
import { absolute, checkedPath, statusOf } from './paths.ts'
import type { StampTable } from './stampTable.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError, orMissing } from './storeErrors.ts'

export interface Days {
  /** The day folder that holds the run's head or journal, the earliest when there are several; null when none does. */
  find(run: RunId): Promise<string | null>
  /** The same, at once. A run that is nowhere gets the day in its id, or today. */
  findNow(run: RunId): string
  remember(run: RunId, day: string): void
  /** Takes the days of all runs from what a sweep found, as far as their ids tell them. */
  listed(table: StampTable): void
}

export function createDays(context: StoreContext): Days {
  const known = new Map<RunId, string>()
  let swept: StampTable | null = null
  let strays: ReadonlySet<RunId> | null = null
  let searches = 0
  const knownDay = (run: RunId): string | null =>
    known.get(run) ?? (swept === null ? null : dayInTable(swept, run))
  const findInMany = async (run: RunId): Promise<string | null> => {
    const home = dayInId(run)
    strays ??= await findStrays(context)
    const isHome = home !== null && !strays.has(run) && (await holdsRun(context, home, run))
    return isHome ? home : searchDays(context, run)
  }
  return {
    find: async (run) => {
      const day = knownDay(run)
      if (day !== null && (await holdsRun(context, day, run))) return day
      known.delete(run)
      const isOneOfMany = swept === null && searches > manySearches
      const found = await (isOneOfMany ? findInMany(run) : searchDays(context, run))
      if (found === null) return null
      searches += 1
      known.set(run, found)
      return found
    },
    findNow: (run) => {
      const day = knownDay(run) ?? searchNow(context, run)
      if (day === null) return dayInId(run) ?? dayOf(context.now())
      known.set(run, day)
      return day
    },
    remember: (run, day) => {
      known.set(run, day)
    },
    listed: (table) => {
      known.clear()
      swept = table
    },
  }
}

/** A table has the files of 100,000 runs anyway: a map of their days would cost as much again. */
function dayInTable({ folders, strays }: StampTable, run: RunId): string | null {
  const day = dayInId(run)
  const names = folders.get(`${places.runs}/${day}`)?.names ?? ''
  const start = `${run}.json`
  const isThere = names.startsWith(start) || names.includes(`/${start}`)
  const isStray = [...strays].some((path) => path.startsWith(`${places.runs}/${day}/${start}`))
  return isThere && !isStray ? day : null
}

export async function holdsRun(context: StoreContext, day: string, run: RunId): Promise<boolean> {
  const plain = [headPath(day, run), journalPath(day, run)]
  return (await hasAny(context, plain)) || hasAny(context, plain.map(compressedPath))
}

async function hasAny(context: StoreContext, paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => statusOf(context, path)))
  return found.some((status) => status !== null)
}

async function searchDays(context: StoreContext, run: RunId): Promise<string | null> {
  const days = await listDays(context)
  const found = await mapBounded(days, 16, (day) => holdsRun(context, day, run))
  return days[found.indexOf(true)] ?? null
}

/** Whoever looks for so many runs looks for many more: one look at all names then saves four looks a day for each. */
const manySearches = 32

/** Runs with a file in another day than that in their id. */
async function findStrays(context: StoreContext): Promise<ReadonlySet<RunId>> {
  const { fileSystem } = context
  const strays = new Set<RunId>()
  for (const day of await listDays(context)) {
    const path = absolute(context, `${places.runs}/${day}`)
    for (const { name } of await fileSystem.list(path)) {
      const run = dayInId(name.replace(/\..*$/, '')) === day ? null : runOfFile(name)
      if (run !== null) strays.add(run)
    }
  }
  return strays
}

/** Day folders, the oldest first. */
export async function listDays(context: StoreContext): Promise<readonly string[]> {
  const list = async () => context.fileSystem.list(await checkedPath(context, places.runs))
  return daysAmong(await orMissing(list, []))
}

function searchNow(context: StoreContext, run: RunId): string | null {
  const has = (path: string): boolean => context.fileSystem.existsNow(join(context.root, path))
  if (!has(places.runs)) return null
  const days = daysAmong(listNow(context))
  const plain = (day: string): readonly string[] => [headPath(day, run), journalPath(day, run)]
  return (
    days.find((day) => plain(day).some((path) => has(path) || has(compressedPath(path)))) ?? null
  )
}

function listNow(context: StoreContext): readonly Child[] {
  try {
    return context.fileSystem.listNow(join(context.root, places.runs))
  } catch (error) {
    throw asReadError(error, `${places.runs} could not be read`)
  }
}

function daysAmong(children: readonly Child[]): readonly string[] {
  const days = children.filter(({ name, kind }) => kind === 'folder' && isDay(name))
  return days.map(({ name }) => name).toSorted()
}
