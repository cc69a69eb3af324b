// Runs of a bundle that become runs of this workspace: sent to the host, shown, and then made.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BundleImportPlan } from '../../shared/contract/bundles.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CallInput, CallOptions, CallOutput, Client } from '../../shared/contract/contract.ts'
import { AppError, needsPassphrase, toAppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { sendBundle } from './bundlePieces.ts'

export type ImportStage =
  | { readonly kind: 'closed' }
  /** A file is to be chosen. */
  | { readonly kind: 'asking' }
  /** The bundle is open here: the workspace that gets its runs is to be chosen. */
  | { readonly kind: 'choosing' }
  | { readonly kind: 'sending'; readonly sent: number; readonly total: number }
  | { readonly kind: 'reading' }
  /** `wrong`: one was given, and it does not open the bundle. */
  | { readonly kind: 'locked'; readonly wrong: boolean }
  /** `isNarrowed`: of what was chosen, where that is other than it was shown among all. */
  | { readonly kind: 'plan'; readonly plan: BundleImportPlan; readonly isNarrowed?: true }
  | { readonly kind: 'making'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly rows: readonly OutcomeRow[] }
  | { readonly kind: 'failed'; readonly error: AppError }

export type BundleImportState = {
  readonly name: string
  /** Runs of the bundle that are left out. */
  readonly left: ReadonlySet<string>
  readonly stage: ImportStage
  /** Of an opened bundle: the workspace that gets the runs. */
  readonly into: string | null
  readonly ask: () => void
  /** Of an opened bundle; null: all of its runs. */
  readonly askInto: (run: string | null) => void
  readonly choose: (workspace: string) => Promise<void>
  readonly pick: (file: File) => Promise<void>
  readonly unlock: (passphrase: string) => Promise<void>
  readonly leaveOut: (left: ReadonlySet<string>) => void
  readonly make: () => Promise<void>
  readonly close: () => void
}
export type BundleImportStore = StoreApi<BundleImportState>

export function createBundleImportStore(client: Client): BundleImportStore {
  return createStore<BundleImportState>()((set, get) => {
    let working = new AbortController()
    let upload = ''
    let source: ImportSource = nowhere
    let only: RunId[] | null = null
    let runs: RunId[] | null = null
    let planned: Planned | null = null
    const show = (signal: AbortSignal, stage: ImportStage) => {
      if (!signal.aborted) set({ stage })
    }
    const read = async (signal: AbortSignal, wasAsked: boolean) => {
      show(signal, { kind: 'reading' })
      try {
        planned = await source.plan(runs, { signal })
        show(signal, { kind: 'plan', plan: planned.plan })
      } catch (cause) {
        const error = toAppError(cause)
        const wrong = wasAsked
        show(signal, needsPassphrase(error) ? { kind: 'locked', wrong } : { kind: 'failed', error })
      }
    }
    const begin = (name: string, stage: ImportStage): AbortSignal => {
      working.abort()
      working = new AbortController()
      planned = null
      set({ name, left: new Set(), into: null, stage })
      return working.signal
    }
    return {
      name: '',
      into: null,
      left: new Set(),
      stage: { kind: 'closed' },
      ask: () => {
        runs = only = null
        begin('', { kind: 'asking' })
      },
      askInto: (run) => {
        only = run === null ? null : [RunId.parse(run)]
        begin('', { kind: 'choosing' })
      },
      choose: async (workspace) => {
        runs = only
        source = intoWorkspace(client, workspace)
        const signal = begin('', { kind: 'reading' })
        set({ into: workspace })
        await read(signal, false)
      },
      pick: async (file) => {
        runs = only = null
        const signal = begin(file.name, { kind: 'sending', sent: 0, total: file.size })
        try {
          const onProgress = (sent: number) =>
            show(signal, { kind: 'sending', sent, total: file.size })
          upload = await sendBundle(client, file, { signal, onProgress })
          source = fromUpload(client, upload, null)
          await read(signal, false)
        } catch (error) {
          show(signal, { kind: 'failed', error: toAppError(error) })
        }
      },
      unlock: async (given) => {
        source = fromUpload(client, upload, given)
        await read(working.signal, true)
      },
      leaveOut: (left) => set({ left }),
      make: async () => {
        if (planned === null) return
        const { signal } = working
        const before = planned.plan
        const { left } = get()
        show(signal, { kind: 'making', done: 0, total: countChosen(before, left) })
        try {
          if (left.size > 0) {
            // The links between runs depend on which of them come along.
            runs = chosenOf(before, left)
            planned = await source.plan(runs, { signal })
            if (!signal.aborted) set({ left: new Set() })
            if (notesOf(planned.plan) !== notesOf(before, left))
              return show(signal, { kind: 'plan', plan: planned.plan, isNarrowed: true })
          }
          const { rev, digest, asOf } = planned
          const { rows } = await source.apply(
            { runs, rev, digest, asOf },
            {
              signal,
              onProgress: ({ done, total }) => show(signal, { kind: 'making', done, total }),
            },
          )
          show(signal, { kind: 'done', rows })
        } catch (error) {
          show(signal, { kind: 'failed', error: toAppError(error) })
        }
      },
      close: () => {
        // A passphrase goes with its source.
        source = nowhere
        begin('', { kind: 'closed' })
      },
    }
  })
}

type Planned = CallOutput<'bundle.import.plan'>
type Approved = Omit<CallInput<'bundle.import.apply'>, 'upload' | 'passphrase'>

/** Where the runs come from, and where they go. */
type ImportSource = {
  readonly plan: (
    runs: RunId[] | null,
    options: CallOptions<'bundle.import.plan'>,
  ) => Promise<Planned>
  readonly apply: (
    input: Approved,
    options: CallOptions<'bundle.import.apply'>,
  ) => Promise<CallOutput<'bundle.import.apply'>>
}

function fromUpload(client: Client, upload: string, passphrase: string | null): ImportSource {
  const from = { upload, passphrase }
  return {
    plan: (runs, options) => client.call('bundle.import.plan', { ...from, runs }, options),
    apply: (input, options) => client.call('bundle.import.apply', { ...from, ...input }, options),
  }
}

function intoWorkspace(client: Client, workspace: string): ImportSource {
  return {
    plan: (runs, options) => client.call('bundle.into.plan', { workspace, runs }, options),
    apply: (input, options) => client.call('bundle.into.apply', { workspace, ...input }, options),
  }
}

const nowhere: ImportSource = { plan: notBegun, apply: notBegun }

function notBegun(): Promise<never> {
  return Promise.reject(new AppError('bug', 'An import was asked for before its bundle.'))
}

function chosenOf({ rows }: BundleImportPlan, left: ReadonlySet<string>) {
  return rows.flatMap(({ run }) => (left.has(run) ? [] : [run]))
}

function notesOf({ rows }: BundleImportPlan, left: ReadonlySet<string> = new Set()): string {
  return JSON.stringify(rows.flatMap(({ run, notes }) => (left.has(run) ? [] : [run, notes])))
}

/** How many would be made. */
export function countChosen({ rows, runs }: BundleImportPlan, left: ReadonlySet<string>): number {
  return runs - rows.filter(({ run, problem }) => problem === null && left.has(run)).length
}
