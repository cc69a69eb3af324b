// Runs that are put into one file: what would be in it and what is masked is shown, then it is made and handed over.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BundleExportPlan } from '../../shared/contract/bundles.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { ExportDocument } from '../../shared/contract/exports.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { fetchBundle } from './bundlePieces.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
import { option, shellLine } from './shellLine.ts'

export type ExportChoices = {
  readonly logs: boolean
  readonly backups: boolean
  readonly paths: boolean
  readonly redact: boolean
  /** Why nothing is masked. */
  readonly reason: string
  readonly encrypts: boolean
  readonly passphrase: string
  readonly repeated: string
}

export type ExportWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'making'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly name: string; readonly sizeBytes: number }
  | { readonly kind: 'failed'; readonly error: AppError }

export type BundleExportState = {
  /** Both empty: nothing is asked. */
  readonly runs: readonly RunId[]
  /** Of other engines. */
  readonly documents: readonly ExportDocument[]
  readonly choices: ExportChoices
  readonly plan: Remote<BundleExportPlan>
  readonly work: ExportWork
  readonly ask: (
    subject: { readonly runs: readonly string[]; readonly documents?: readonly ExportDocument[] },
    choices?: Partial<ExportChoices>,
  ) => Promise<void>
  readonly choose: (change: Partial<ExportChoices>) => Promise<void>
  readonly replan: () => Promise<void>
  readonly make: () => Promise<void>
  readonly cancel: () => void
  readonly close: () => void
}
export type BundleExportStore = StoreApi<BundleExportState>

const usual: ExportChoices = {
  logs: true,
  backups: false,
  paths: false,
  redact: true,
  reason: '',
  encrypts: false,
  passphrase: '',
  repeated: '',
}

/** `save` hands a file to the person. */
export function createBundleExportStore(
  client: Client,
  save: (content: Blob, name: string) => void,
): BundleExportStore {
  return createStore<BundleExportState>()((set, get) => {
    let working = new AbortController()
    let planned: CallOutput<'bundle.export.plan'> | null = null
    const begin = (): AbortSignal => {
      working.abort()
      return (working = new AbortController()).signal
    }
    const replan = async () => {
      const signal = begin()
      set({ plan: loading, work: { kind: 'idle' } })
      try {
        planned = await client.call('bundle.export.plan', inputOf(get()), { signal })
        if (!signal.aborted) set({ plan: ready(planned.plan) })
      } catch (error) {
        if (!signal.aborted) set({ plan: failed<BundleExportPlan>(loading, error) })
      }
    }
    const make = async () => {
      if (planned === null || whyNotExported(get()) !== null) return
      const { rev, digest, asOf } = planned
      const { redact, reason, encrypts, passphrase } = get().choices
      const signal = begin()
      set({ work: { kind: 'making', done: 0, total: countPlanned(planned.plan) } })
      try {
        const secret = encrypts ? passphrase : null
        const why = redact ? null : reason.trim()
        const input = { ...inputOf(get()), rev, digest, asOf, passphrase: secret, reason: why }
        const made = await client.call('bundle.export.apply', input, {
          signal,
          onProgress: ({ done, total }) => set({ work: { kind: 'making', done, total } }),
        })
        save(await fetchBundle(client, made.download, signal), made.name)
        set({ work: { kind: 'done', name: made.name, sizeBytes: made.sizeBytes }, choices: usual })
      } catch (error) {
        if (signal.aborted) set({ work: { kind: 'idle' } })
        else set({ work: { kind: 'failed', error: toAppError(error) } })
      }
    }
    return {
      runs: [],
      documents: [],
      choices: usual,
      plan: loading,
      work: { kind: 'idle' },
      ask: async (subject, choices = {}) => {
        const runs = subject.runs.flatMap((run) => RunId.safeParse(run).data ?? [])
        const { documents = [] } = subject
        set({ runs, documents, choices: { ...usual, ...choices } })
        if (runs.length + documents.length > 0) await replan()
      },
      choose: async (change) => {
        const { choices } = get()
        const redact = change.redact ?? choices.redact
        const next = { ...choices, ...change }
        set({ choices: { ...next, backups: next.backups && !redact } })
        if (Object.keys(change).some((key) => changesPlan.has(key))) await replan()
      },
      replan,
      make,
      cancel: () => working.abort(),
      close: () => {
        working.abort()
        planned = null
        // A passphrase is not kept longer than the dialog is open.
        set({ runs: [], documents: [], choices: usual, plan: loading, work: { kind: 'idle' } })
      },
    }
  })
}

/** Null: it can be made. */
export function whyNotExported({ plan, choices }: BundleExportState): string | null {
  const { redact, reason, encrypts, passphrase, repeated } = choices
  if (plan.kind !== 'ready') return 'What would be in it is not known yet.'
  if (!plan.value.ready) return 'None of these runs can be put into a bundle.'
  if (!redact && reason.trim() === '') return 'Say why the secrets stay in.'
  if (encrypts && passphrase === '') return 'Give a passphrase.'
  if (encrypts && repeated !== passphrase) return 'The two passphrases differ.'
  return null
}

export function bundleCommand({ runs, documents, choices }: BundleExportState): string {
  const { logs, backups, paths, redact, reason, encrypts } = choices
  return shellLine([
    'unstuck',
    'bundle',
    ...runs,
    ...documents.map(({ document }) => document),
    ...(logs ? [] : ['--no-logs']),
    ...(backups ? ['--backups'] : []),
    ...(paths ? ['--paths'] : []),
    ...(redact ? [] : ['--no-redact', ...option('reason', reason.trim())]),
    ...(encrypts ? ['--passphrase-file', '-'] : []),
  ])
}

function countPlanned({ runs, documents = [] }: BundleExportPlan): number {
  return runs + documents.filter(({ problem }) => problem === null).length
}

function inputOf({ runs, documents, choices }: BundleExportState) {
  const { logs, backups, paths, redact } = choices
  return { runs: [...runs], documents: [...documents], logs, backups, paths, redact }
}

const changesPlan: ReadonlySet<string> = new Set(['logs', 'backups', 'paths', 'redact'])
