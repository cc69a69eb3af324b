// The runs of a day folder in columns, where all of them are as they are written: no object is made of a run that is as usual.
import { RunId } from '../../shared/schema/ids.ts'
import { headPath } from './layout.ts'
import { createStampMixer } from './stampMixer.ts'
import type { HeadLines, RunHeads } from './sweepPart.ts'
import type { StoreContext } from './storeContext.ts'
import { entryOf, isReadable } from './sweepEntries.ts'
import { headEnding, plainHead } from './tellHeads.ts'
import { kindOfMode, rowLength, sizeAt, type FolderStarts } from './walkLook.ts'
import type { WalkedFolder } from './walk.ts'

export type LookedDay = {
  readonly day: string
  /** Its path. */
  readonly folder: string
  readonly walked: WalkedFolder
  readonly starts: FolderStarts
}

/** Null where anything in the folder is unusual: then its files are put together one by one. */
export function headsOf(context: StoreContext, looked: LookedDay): RunHeads | null {
  const { stamps } = looked.walked
  if (stamps.problems.size > 0 || stamps.problem !== null) return null
  const heads = headNamesOf(stamps.names, looked.starts.lines)
  if (heads === null) return null
  for (let index = 0; index < heads.length; index++)
    if (!areReadable(context, looked, index * 2)) return null
  return columnsOf(looked, heads)
}

/** Null unless the names are those of heads, each with its journal behind it. */
function headNamesOf(text: string, { isTold }: HeadLines): readonly string[] | null {
  const names = text.split('/')
  if (names.length % 2 === 1) return null
  const heads: string[] = []
  for (let place = 0; place < names.length; place += 2) {
    const head = names[place] ?? ''
    // One that is told has such a name.
    const isPlain = isTold[place / 2] === 1 || plainHead.test(head)
    if (!isPlain || !isJournalOf(names[place + 1] ?? '', head)) return null
    heads.push(head)
  }
  return heads
}

/** As `namesOf` reads them. */
function isJournalOf(name: string, head: string): boolean {
  return name === '' || name === `${head}l`
}

const journalEnding = '.jsonl'
/** Both are files that may be read, and of the first the start was read. */
function areReadable(context: StoreContext, { walked, starts }: LookedDay, place: number): boolean {
  const { look, stamps } = walked
  if (look === null || offsetAt(starts, place + 1) === offsetAt(starts, place)) return false
  for (const at of [place, place + 1]) {
    const mode = look.modes[at] ?? 0
    // A file that has just gone has a row of zeros.
    if (kindOfMode(mode) !== 'file' || stamps.rows[at * rowLength] === 0) return false
    if (!isReadable(context, mode, look.uids[at])) return false
  }
  return true
}

function columnsOf(looked: LookedDay, heads: readonly string[]): RunHeads {
  const { rows } = looked.walked.stamps
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length * 2)
  const stamp = createStampMixer()
  const count = heads.length
  const sizes = new Float64Array(count)
  const journalSizes = new Float64Array(count)
  const stamps = new Float64Array(count)
  const from = new Uint32Array(count)
  const to = new Uint32Array(count)
  for (let index = 0; index < count; index++) {
    const place = index * 2
    const journalBytes = sizeAt(rows, place + 1)
    journalSizes[index] = journalBytes
    sizes[index] = sizeAt(rows, place) + journalBytes
    // Of a name only its ending is mixed.
    stamp.mix(headEnding, words, place)
    stamp.mix(journalEnding, words, place + 1)
    stamps[index] = stamp.take()
    from[index] = offsetAt(looked.starts, place)
    to[index] = offsetAt(looked.starts, place + 1)
  }
  const { bytes, lines } = looked.starts
  const nameAt = (index: number): string => heads[index] ?? ''
  const runAt = (index: number): RunId => RunId.parse(nameAt(index).slice(0, -headEnding.length))
  const documentAt = (index: number): string => `${looked.folder}/${nameAt(index)}`
  const entryAt = (index: number) => entryOf(unitAt(looked, runAt(index), index), null)
  const accessors = { runAt, documentAt, entryAt }
  return { count, sizes, journalSizes, stamps, bytes, from, to, lines, ...accessors }
}

/** Where the start of a file begins among the bytes. */
function offsetAt({ offsets }: FolderStarts, place: number): number {
  return offsets[place] ?? 0
}

function unitAt({ day, folder, walked }: LookedDay, run: RunId, index: number) {
  const part = { folder, stamps: walked.stamps, found: walked.look }
  const files = [headEnding, journalEnding].map((ending, offset) => ({
    part,
    name: `${run}${ending}`,
    place: index * 2 + offset,
  }))
  return { document: headPath(day, run), run, kind: 'run' as const, files, problem: null }
}
