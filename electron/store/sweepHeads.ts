// The runs of a day folder in columns, where all of them are as they are written: no object is made of a run that is as usual.
import { RunId } from '../../shared/schema/ids.ts'
import { headPath } from './layout.ts'
import { createStampMixer } from './stampMixer.ts'
import type { RunHeads } from './sweepPart.ts'
import type { StoreContext } from './storeContext.ts'
import { entryOf, isReadable } from './sweepEntries.ts'
import { kindOfMode, namesOf, rowLength, type FolderStarts } from './walkLook.ts'
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
  const names = namesOf(stamps.names)
  if (stamps.problems.size > 0 || stamps.problem !== null || names.length % 2 === 1) return null
  const runs: RunId[] = []
  for (let place = 0; place < names.length; place += 2) {
    const run = runOfPair(names, place)
    if (run === null || !areReadable(context, looked, place)) return null
    runs.push(run)
  }
  return columnsOf(looked, names, runs)
}

/** The run whose head and journal stand at a place and behind it. */
function runOfPair(names: readonly string[], place: number): RunId | null {
  const [head = '', journal = ''] = [names[place], names[place + 1]]
  const isPair = journal.length === head.length + 1 && journal.startsWith(head)
  const run = head.slice(0, -headEnding.length)
  if (!isPair || !journal.endsWith('l') || !head.endsWith(headEnding)) return null
  // Longer than any name of a device, and of what every id may have: the schema would say the same.
  return plainId.test(run) ? (run as RunId) : null // says the schema's rule
}

const headEnding = '.json'
const plainId = /^[a-z0-9_-]{10,128}$/

/** Both are files that may be read, and of the first the start was read. */
function areReadable(context: StoreContext, { walked, starts }: LookedDay, place: number): boolean {
  const { look, stamps } = walked
  if (look === null || (starts.offsets[place + 1] ?? 0) === (starts.offsets[place] ?? 0))
    return false
  for (const at of [place, place + 1]) {
    const mode = look.modes[at] ?? 0
    // A file that has just gone has a row of zeros.
    if (kindOfMode(mode) !== 'file' || stamps.rows[at * rowLength] === 0) return false
    if (!isReadable(context, mode, look.uids[at])) return false
  }
  return true
}

function columnsOf(looked: LookedDay, names: readonly string[], runs: readonly RunId[]): RunHeads {
  const { rows } = looked.walked.stamps
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length * 2)
  const stamp = createStampMixer()
  const sizes = new Float64Array(runs.length)
  const journalSizes = new Float64Array(runs.length)
  const stamps = new Float64Array(runs.length)
  const from = new Uint32Array(runs.length)
  const to = new Uint32Array(runs.length)
  for (let index = 0; index < runs.length; index++) {
    const place = index * 2
    journalSizes[index] = rows[(place + 1) * rowLength + 3] ?? 0
    sizes[index] = (rows[place * rowLength + 3] ?? 0) + (journalSizes[index] ?? 0)
    stamp.mix(names[place] ?? '', words, place)
    stamp.mix(names[place + 1] ?? '', words, place + 1)
    stamps[index] = stamp.take()
    from[index] = looked.starts.offsets[place] ?? 0
    to[index] = looked.starts.offsets[place + 1] ?? 0
  }
  const { bytes } = looked.starts
  const documentAt = (index: number): string => `${looked.folder}/${names[index * 2] ?? ''}`
  const entryAt = (index: number) => entryOf(unitAt(looked, names, { index, runs }), null)
  return { runs, sizes, journalSizes, stamps, bytes, from, to, documentAt, entryAt }
}

function unitAt(
  { day, folder, walked }: LookedDay,
  names: readonly string[],
  { index, runs }: { readonly index: number; readonly runs: readonly RunId[] },
) {
  const run = RunId.parse(runs[index])
  const part = { folder, stamps: walked.stamps, found: walked.look }
  const fileAt = (place: number) => ({ part, name: names[place] ?? '', place })
  const files = [fileAt(index * 2), fileAt(index * 2 + 1)]
  return { document: headPath(day, run), run, kind: 'run' as const, files, problem: null }
}
