import type {
  CallInput,
  CallOutput,
  EventName,
  EventValue,
  HandlerInput,
  HandlerOptions,
} from '../../shared/contract/contract.ts'
import type { CleanupPlan } from '../../shared/core/cleanup/cleanupPlan.ts'
import type {
  ResumeBatchOptions,
  ResumeBatchPlan,
  ResumeBatchRow,
} from '../../shared/core/batch/resumeBatchPlan.ts'
import type { BatchEditPlan } from '../../shared/core/edit/editPlan.ts'
import type { BatchRepairPlan } from '../../shared/core/repair/repairPlan.ts'
import type { MigrationPlan } from '../../shared/core/migrate/migrationPlan.ts'
import type { RunDetail } from '../../shared/contract/runs.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Settings } from '../../shared/schema/settings.ts'
import type { Executor } from '../executor/executor.ts'
import type { Store, UnlockedArchive } from '../store/store.ts'
import type { SettingsLook } from './lookAtSettings.ts'
import type { BatchLog } from './batch.ts'
import type { BundleDesk, OpenedBundle } from './bundles/bundleDesk.ts'
import type { ExportEnd } from '../../shared/contract/exports.ts'
import type { ExportDesk } from './exports/exportDesk.ts'
import type { JobRunner } from './resumeBatch/jobRunner.ts'
import type { RunIndex } from './runIndex.ts'
import type { OpenedArchives } from './openedArchives.ts'
import type { ViewStore } from './savedViews.ts'
import type { UsualMemory } from './usualDurations.ts'
import type { StateMemory } from './stateMemory.ts'

/** Whether a person allows steps of this folder's workflows to be executed. Kept outside the workspace. */
export interface Trust {
  isTrusted(): Promise<boolean>
  setTrusted(trusted: boolean): Promise<void>
}

/** Workspaces that a desktop application remembers, and shows one at a time. */
export interface RecentWorkspaces {
  /** The latest first. */
  list(): readonly { readonly path: string; readonly attention: number | null }[]
  /** How many runs of a workspace need attention. */
  note(path: string, attention: number): void
  /** Takes the place of the one that is shown, a moment later. `view`: what it is to show first; empty: all runs. */
  open(path: string, view: string): void
}

/** Answers of the thread that looks at every row of the workspace. */
export type RowsElsewhere = {
  readonly forks: (ref: Ref) => Promise<RunDetail['forks']>
  readonly countAttention: () => Promise<number | null>
  readonly planCleanup: (
    input: CallInput<'cleanup.plan'>,
    options: HandlerOptions<'cleanup.plan'>,
  ) => Promise<CallOutput<'cleanup.plan'>>
  /** What a choice of runs means now. */
  readonly selectRefs?: (
    input: CallInput<'run.select'>,
    options: Pick<HandlerOptions<'run.select'>, 'signal'>,
  ) => Promise<readonly Pick<Ref, 'document' | 'format'>[]>
  /** What a resume would do with each of these. */
  readonly planResumes?: (
    refs: readonly Ref[],
    asked: ResumeBatchOptions & { readonly asOf: string },
    options: HandlerOptions<'resume.batch.plan'>,
  ) => Promise<readonly ResumeBatchRow[]>
  /** Paths of documents of older versions. */
  readonly oldDocuments: () => Promise<readonly string[]>
}

/** A workspace of its own in a private temporary folder, gone when it is closed. */
export type Scratch = {
  readonly store: Store
  readonly executor: Executor
  /** The end of an attempt's log; empty where there is none. */
  readonly readLogTail: (
    attempt: { readonly run: RunId; readonly step: string; readonly number: number },
    limitBytes: number,
  ) => Promise<string>
  close(): Promise<void>
}

/** What the host holds in memory, and what it began with. */
export type HostAccount = {
  readonly get: () => Promise<CallOutput<'host.get'>>
  /** Null: all of them. */
  readonly dismiss: (batches: readonly number[] | null) => Promise<CallOutput<'host.get'>>
}

/** Who is connected to this host. */
export type Connections = {
  /** As whoever asks sees it. */
  readonly facts: () => CallOutput<'connection.get'>
  /** What whoever asks calls themselves. */
  readonly setName: (name: string | null) => void
}

