// Two states to compare, read in the shortest way that says the same.
import type { CompareSide } from '../../shared/contract/compare.ts'
import { neverCancelled, throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { headStart } from '../../shared/schema/headWords.ts'
import { comparableRun as comparable } from '../../shared/core/diff/blame.ts'
import { diff, type Difference, type DiffOptions } from '../../shared/core/diff/diff.ts'
import { ownNames } from '../../shared/core/diff/firstDivergence.ts'
import { markedJson, withoutMarks } from '../../shared/core/formats/text/markedJson.ts'
import { readChangedParts } from '../../shared/core/reading/readChangedParts.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { StoredRun } from '../store/store.ts'
import { compareHeads } from './compareHeads.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy } from './decodeUtf8.ts'
import { isShownAsText, readDocumentText } from './readDocumentText.ts'
import { readRunState } from './readState.ts'
import { runIdOf } from './refs.ts'

type Sides = { readonly left: CompareSide; readonly right: CompareSide }
type States = { readonly left: Json; readonly right: Json }

/** What every record changes by itself: the list of checkpoints, the place in the journal, the last change. */
const bookkeeping = ['journal', 'checkpoints', 'updatedAt'] as const

/**
 * What turns the left state into the right one: two runs as they are now by the lines of their heads, two checkpoints of
 * a run by the records between them, anything else by both whole states.
 */
export async function differenceBetween(
  context: ServiceContext,
  sides: Sides,
  options: DiffOptions,
): Promise<Difference> {
  const near = await readNear(context, sides)
  if (near !== null) return diff(near.left, near.right, options)
  const byLines = await compareNow(context, sides, options)
  if (byLines !== null) return byLines
  const { left, right } = await readSides(context, sides)
  return diff(comparable(left), comparable(right), options)
}

/** Whether both together take so long that what lies unchanged between the changes is not asked. */
export async function areLarge(context: ServiceContext, { left, right }: Sides): Promise<boolean> {
  const sizes = await Promise.all([sizeOf(context, left), sizeOf(context, right)])
  return sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0) > largeBytes
}

const largeBytes = 8 * 2 ** 20

async function sizeOf(context: ServiceContext, { ref }: CompareSide): Promise<number> {
  if (ref.format !== 'unstuck') return 0
  return (await context.store.entry(runIdOf(context, ref)))?.sizeBytes ?? 0
}

/** Both states, whole. */
export async function readSides(
  context: ServiceContext,
  sides: Sides,
  signal: CancelSignal = neverCancelled,
): Promise<{ readonly left: Run; readonly right: Run }> {
  const [left, right] = await Promise.all([
    readRunState(context, sides.left),
    readRunState(context, sides.right),
  ])
  throwIfCancelled(signal, 'Comparing')
  return { left, right }
}

/** Both states as they are compared, and how a value of them is written. */
export type ComparedSides = States & {
  /** Names that only one of the runs has, and that tell nothing of what it did. */
  readonly own: readonly string[]
  readonly print: (value: Json) => string
}

/** Of two runs their states; where one side is a document of another engine, both texts as JSON, each number as it is written. */
export async function readCompared(
  context: ServiceContext,
  sides: Sides,
  signal: CancelSignal = neverCancelled,
): Promise<ComparedSides> {
  if (![sides.left, sides.right].some(({ ref }) => isShownAsText(ref))) {
    const runs = await readSides(context, sides, signal)
    const [left, right] = [comparable(runs.left), comparable(runs.right)]
    return { left, right, own: ownNames(runs), print: (value) => JSON.stringify(value, null, 2) }
  }
  const [left, right] = await Promise.all([
    readValueOf(context, sides.left),
    readValueOf(context, sides.right),
  ])
  throwIfCancelled(signal, 'Comparing')
  return { left, right, own: [], print: printMarked }
}

function printMarked(value: Json): string {
  return withoutMarks(JSON.stringify(value, null, 2))
}

async function readValueOf(context: ServiceContext, side: CompareSide): Promise<Json> {
  if (isShownAsText(side.ref)) return markedJson((await readDocumentText(context, side)).root)
  return comparable(await readRunState(context, side))
}

async function compareNow(
  context: ServiceContext,
  { left, right }: Sides,
  options: DiffOptions,
): Promise<Difference | null> {
  const areNow = left.checkpoint === null && right.checkpoint === null
  if (!areNow || left.ref.format !== 'unstuck' || right.ref.format !== 'unstuck') return null
  const runs = [runIdOf(context, left.ref), runIdOf(context, right.ref)] as const
  return compareHeads(context.store, runs, { ...options, without: bookkeeping })
}

/** Two checkpoints of the same run; null where the records between them do not tell all. */
async function readNear(context: ServiceContext, { left, right }: Sides): Promise<States | null> {
  const isSameRun = left.ref.format === 'unstuck' && left.ref.document === right.ref.document
  if (!isSameRun || left.checkpoint === null || right.checkpoint === null) return null
  const { head, journal } = await context.store.read(runIdOf(context, left.ref))
  if (journal === null || journal.flaws.length > 0 || !isOurs(head)) return null
  const from = seqOf(journal, left.checkpoint)
  const to = seqOf(journal, right.checkpoint)
  if (from === null || to === null || from === to) return null
  const parts = readChangedParts(journal, Math.min(from, to), Math.max(from, to))
  if (parts === null) return null
  const [earlier, later] = [comparable(parts.earlier), comparable(parts.later)]
  return from < to ? { left: earlier, right: later } : { left: later, right: earlier }
}

/** A head of a newer version belongs to a program that may mean something else by the same records. */
function isOurs(head: StoredRun['head']): boolean {
  if (head === null) return true
  return decodeLossy(head.bytes.subarray(0, headStart.length)) === headStart
}

function seqOf({ records }: JournalReading, checkpoint: string): number | null {
  const made = records.findLast(
    ({ kind, record }) =>
      kind === 'known' && record.type === 'checkpoint' && record['id'] === checkpoint,
  )
  return made?.record.seq ?? null
}
