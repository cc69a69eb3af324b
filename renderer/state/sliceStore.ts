// A window onto a long text, which is read in slices from its end, its start or any place: logs that grow, files as they are.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TextSlice } from '../../shared/contract/call.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'

export type SliceState = {
  readonly text: string
  /** Bytes before and after what was read. */
  readonly startOffset: number
  readonly endOffset: number
  readonly sizeBytes: number
  /** The number of the first line that is shown; null: nobody counted. */
  readonly firstLine: number | null
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
  readonly open: () => () => void
  readonly readEarlier: () => Promise<void>
  readonly readLater: () => Promise<void>
  /** Shows the text around a byte instead; null: its end. What is shown already stays. */
  readonly seek: (offset: number | null) => Promise<void>
}
export type SliceStore = StoreApi<SliceState>

export type NumberedSlice = TextSlice & { readonly firstLine?: number | undefined }

export type SliceOptions = {
  /** `isNumbered`: the number of the first line is wanted too. */
  readonly read: (offset: number, limitBytes: number, isNumbered: boolean) => Promise<NumberedSlice>
  /** Where reading begins: a log matters at its end, a document at its start. */
  readonly from: 'start' | 'end'
  /** Tells that the text may have grown; returns what stops it. Left out: it does not grow. */
  readonly onGrowth?: (grown: () => void) => () => void
}

const sliceBytes = 262_144
/** More is not held: what is furthest from where somebody reads on is let go. */
const mostPieces = 16

/** What one answer brought. Pieces are whole slices, so that their bytes are known whatever their text became. */
type Piece = { readonly text: string; readonly start: number; readonly end: number }
type Window = { readonly pieces: readonly Piece[]; readonly firstLine: number | null }

export function createSliceStore({ read, from, onGrowth }: SliceOptions): SliceStore {
  return createStore<SliceState>()((set, get) => {
    let window: Window = { pieces: [], firstLine: 1 }
    const show = (next: Window, sizeBytes: number) => {
      window = next
      const { pieces, firstLine } = next
      set({
        text: pieces.map(({ text }) => text).join(''),
        startOffset: pieces[0]?.start ?? 0,
        endOffset: pieces.at(-1)?.end ?? 0,
        sizeBytes,
        firstLine,
        phase: 'ready',
        error: null,
      })
    }
    const fail = (error: unknown) =>
      set({ error: toAppError(error), phase: get().phase === 'ready' ? 'ready' : 'failed' })
    const begin = async (start: number) => {
      const slice = await read(start, sliceBytes, true)
      show(windowAt(slice), slice.sizeBytes)
    }
    const load = async () => {
      set({ phase: 'loading', error: null })
      try {
        await begin(from === 'start' ? 0 : await startOfTail(read))
      } catch (error) {
        fail(error)
      }
    }
    const readLater = createReader(async () => {
      if (get().phase !== 'ready') return load()
      try {
        const before = window
        const slice = await read(get().endOffset, sliceBytes, false)
        if (before === window) show(withLater(before, pieceOf(slice)), slice.sizeBytes)
      } catch (error) {
        fail(error)
      }
    })
    const grow = async () => {
      const { endOffset, sizeBytes, phase } = get()
      if (phase !== 'ready' || endOffset === sizeBytes) return readLater()
      // Whoever looks at an earlier place is left there.
      try {
        set({ sizeBytes: (await read(0, 1, false)).sizeBytes })
      } catch (error) {
        fail(error)
      }
    }
    return {
      text: '',
      startOffset: 0,
      endOffset: 0,
      sizeBytes: 0,
      firstLine: 1,
      phase: 'loading',
      error: null,
      readLater,
      open: () => {
        void load()
        return onGrowth?.(() => void grow()) ?? (() => undefined)
      },
      readEarlier: async () => {
        const { startOffset, sizeBytes } = get()
        const start = Math.max(0, startOffset - sliceBytes)
        if (start === startOffset) return
        try {
          const before = window
          const slice = await read(start, startOffset - start, false)
          if (before === window) show(withEarlier(before, pieceOf(slice, startOffset)), sizeBytes)
        } catch (error) {
          fail(error)
        }
      },
      seek: async (offset) => {
        const { startOffset, endOffset, sizeBytes, phase } = get()
        const isShown = offset === null ? endOffset === sizeBytes : isWithin(offset)
        if (phase === 'ready' && isShown) return
        try {
          await begin(
            offset === null ? await startOfTail(read) : Math.max(0, offset - sliceBytes / 2),
          )
        } catch (error) {
          fail(error)
        }

        function isWithin(byte: number): boolean {
          return byte >= startOffset && (byte < endOffset || endOffset === sizeBytes)
        }
      },
    }
  })
}

async function startOfTail(read: SliceOptions['read']): Promise<number> {
  const { sizeBytes } = await read(0, 1, false)
  return Math.max(0, sizeBytes - sliceBytes)
}

function pieceOf(slice: TextSlice, end = slice.nextOffset ?? slice.sizeBytes): Piece {
  return { text: slice.text, start: slice.offset, end }
}

function windowAt(slice: NumberedSlice): Window {
  const piece = pieceOf(slice)
  const whole = fromLineStart(piece)
  const firstLine = slice.offset === 0 ? 1 : (slice.firstLine ?? null)
  if (whole === piece || firstLine === null) return { pieces: [whole], firstLine }
  return { pieces: [whole], firstLine: firstLine + 1 }
}

/** Without the rest of a line whose beginning is not there, unless there is nothing else. */
function fromLineStart(piece: Piece): Piece {
  const newline = piece.start === 0 ? -1 : piece.text.indexOf('\n')
  if (newline === -1) return piece
  const rest = piece.text.slice(0, newline + 1)
  const start = piece.start + new TextEncoder().encode(rest).length
  return { ...piece, text: piece.text.slice(newline + 1), start }
}

function withLater({ pieces, firstLine }: Window, piece: Piece): Window {
  const last = pieces.at(-1)
  const isSmall = last !== undefined && piece.end - last.start <= sliceBytes
  const joined = isSmall
    ? [...pieces.slice(0, -1), { text: last.text + piece.text, start: last.start, end: piece.end }]
    : [...pieces, piece]
  const kept = joined.slice(-mostPieces)
  const gone = joined.slice(0, joined.length - kept.length)
  return { pieces: kept, firstLine: firstLine === null ? null : firstLine + linesIn(gone) }
}

function withEarlier({ pieces, firstLine }: Window, earlier: Piece): Window {
  const piece = fromLineStart(earlier)
  const kept = [piece, ...pieces].slice(0, mostPieces)
  if (firstLine === null) return { pieces: kept, firstLine: piece.start === 0 ? 1 : null }
  return { pieces: kept, firstLine: firstLine - linesIn([piece]) }
}

function linesIn(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)
}
