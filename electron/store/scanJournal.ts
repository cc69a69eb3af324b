// Reads a journal's bytes: every line is verified by itself and in its place in the chain.
import { digestSteps } from './digestInTurns.ts'
import { followChain, type JournalScan } from './journal.ts'
import { endOf, splitLines, type Line, type SplitOptions } from './journalLines.ts'
import { runSteps, runStepsInTurns, type Steps } from './steps.ts'

/** Reads a whole journal at once. */
export function scanJournal(bytes: Uint8Array): JournalScan {
  return runSteps(scan(bytes, { known: [], keep: 'records' }))
}

/** Reads a whole journal for whoever goes on writing it: its records are not kept. */
export function scanChain(bytes: Uint8Array): Promise<JournalScan> {
  return runStepsInTurns(scan(bytes, { known: [], keep: 'chain' }))
}

/**
 * Reads journals again and again, as they grow: the lines of the last few are kept, and used where a journal still begins with
 * exactly the bytes that they were read from. Parsing is nearly all of the work: 2,000 steps take 0.2 s, their digest 5 ms.
 */
export function createJournalScanner(): (path: string, bytes: Uint8Array) => Promise<JournalScan> {
  const kept = new Map<string, KnownLines>()
  return async (path, bytes) => {
    if (bytes.byteLength < smallestKeptBytes) return scanJournal(bytes)
    const { result, known } = await runStepsInTurns(scanKnown(bytes, kept.get(path)))
    kept.delete(path)
    if (known !== null) kept.set(path, known)
    for (const [oldest] of kept) if (kept.size > journalsKept) kept.delete(oldest)
    return result
  }
}

const journalsKept = 2
const smallestKeptBytes = 64 * 1024
const largestKeptBytes = 32 * 1024 * 1024

/** Lines from the start of a journal, and the digest of the bytes that they were read from. */
type KnownLines = {
  readonly lines: readonly Line[]
  readonly sizeBytes: number
  readonly digest: string
}

function* scan(bytes: Uint8Array, options: SplitOptions): Steps<JournalScan> {
  return yield* followChain(yield* splitLines(bytes, options), bytes.byteLength)
}

function* scanKnown(
  bytes: Uint8Array,
  before: KnownLines | undefined,
): Steps<{ readonly result: JournalScan; readonly known: KnownLines | null }> {
  const known = yield* linesFrom(before, bytes)
  const lines = yield* splitLines(bytes, { known, keep: 'records' })
  const isKept = bytes.byteLength <= largestKeptBytes
  return {
    result: yield* followChain(lines, bytes.byteLength),
    known: isKept ? yield* knownLines(bytes, lines) : null,
  }
}

function* linesFrom(known: KnownLines | undefined, bytes: Uint8Array): Steps<readonly Line[]> {
  if (known === undefined || known.sizeBytes > bytes.byteLength) return []
  const digest = yield* digestSteps(bytes.subarray(0, known.sizeBytes))
  return digest === known.digest ? known.lines : []
}

function* knownLines(bytes: Uint8Array, all: readonly Line[]): Steps<KnownLines> {
  const lines = all.filter(({ isTorn }) => !isTorn)
  const sizeBytes = endOf(lines)
  return { lines, sizeBytes, digest: yield* digestSteps(bytes.subarray(0, sizeBytes)) }
}
