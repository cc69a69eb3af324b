// Makes rows of entries: of a few by reading all of them, of many runs by the start of each head.
import type { CancelSignal } from '../../../shared/cancel.ts'
import { throwIfCancelled } from '../../../shared/cancel.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { Entry } from '../../store/store.ts'
import type { ServiceContext } from '../context.ts'
import { readRowFacts } from '../rowFacts.ts'
import type { RowTable } from './rowTable.ts'
import { summaryBytes, summaryFacts } from './summaryFacts.ts'
import { toTableRow } from './toTableRow.ts'

export type ReadOptions = {
  readonly rows: RowTable
  /** Runs that somebody holds: what is said of them is not in their files alone. */
  readonly held: ReadonlySet<RunId>
  readonly signal: CancelSignal
}

/** More than these are told by the start of their heads, until all of each is read when there is time for it. */
export const readAtOnce = 200
const startsAtOnce = 1000

export async function readEntries(
  context: ServiceContext,
  entries: readonly Entry[],
  options: ReadOptions,
): Promise<void> {
  if (entries.length <= readAtOnce) return readWhole(context, entries, options)
  const byStart = entries.filter((entry) => isToldByStart(entry, options.held))
  const others = entries.filter((entry) => !isToldByStart(entry, options.held))
  const left: Entry[] = [...others]
  // The next ones are read, on another thread where there is one, while rows are made of these.
  const readNext = startsAhead(context, byStart)
  for (let next = readNext(); next !== null; next = readNext()) {
    throwIfCancelled(options.signal, 'Listing the runs')
    left.push(...takeStarts(context, await next, options.rows))
  }
  await readWhole(context, left, options)
}

/** Reads all of each entry's files. */
export async function readWhole(
  context: ServiceContext,
  entries: readonly Entry[],
  { rows, signal }: Pick<ReadOptions, 'rows' | 'signal'>,
): Promise<void> {
  await mapBounded(entries, 16, async (entry) => {
    throwIfCancelled(signal, 'Listing the runs')
    const readAtMs = Date.parse(context.now())
    const facts = await readRowFacts(context, entry)
    rows.upsert(toTableRow(entry, facts, { readAtMs, isVerified: true, isExact: true }))
  })
}

function isToldByStart({ run, kind, problem }: Entry, held: ReadonlySet<RunId>): boolean {
  return run !== null && kind === 'run' && problem === null && !held.has(run)
}

type Starts = {
  readonly entries: readonly Entry[]
  readonly starts: Awaited<ReturnType<ServiceContext['store']['readStarts']>>
}

/** Gives piece after piece, each asked for before it is needed; null at the end. */
function startsAhead(
  { store }: ServiceContext,
  entries: readonly Entry[],
): () => Promise<Starts> | null {
  const asked: Promise<Starts>[] = []
  let from = 0
  const ask = async (some: readonly Entry[]): Promise<Starts> => {
    const documents = some.map(({ document }) => document)
    return { entries: some, starts: await store.readStarts(documents, summaryBytes) }
  }
  return () => {
    while (asked.length < piecesAhead && from < entries.length) {
      const piece = ask(entries.slice(from, from + startsAtOnce))
      // Whoever takes it is told of its failure; until then nobody has to be.
      piece.catch(() => undefined)
      asked.push(piece)
      from += startsAtOnce
    }
    return asked.shift() ?? null
  }
}

const piecesAhead = 3

/** Makes rows; returns the entries whose heads do not tell enough. */
function takeStarts(
  { sha256, now }: Pick<ServiceContext, 'sha256' | 'now'>,
  { entries, starts }: Starts,
  rows: RowTable,
): readonly Entry[] {
  const at = now()
  const readAtMs = Date.parse(at)
  return entries.filter((entry, index) => {
    const start = starts[index]
    if (start === undefined || 'problem' in start) return true
    const found = summaryFacts(entry, start.bytes, { sha256, now: at })
    if (found === null) return true
    const { facts, isExact } = found
    rows.upsert(toTableRow(entry, facts, { readAtMs, isVerified: false, isExact }))
    return false
  })
}
