// Every call and event of Unstuck, once. Handlers, clients, checks, commands and the read-only filter derive from it.
import { z } from 'zod'
import { archiveCalls } from './archive.ts'
import { bundleCalls } from './bundles.ts'
import { cleanupCalls } from './cleanup.ts'
import { compareCalls } from './compare.ts'
import { documentImportCalls } from './documentImport.ts'
import { documentMappingCalls } from './documentMapping.ts'
import { connectionCalls, LinkState } from './connection.ts'
import { documentCalls } from './documents.ts'
import { editCalls } from './edit.ts'
import { engineCleanupCalls } from './engineCleanup.ts'
import { errorCalls } from './errors.ts'
import { exportCalls } from './exports.ts'
import { hostCalls } from './host.ts'
import { hostListCalls } from './hosts.ts'
import { lockCalls } from './locks.ts'
import { planCalls } from './plans.ts'
import { readingCalls } from './reading.ts'
import { resumeBatchCalls } from './resumeBatch.ts'
import { controlCalls } from './runControl.ts'
import { listCalls } from './runList.ts'
import { runCalls } from './runReading.ts'
import { selectionCalls } from './selection.ts'
import { annotationCalls } from './annotations.ts'
import { settingsCalls } from './settings.ts'
import { upkeepCalls } from './upkeep.ts'
import { viewCalls } from './views.ts'
import { workflowCalls } from './workflows.ts'
import { workspaceCalls } from './workspace.ts'
import type { CancelSignal } from '../cancel.ts'

export const contract = {
  ...workspaceCalls,
  ...workflowCalls,
  ...listCalls,
  ...runCalls,
  ...controlCalls,
  ...readingCalls,
  ...viewCalls,
  ...selectionCalls,
  ...lockCalls,
  ...archiveCalls,
  ...bundleCalls,
  ...compareCalls,
  ...planCalls,
  ...resumeBatchCalls,
  ...cleanupCalls,
  ...settingsCalls,
  ...editCalls,
  ...exportCalls,
  ...documentCalls,
  ...documentMappingCalls,
  ...documentImportCalls,
  ...engineCleanupCalls,
  ...annotationCalls,
  ...errorCalls,
  ...upkeepCalls,
  ...hostCalls,
  ...connectionCalls,
  ...hostListCalls,
} as const
type Contract = typeof contract

export type CallName = keyof Contract
export const callNames = Object.keys(contract) as readonly CallName[] // keys of a closed literal

/** What a caller may leave out has a default; what a handler receives is whole. */
export type CallInput<N extends CallName> = z.input<Contract[N]['input']>
export type HandlerInput<N extends CallName> = z.output<Contract[N]['input']>
export type CallOutput<N extends CallName> = z.output<Contract[N]['output']>
export type CallProgress<N extends CallName> = Contract[N] extends { progress: z.ZodType }
  ? z.output<Contract[N]['progress']>
  : never

/** Events announce that something changed; what it is now is asked for. */
export const events = {
  /** Rows changed; null: any. */
  'runs.changed': z.object({ runs: z.array(z.string()).nullable() }),
  'run.progressed': z.object({ run: z.string(), seq: z.number().int() }),
  /** How far the resume of many runs is. */
  'batch.progressed': z.object({
    batch: z.string(),
    done: z.number().int(),
    total: z.number().int(),
  }),
  'workspace.changed': z.object({}),
  /** Somebody came, left, or gave a name. */
  'people.changed': z.object({}),
  /** The desktop application's own word of the host that it dialled. */
  'connection.changed': LinkState,
} as const
export type EventName = keyof typeof events
export type EventValue<N extends EventName> = z.output<(typeof events)[N]>

export type HandlerOptions<N extends CallName> = {
  readonly signal: CancelSignal
  readonly progress: (value: CallProgress<N>) => void
}

export type Handlers = {
  readonly [N in CallName]: (
    input: HandlerInput<N>,
    options: HandlerOptions<N>,
  ) => Promise<CallOutput<N>>
}

export type CallOptions<N extends CallName> = {
  readonly signal?: CancelSignal
  readonly onProgress?: (value: CallProgress<N>) => void
}

/** The one way to reach a host, whatever carries it. */
export interface Client {
  call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options?: CallOptions<N>,
  ): Promise<CallOutput<N>>
  /** Returns the unsubscribe function. */
  on<N extends EventName>(name: N, listener: (value: EventValue<N>) => void): () => void
  /** Tells when the connection is lost or back. Returns the unsubscribe function. */
  onState(listener: (state: ConnectionState, reason: string | null) => void): () => void
  /** Dials at once, with a new token where one is given. Left out where there is nothing to dial. */
  readonly redial?: (token: string | null) => void
  close(): void
}

export type ConnectionState = LinkState['state']

export const maxMessageBytes = 1_000_000
