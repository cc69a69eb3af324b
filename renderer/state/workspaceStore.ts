// The workspace that is open, and the connection to the host that has it open.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { Workspace } from '../../shared/contract/workspace.ts'
import type { SecretRules } from '../../shared/core/secrets/secretRules.ts'
import { AppError, needsPassphrase, toAppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { disconnected } from './disconnected.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
import { secretRulesOf } from './secretRulesOf.ts'

export type SampleWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly error: AppError }

export type LockWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'trying' }
  /** `isWrong`: it does not open with that passphrase; any other failure is shown as it is. */
  | { readonly kind: 'failed'; readonly error: AppError; readonly isWrong: boolean }

export type WorkspaceState = {
  readonly workspace: Remote<Workspace>
  /** What its settings say of secrets; undefined until they are known. */
  readonly secretRules: SecretRules | undefined
  /** When the connection was lost, in milliseconds; null while it stands. */
  readonly lostSinceMs: number | null
  readonly sample: SampleWork
  readonly trustProblem: AppError | null
  /** Whether the question of trust is on the screen. */
  readonly asksTrust: boolean
  /** Reads and follows; returns what stops it. */
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  readonly askTrust: (asksTrust: boolean) => void
  readonly setTrust: (trusted: boolean) => Promise<void>
  readonly createSample: () => Promise<void>
  /** Opens it with its passphrase, where it is an encrypted bundle: the page begins anew then. */
  readonly unlock: (passphrase: string) => Promise<void>
  readonly lock: LockWork
  /** Shows the workspace in the file manager; an error where that cannot be done. */
  readonly reveal: () => Promise<AppError | null>
}
export type WorkspaceStore = StoreApi<WorkspaceState>

/** What the host says of an encrypted bundle whose passphrase it was not given; null: it is open, or was not reached. */
export function lockedBundle({ workspace }: WorkspaceState): string | null {
  if (workspace.kind !== 'failed' || !needsPassphrase(workspace.error)) return null
  const { bundle } = workspace.error.details
  return typeof bundle === 'string' ? bundle : 'The bundle'
}

/** `startAnew`: nothing that the page has read so far is of any use. */
export function createWorkspaceStore(
  client: Client,
  nowMs: () => number,
  startAnew: () => void = () => undefined,
): WorkspaceStore {
  return createStore<WorkspaceState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        const workspace = await client.call('workspace.get', {})
        // Together: nothing is shown by the settings before what they hide is known.
        const secretRules = await secretRulesOf(workspace.redaction)
        if (lockedBundle(get()) !== null) return startAnew()
        set({ workspace: ready(workspace), secretRules })
      } catch (error) {
        set({ workspace: failed(get().workspace, error) })
      }
    })
    const lose = () => {
      const sinceMs = get().lostSinceMs ?? nowMs()
      const { workspace } = get()
      set({
        lostSinceMs: sinceMs,
        workspace:
          workspace.kind === 'ready'
            ? { ...workspace, value: disconnected(workspace.value, sinceMs) }
            : workspace,
      })
    }
    const findAgain = () => {
      set({ lostSinceMs: null })
      void refresh()
    }
    return {
      workspace: loading,
      secretRules: undefined,
      lostSinceMs: null,
      sample: { kind: 'idle' },
      trustProblem: null,
      asksTrust: false,
      lock: { kind: 'idle' },
      refresh,
      unlock: async (passphrase) => {
        set({ lock: { kind: 'trying' } })
        try {
          await client.call('workspace.unlock', { passphrase })
        } catch (cause) {
          const error = toAppError(cause)
          return set({ lock: { kind: 'failed', error, isWrong: needsPassphrase(error) } })
        }
        await refresh()
      },
      askTrust: (asksTrust) => set({ asksTrust, trustProblem: null }),
      open: () => {
        const stops = [
          client.on('workspace.changed', () => void refresh()),
          client.onState((state) => (state === 'connected' ? findAgain() : lose())),
        ]
        void refresh()
        return () => stops.forEach((stop) => stop())
      },
      setTrust: async (trusted) => {
        set({ trustProblem: null })
        try {
          const workspace = await client.call('workspace.trust', { trusted })
          set({ workspace: ready(workspace), asksTrust: false })
        } catch (error) {
          set({ trustProblem: toAppError(error) })
        }
      },
      reveal: async () => {
        try {
          const { shown } = await client.call('workspace.reveal', {})
          return shown ? null : new AppError('io', 'The host has no file manager to show it in.')
        } catch (error) {
          return toAppError(error)
        }
      },
      createSample: async () => {
        if (get().sample.kind === 'running') return
        set({ sample: { kind: 'running', sentence: 'Starting.' } })
        const onProgress = ({ sentence }: { readonly sentence: string }) =>
          set({ sample: { kind: 'running', sentence } })
        try {
          await client.call('sample.create', {}, { onProgress })
          set({ sample: { kind: 'idle' } })
        } catch (error) {
          set({ sample: { kind: 'failed', error: toAppError(error) } })
        }
        await refresh()
      },
    }
  })
}
