// Runs that are taken out as a file: what it would be is shown first, and made again whenever something else is chosen.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { ExportDocument, ExportEnd, ExportForm } from '../../shared/contract/exports.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'

export type ExportChoice = {
  readonly as: ExportForm
  readonly from: string | null
  readonly to: string | null
  readonly logs: boolean
  readonly redact: boolean
}

/** A bundle is made at the host, see `bundleExportStore`; it is only chosen here. */
export type ExportKind = 'bundle' | ExportForm

export type ExportSubject = {
  readonly runs: readonly string[]
  /** Of other engines. */
  readonly documents?: readonly ExportDocument[]
  /** Of one run; a patch leads between two of them. */
  readonly checkpoints: readonly { readonly id: string; readonly name: string }[]
}

export type ExportPreview =
  | { readonly kind: 'planning'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly plan: CallOutput<'export.plan'> }

export type ExportWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'done'; readonly name: string; readonly end: ExportEnd }

export type ExportState = {
  /** Null: nothing is exported. */
  readonly subject: ExportSubject | null
  readonly kind: ExportKind
  readonly choice: ExportChoice
  readonly reason: string
  readonly preview: ExportPreview
  readonly work: ExportWork
  readonly begin: (subject: ExportSubject) => void
  readonly pick: (
    kind: ExportKind,
    secrets: { readonly redact: boolean; readonly reason: string },
  ) => void
  readonly choose: (change: Partial<ExportChoice>) => void
  readonly setReason: (reason: string) => void
  readonly retry: () => void
  /** Reads all of it and hands it over as a file. */
  readonly save: () => Promise<void>
  readonly cancel: () => void
  readonly close: () => void
}
export type ExportStore = StoreApi<ExportState>

/** `put` hands a file to the person. */
export function createExportStore(
  client: Client,
  put: (content: Blob, name: string) => void,
): ExportStore {
  return createStore<ExportState>()((set, get) => {
    let planning = new AbortController()
    let saving = new AbortController()

    const plan = async () => {
      planning.abort()
      const { signal } = (planning = new AbortController())
      const { subject, choice } = get()
      if (subject === null) return
      const show = (preview: ExportPreview) => {
        if (!signal.aborted) set({ preview })
      }
      show({ kind: 'planning', done: 0, total: countSubject(subject) })
      try {
        const onProgress = ({ done, total }: { readonly done: number; readonly total: number }) =>
          show({ kind: 'planning', done, total })
        const input = inputOf(subject, choice)
        show({
          kind: 'ready',
          plan: await client.call('export.plan', input, { signal, onProgress }),
        })
      } catch (error) {
        show({ kind: 'failed', error: toAppError(error) })
      }
    }

    return {
      subject: null,
      kind: 'bundle',
      choice: first,
      reason: '',
      preview: { kind: 'planning', done: 0, total: 0 },
      work: { kind: 'idle' },
      begin: (subject) => {
        set({ subject, kind: 'bundle', choice: first, reason: '', work: { kind: 'idle' } })
      },
      pick: (kind, { redact, reason }) => {
        planning.abort()
        set({ kind, reason, work: { kind: 'idle' } })
        if (kind === 'bundle') return
        set({ choice: fitting({ ...get().choice, as: kind, redact }, get().subject) })
        void plan()
      },
      choose: (change) => {
        set({ choice: fitting({ ...get().choice, ...change }, get().subject) })
        void plan()
      },
      setReason: (reason) => set({ reason }),
      retry: () => void plan(),
      save: async () => {
        const { subject, choice, reason } = get()
        if (subject === null) return
        const { signal } = (saving = new AbortController())
        set({ work: { kind: 'running', done: 0, total: countSubject(subject) } })
        try {
          const why = choice.redact ? null : reason
          const asked = { ...inputOf(subject, choice), reason: why }
          const begun = await client.call('export.open', asked)
          const onRead = (done: number, total: number) =>
            set({ work: { kind: 'running', done, total } })
          const { pieces, end } = await readPieces(client, begun.export, { signal, onRead })
          put(new Blob([...pieces], { type: 'application/json' }), begun.name)
          set({ work: { kind: 'done', name: begun.name, end } })
        } catch (error) {
          const failure = toAppError(error)
          set({
            work:
              failure.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error: failure },
          })
        }
      },
      cancel: () => saving.abort(),
      close: () => {
        planning.abort()
        saving.abort()
        set({ subject: null })
      },
    }
  })
}

const first: ExportChoice = { as: 'json', from: null, to: null, logs: false, redact: true }

export function countSubject({ runs, documents = [] }: ExportSubject): number {
  return runs.length + documents.length
}

/** What one form has no room for is not asked for with it. */
function fitting(choice: ExportChoice, subject: ExportSubject | null): ExportChoice {
  const isPatch = choice.as === 'patch'
  const begin = subject?.checkpoints[0]?.id ?? null
  return {
    ...choice,
    logs: choice.logs && choice.as === 'json',
    from: isPatch ? (choice.from ?? begin) : null,
    to: isPatch ? choice.to : null,
  }
}

function inputOf({ runs, documents = [] }: ExportSubject, choice: ExportChoice) {
  // Only one form has room for them; the dialog says so.
  const others = documents.length === 0 || choice.as !== 'json' ? {} : { documents: [...documents] }
  return { runs: runs.map((run) => RunId.parse(run)), ...others, ...choice }
}

/** Given up at the host too, where it is not read to its end. */
async function readPieces(
  client: Client,
  token: string,
  options: {
    readonly signal: AbortSignal
    readonly onRead: (done: number, total: number) => void
  },
): Promise<{ readonly pieces: readonly string[]; readonly end: ExportEnd }> {
  const pieces: string[] = []
  try {
    for (;;) {
      options.signal.throwIfAborted()
      const read = await client.call('export.read', { export: token, piece: pieces.length })
      pieces.push(read.text)
      options.onRead(read.done, read.total)
      if (read.end !== null) return { pieces, end: read.end }
    }
  } catch (error) {
    await client.call('export.close', { export: token })
    throw options.signal.aborted ? new AppError('cancelled', 'The export was given up.') : error
  }
}
