// What a thread that may stand still does in one go: a folder with its files, the starts of many files.
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Child } from './fileSystem.ts'
import { child, openFlags } from './nodeFileSystem.ts'
import type { LookTask, Spare } from './blockingFileSystemTasks.ts'
import type { FoundFolder } from './walkBatch.ts'
import {
  asFailure,
  createColumns,
  lookOf,
  setNumbers,
  type FolderColumns,
  type FolderStarts,
  type LookFailure,
} from './walkLook.ts'
import { createHeadLines } from './headLines.ts'
import { homePattern } from './places.ts'
import { headEnding, tellHead, type ToldHeads } from './tellHeads.ts'
import { chooseChildren, dayOfFolder, isArchive } from './walkRules.ts'

/** Looks at a folder, and reads the starts of the heads in it where they are asked for. */
export function lookNow(
  root: string,
  folder: string,
  { startBytes, spare }: Pick<LookTask, 'startBytes' | 'spare'>,
): Pick<FoundFolder, 'look' | 'starts'> {
  const path = join(root, folder)
  try {
    const children = readdirSync(path, { withFileTypes: true }).map(child)
    const chosen = chooseChildren(folder, children)
    if (startBytes !== null && hasPlainHeads(root, folder, children))
      return lookAndRead(path, chosen, { day: dayOfFolder(folder), startBytes, spare })
    const columns = createColumns(chosen, spare.numbers)
    for (const [place, name] of chosen.files.entries())
      lookAtFile(columns, `${path}/${name}`, place)
    return { look: lookOf(columns), starts: null }
  } catch (error) {
    return { look: asFailure(error), starts: null }
  }
}

/** Nothing is opened where anything is not a plain file, or where a link leads into the folder. */
function hasPlainHeads(root: string, folder: string, children: readonly Child[]): boolean {
  if (dayOfFolder(folder) === null || isArchive(folder)) return false
  const above = [folder, dirname(folder)].map((path) => lstatSync(join(root, path)))
  return above.every((status) => status.isDirectory()) && children.every(isPlain)
}

function isPlain({ kind }: Child): boolean {
  return kind === 'file' || kind === 'folder'
}

function lookAtFile(columns: FolderColumns, path: string, place: number): void {
  try {
    setNumbers(columns, place, lstatSync(path))
  } catch (error) {
    columns.failures.set(place, asFailure(error))
  }
}

function lookAndRead(
  folder: string,
  chosen: ReturnType<typeof chooseChildren>,
  asked: { readonly day: string | null; readonly startBytes: number; readonly spare: Spare },
): Pick<FoundFolder, 'look' | 'starts'> {
  const { day, startBytes, spare } = asked
  const columns = createColumns(chosen, spare.numbers)
  const { files } = chosen
  const heads = files.reduce((count, name) => count + (isHead(name) ? 1 : 0), 0)
  const size = Math.min(heads, headsMost) * startBytes
  const { starts } = spare
  const bytes = starts !== null && starts.length >= size ? starts : new Uint8Array(size)
  const offsets = new Uint32Array(files.length + 1)
  const lines = createHeadLines(heads, spare.lines)
  const home = day === null ? null : homePattern(day, [headEnding])
  const round: Round = { folder, columns, bytes, offsets, lines, home, startBytes, at: 0, head: 0 }
  for (let place = 0; place < files.length; place++) lookAtOne(round, place)
  return { look: lookOf(columns), starts: { bytes, offsets, lines } }
}

type Round = FolderStarts &
  ToldHeads & {
    readonly folder: string
    readonly columns: FolderColumns
    readonly startBytes: number
    /** Where the next start goes, and its place among the heads. */
    at: number
    head: number
  }

/**
 * What is open is looked at by its descriptor: of a path the system finds each part anew. What a head says is read while its
 * bytes are near, on whichever thread looks at it. A function of its own, so that the engine makes it quick once, not anew in
 * the loop of each folder.
 */
function lookAtOne(round: Round, place: number): void {
  const { columns, bytes, startBytes, at } = round
  const name = columns.files[place] ?? ''
  const path = `${round.folder}/${name}`
  const isOne = isHead(name)
  const filled = isOne && at + startBytes <= bytes.length ? readHead(path, round, place) : null
  if (filled === null) lookAtFile(columns, path, place)
  else tellHead(round, round.head, { name, from: at, to: at + filled })
  round.at += filled ?? 0
  round.offsets[place + 1] = round.at
  if (isOne) round.head += 1
}

/** More of one folder than these are not held at once: whoever needs them asks for them. */
const headsMost = 8192

function isHead(name: string): boolean {
  return name.endsWith(headEnding)
}

/** Null for what cannot be opened or read: whoever looks at it says why. */
function readHead(path: string, round: Round, place: number): number | null {
  const { bytes, at, startBytes: limitBytes } = round
  let descriptor: number | null = null
  try {
    descriptor = openSync(path, openFlags.read)
    // What is read is no older than what is said of it: a change between the two shows with the next look.
    setNumbers(round.columns, place, fstatSync(descriptor))
    return fill(descriptor, { bytes, at, limitBytes })
  } catch (error) {
    asFailure(error)
    return null
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

/** The starts of many files behind one another, and how long each is; -1: see the failure of that place. */
export type Starts = {
  readonly bytes: Uint8Array
  readonly lengths: Int32Array
  readonly failures: ReadonlyMap<number, LookFailure>
}

export function readStartsNow(paths: readonly string[], limitBytes: number): Starts {
  const bytes = new Uint8Array(paths.length * limitBytes)
  const lengths = new Int32Array(paths.length)
  const failures = new Map<number, LookFailure>()
  let at = 0
  for (const [place, path] of paths.entries()) {
    try {
      const length = readStart(path, { bytes, at, limitBytes })
      lengths[place] = length
      at += length
    } catch (error) {
      failures.set(place, asFailure(error))
      lengths[place] = -1
    }
  }
  return { bytes, lengths, failures }
}

function readStart(path: string, into: Into): number {
  const descriptor = openSync(path, openFlags.read)
  try {
    return fill(descriptor, into)
  } finally {
    closeSync(descriptor)
  }
}

type Into = { readonly bytes: Uint8Array; readonly at: number; readonly limitBytes: number }

function fill(descriptor: number, { bytes, at, limitBytes }: Into): number {
  let filled = 0
  while (filled < limitBytes) {
    const count = readSync(descriptor, bytes, at + filled, limitBytes - filled, filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

export function unpackStarts({
  bytes,
  lengths,
  failures,
}: Starts): readonly (Uint8Array | LookFailure)[] {
  let at = 0
  return Array.from(lengths, (length, place) => {
    const failure = failures.get(place)
    if (failure !== undefined) return failure
    at += length
    return bytes.subarray(at - length, at)
  })
}
