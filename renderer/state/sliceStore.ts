// A long text, read in slices from its end or its start: logs that grow, files as they are.
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
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
  readonly open: () => () => void
  readonly readEarlier: () => Promise<void>
  readonly readLater: () => Promise<void>
}
export type SliceStore = StoreApi<SliceState>

export type SliceOptions = {
  readonly read: (offset: number, limitBytes: number) => Promise<TextSlice>
  /** Where reading begins: a log matters at its end, a document at its start. */
  readonly from: 'start' | 'end'
  /** Tells that the text may have grown; returns what stops it. Left out: it does not grow. */
  readonly onGrowth?: (grown: () => void) => () => void
}

const sliceBytes = 262_144

export function createSliceStore({ read, from, onGrowth }: SliceOptions): SliceStore {
  return createStore<SliceState>()((set, get) => {
    const fail = (error: unknown) =>
      set({ error: toAppError(error), phase: get().phase === 'ready' ? 'ready' : 'failed' })
    const load = async () => {
      set({ phase: 'loading', error: null })
      try {
        const start = from === 'start' ? 0 : await startOfTail(read)
        const slice = await read(start, sliceBytes)
        set({
          text: slice.text,
          startOffset: start,
          endOffset: slice.nextOffset ?? slice.sizeBytes,
          sizeBytes: slice.sizeBytes,
          phase: 'ready',
        })
      } catch (error) {
        fail(error)
      }
    }
    const readLater = createReader(async () => {
      if (get().phase !== 'ready') return load()
      const { text, endOffset } = get()
      try {
        const slice = await read(endOffset, sliceBytes)
        set({
          text: text + slice.text,
          endOffset: slice.nextOffset ?? slice.sizeBytes,
          sizeBytes: slice.sizeBytes,
          error: null,
        })
      } catch (error) {
        fail(error)
      }
    })
    return {
      text: '',
      startOffset: 0,
      endOffset: 0,
      sizeBytes: 0,
      phase: 'loading',
      error: null,
      readLater,
      open: () => {
        void load()
        return onGrowth?.(() => void readLater()) ?? (() => undefined)
      },
      readEarlier: async () => {
        const { startOffset } = get()
        const start = Math.max(0, startOffset - sliceBytes)
        if (start === startOffset) return
        try {
          const slice = await read(start, startOffset - start)
          set({ text: slice.text + get().text, startOffset: start, error: null })
        } catch (error) {
          fail(error)
        }
      },
    }
  })
}

async function startOfTail(read: SliceOptions['read']): Promise<number> {
  const { sizeBytes } = await read(0, 1)
  return Math.max(0, sizeBytes - sliceBytes)
}