/** Other hosts that the desktop application can show. */
export type KnownHosts = {
  readonly list: () => Promise<CallOutput<'hosts.list'>>
  readonly connect: (input: HandlerInput<'hosts.connect'>) => Promise<CallOutput<'hosts.connect'>>
  /** False: it was not known. */
  readonly forget: (address: string) => boolean
}

/** Everything a service needs from outside: nothing is read from globals. */
export type ServiceContext = {
  readonly workspace: {
    readonly id: string
    readonly name: string
    /** Set when a single file was opened: its path relative to the root. */
    readonly document: string | null
    readonly isSample: boolean
  }
  readonly application: { readonly version: string; readonly host: 'electron' | 'browser' | 'cli' }
  /** Shows a path in the file manager of this desktop; left out where there is none. */
  readonly reveal?: (path: string) => void
  /** Left out where one workspace is shown and no other. */
  readonly recent?: RecentWorkspaces
  /** Opens another workspace of this machine for a moment; left out where one is shown and no other. */
  readonly openOther?: (
    path: string,
  ) => Promise<{ readonly context: ServiceContext; readonly close: () => Promise<void> }>
  /** Left out where other hosts cannot be shown. */
  readonly knownHosts?: KnownHosts
  /** Left out where nobody is told who is connected. */
  readonly connections?: Connections
  readonly store: Store
  readonly executor: Executor
  readonly trust: Trust
  readonly views: ViewStore
  /** `look`: all that is known of them, where a host holds them in force. */
  readonly settings: {
    readonly value: Settings
    readonly problem: string | null
    readonly look?: SettingsLook
  }
  /** Reads them again after they were written; what cannot be used leaves the last ones in force. */
  readonly reloadSettings?: () => Promise<void>
  /** Writes what is in force where the next start finds it, for when the file cannot be used then. */
  readonly keepSettings?: () => Promise<void>
  /** Variables that stand over the settings. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Who asks, for records and the operations log: the account, and the name that a person gave over it. */
  readonly user: string
  /** The account of this process: under it everything is done. */
  readonly account: string
  readonly hostName: string
  /** Now, ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** `length` random characters of `a-z 0-9`. */
  readonly randomId: (length: number) => string
  /** Lower-case hex SHA-256 of the text's UTF-8 bytes. */
  readonly sha256: (text: string) => string
  /** Address of this process's control socket; null when it takes no commands. */
  readonly controlSocket: string | null
  readonly index: RunIndex
  readonly openScratch: () => Promise<Scratch>
  /** Set where another thread knows all rows: it is asked, and no file is looked at for them here. */
  readonly rowsElsewhere?: RowsElsewhere
  /** Told of archives that were opened here with their passphrase, where other threads read runs too. */
  readonly archivesElsewhere?: {
    readonly take: (unlocked: UnlockedArchive) => void
    readonly lock: (runs: readonly RunId[]) => void
  }
  /** Plans over many documents that were shown lately, by digest: on apply, rows that changed since are told apart. */
  readonly shownPlans: Map<
    string,
    MigrationPlan | CleanupPlan | BatchEditPlan | BatchRepairPlan | ResumeBatchPlan
  >
  /** How long steps usually take, as it was found lately. */
  readonly usual: UsualMemory
  /** The last large state that was looked into. */
  readonly states: StateMemory
  readonly openedArchives: OpenedArchives
  /** Exports that are under way. */
  readonly exports: ExportDesk<ExportEnd>
  readonly emit: <N extends EventName>(name: N, value: EventValue<N>) => void
  /** Where bundles come and go; left out where none does. */
  readonly bundleDesk?: BundleDesk
  /** Set where the workspace is a bundle that was opened. */
  readonly bundle?: OpenedBundle
  /** Is told of work on many items, where the host keeps an account of it. */
  readonly batches?: BatchLog
  /** Works on batches in this process; left out where nothing may be carried. */
  readonly jobs?: JobRunner
  /** The operation that is being taken back, where that is what is done. */
  readonly undoing?: string
  /** The host's account of itself; left out where nobody can ask for it. */
  readonly hostAccount?: HostAccount
}
