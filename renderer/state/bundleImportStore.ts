// Runs of a bundle that become runs of this workspace: sent to the host, shown, and then made.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BundleImportPlan } from '../../shared/contract/bundles.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { sendBundle } from './bundlePieces.ts'

export type ImportStage =
  | { readonly kind: 'closed' }
  /** A file is to be chosen. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'sending'; readonly sent: number; readonly total: number }
  | { readonly kind: 'reading' }
  /** `wrong`: one was given, and it does not open the bundle. */
  | { readonly kind: 'locked'; readonly wrong: boolean }
  | { readonly kind: 'plan'; readonly plan: BundleImportPlan }
  | { readonly kind: 'making'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly rows: readonly OutcomeRow[] }
  | { readonly kind: 'failed'; readonly error: AppError }

export type BundleImportState = {
  readonly name: string
  readonly stage: ImportStage
  readonly ask: () => void
  readonly pick: (file: File) => Promise<void>
  readonly unlock: (passphrase: string) => Promise<void>
  readonly make: () => Promise<void>
  readonly close: () => void
}
export type BundleImportStore = StoreApi<BundleImportState>

export function createBundleImportStore(client: Client): BundleImportStore {
  return createStore<BundleImportState>()((set) => {
    let working = new AbortController()
    let upload = ''
    let passphrase: string | null = null
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
      stage: { kind: 'closed' },
      ask: () => set({ name: '', stage: { kind: 'asking' } }),
      pick: async (file) => {
        working.abort()
        const { signal } = (working = new AbortController())
        passphrase = null
        set({ name: file.name, stage: { kind: 'sending', sent: 0, total: file.size } })
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
      make: async () => {
        if (planned === null) return
        const { signal } = working
        const { rev, digest, asOf, plan } = planned
        show(signal, { kind: 'making', done: 0, total: plan.runs })
        try {
          const { rows } = await client.call(
            'bundle.import.apply',
            { upload, passphrase, rev, digest, asOf },
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
