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
    const { result, known } = await runStepsInTurns(scanKept(bytes, kept.get(path)))
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
  /** What all of them came to, where nothing stood behind them. */
  readonly result: JournalScan | null
}

function* scan(bytes: Uint8Array, options: SplitOptions): Steps<JournalScan> {
  return yield* followChain(yield* splitLines(bytes, options), bytes.byteLength)
}

type Scanned = { readonly result: JournalScan; readonly known: KnownLines | null }

/** A journal that is as it was comes to the very same. */
function* scanKept(bytes: Uint8Array, before: KnownLines | undefined): Steps<Scanned> {
  const known = (yield* isBegunBy(bytes, before)) ? before : undefined
  const isSame = known !== undefined && known.sizeBytes === bytes.byteLength
  if (isSame && known.result !== null) return { result: known.result, known }
  return yield* scanKnown(bytes, known?.lines ?? [])
}

function* isBegunBy(bytes: Uint8Array, known: KnownLines | undefined): Steps<boolean> {
  if (known === undefined || known.sizeBytes > bytes.byteLength) return false
  return (yield* digestSteps(bytes.subarray(0, known.sizeBytes))) === known.digest
}

function* scanKnown(bytes: Uint8Array, known: readonly Line[]): Steps<Scanned> {
  const lines = yield* splitLines(bytes, { known, keep: 'records' })
  const result = yield* followChain(lines, bytes.byteLength)
  if (bytes.byteLength > largestKeptBytes) return { result, known: null }
  const kept = lines.filter(({ isTorn }) => !isTorn)
  const sizeBytes = endOf(kept)
  const digest = yield* digestSteps(bytes.subarray(0, sizeBytes))
  const isWhole = sizeBytes === bytes.byteLength
  return { result, known: { lines: kept, sizeBytes, digest, result: isWhole ? result : null } }
}
