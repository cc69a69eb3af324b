// Runs of a bundle that become runs of this workspace: sent to the host, shown, and then made.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BundleImportPlan } from '../../shared/contract/bundles.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { sendBundle } from './bundlePieces.ts'

export type ImportStage =
  | { readonly kind: 'closed' }
  /** A file is to be chosen. */
  | { readonly kind: 'asking' }
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
  readonly ask: () => void
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
    let passphrase: string | null = null
    let runs: RunId[] | null = null
    let planned: CallOutput<'bundle.import.plan'> | null = null
    const show = (signal: AbortSignal, stage: ImportStage) => {
      if (!signal.aborted) set({ stage })
    }
    const read = async (signal: AbortSignal) => {
      show(signal, { kind: 'reading' })
      try {
        planned = await client.call('bundle.import.plan', { upload, passphrase }, { signal })
        show(signal, { kind: 'plan', plan: planned.plan })
      } catch (cause) {
        const error = toAppError(cause)
        const isLocked = error.details['needs'] === 'passphrase'
        const wrong = passphrase !== null
        show(signal, isLocked ? { kind: 'locked', wrong } : { kind: 'failed', error })
      }
    }
    return {
      name: '',
      left: new Set(),
      stage: { kind: 'closed' },
      ask: () => set({ name: '', stage: { kind: 'asking' } }),
      pick: async (file) => {
        working.abort()
        const { signal } = (working = new AbortController())
        passphrase = null
        runs = null
        set({
          name: file.name,
          left: new Set(),
          stage: { kind: 'sending', sent: 0, total: file.size },
        })
        try {
          const onProgress = (sent: number) =>
            show(signal, { kind: 'sending', sent, total: file.size })
          upload = await sendBundle(client, file, { signal, onProgress })
          await read(signal)
        } catch (error) {
          show(signal, { kind: 'failed', error: toAppError(error) })
        }
      },
      unlock: async (given) => {
        passphrase = given
        await read(working.signal)
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
            planned = await client.call(
              'bundle.import.plan',
              { upload, passphrase, runs },
              { signal },
            )
            if (!signal.aborted) set({ left: new Set() })
            if (notesOf(planned.plan) !== notesOf(before, left))
              return show(signal, { kind: 'plan', plan: planned.plan, isNarrowed: true })
          }
          const { rev, digest, asOf } = planned
          const { rows } = await client.call(
            'bundle.import.apply',
            { upload, passphrase, runs, rev, digest, asOf },
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
        working.abort()
        passphrase = null
        planned = null
        set({ name: '', stage: { kind: 'closed' } })
      },
    }
  })
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
