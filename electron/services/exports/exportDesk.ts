// Exports that are under way: each makes its next piece when it is asked for, so that none lies anywhere whole.
import { AppError } from '../../../shared/errors.ts'

export type ExportPiece<End> = {
  readonly text: string
  readonly done: number
  readonly end: End | null
}

/** `settle` is told how it ended: with its end, or with the reason why there is none. */
export type ExportWork<End> = {
  readonly pieces: AsyncGenerator<ExportPiece<End>, void>
  readonly total: number
  readonly settle: (end: End | AppError) => Promise<void>
}

export type ExportDesk<End> = {
  readonly open: (token: string, work: ExportWork<End>) => Promise<void>
  readonly read: (
    token: string,
    piece: number,
  ) => Promise<ExportPiece<End> & { readonly total: number }>
  readonly close: (token: string, why?: string) => Promise<void>
}

export function createExportDesk<End>(): ExportDesk<End> {
  type Open = ExportWork<End> & { next: number; last: ExportPiece<End> | null; busy: boolean }
  const open = new Map<string, Open>()

  async function end(token: string, why: AppError): Promise<void> {
    const one = open.get(token)
    if (one === undefined) return
    open.delete(token)
    // One that is being made ends with its piece.
    await Promise.allSettled([one.busy ? undefined : one.pieces.return(), one.settle(why)])
  }

  async function advance(token: string, one: Open): Promise<ExportPiece<End>> {
    one.busy = true
    try {
      const { value, done } = await one.pieces.next()
      if (done === true) throw new AppError('bug', 'An export went on behind its end.')
      one.last = value
      one.next += 1
      if (value.end !== null) await one.settle(value.end)
      return value
    } catch (error) {
      open.delete(token)
      if (error instanceof AppError) await one.settle(error)
      throw error
    } finally {
      one.busy = false
    }
  }

  return {
    open: async (token, work) => {
      for (const [oldest] of open)
        if (open.size >= mostAtOnce) await end(oldest, new AppError('cancelled', gaveWay))
      open.set(token, { ...work, next: 0, last: null, busy: false })
    },
    read: async (token, piece) => {
      const one = open.get(token)
      if (one === undefined)
        throw new AppError('not-found', 'The host has no such export any more. Begin it again.')
      const { total } = one
      if (piece === one.next - 1 && one.last !== null) return { ...one.last, total }
      if (piece !== one.next || one.busy)
        throw new AppError('invalid-input', 'Pieces of an export are read in their order, once.')
      if (one.last !== null && one.last.end !== null)
        throw new AppError('invalid-input', 'The export has ended.')
      return { ...(await advance(token, one)), total }
    },
    close: (token) => end(token, new AppError('cancelled', 'It was given up.')),
  }
}

const mostAtOnce = 8
const gaveWay = 'It was not read on, and others were begun.'
