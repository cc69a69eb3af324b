// A host is one workspace, opened: it answers the calls of the contract for whoever is attached to it.
import { hostname } from 'node:os'
import { serve, type Server } from '../../shared/rpc/serve.ts'
import { connect } from '../../shared/rpc/connect.ts'
import { memoryPair } from '../../shared/rpc/memory.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type {
  CallName,
  Client,
  EventName,
  EventValue,
  Handlers,
} from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { applicationVersion } from '../../shared/version.ts'
import { defaultControlDirectory } from '../executor/controlServer.ts'
import type { ServiceContext } from '../services/context.ts'
import { markChanged, saveIndex } from '../services/runIndex.ts'
import { defaultConfigFolder } from '../store/configFolder.ts'
import { allowInBundle } from './allowInBundle.ts'
import { createConnections } from './createConnections.ts'
import { createSample } from './createSample.ts'
import { createHandlers } from './handlers.ts'
import { bundleReadOnlyReason, openBundle, type UnpackedBundle } from './openBundle.ts'
import { defaultCacheFolder } from './cacheFolder.ts'
import { cacheName, createIndexCache } from './indexCache.ts'
import { withFirstPage, type FirstPageOptions } from './firstPage.ts'
import { openContext, type OpenedContext } from './openContext.ts'
import { now, userName } from './hostFacts.ts'
import { readOnlyHandlers } from './readOnlyHandlers.ts'
import { tellingWho } from './tellingWho.ts'
import { forwardCalls } from './reading/forwardCalls.ts'
import { startReadingWorkers } from './reading/startReadingWorkers.ts'
import { createProcessKeeper } from './snapshot/createProcessKeeper.ts'
import type { StateKeeper } from './snapshot/createStateKeeper.ts'
import type { WorkspaceRecord } from './snapshot/createWorkspaceRecord.ts'
import { cleanUpBySchedule } from '../services/cleanUpBySchedule.ts'
import { goOnWithBatches } from '../services/resumeBatch/jobRunner.ts'
import { createUpkeep } from '../services/upkeep.ts'
import { realTimers } from '../store/storeContext.ts'

export type HostOptions = {
  /** A folder, or one file: then only that file is listed. */
  readonly path: string
  /** Of an encrypted bundle. Not kept. */
  readonly passphrase?: string
  readonly host: ServiceContext['application']['host']
  /** Trust the workspace before anything else, and remember it. */
  readonly trust?: boolean
  /** Where trust decisions are kept. Default: the user's configuration folder. */
  readonly configFolder?: string
  /** Where what was read is kept for the next start. Default: the user's cache folder. */
  readonly cacheFolder?: string
  readonly isSample?: boolean
  /** Where this host keeps what it holds in memory, over a restart. Default: nowhere. */
  readonly stateFile?: string | null
  /** The same for all hosts of a process, which closes it after them. */
  readonly keeper?: StateKeeper
  /** Shows a path in the file manager. Default: there is no desktop. */
  readonly reveal?: (path: string) => void
  /** Workspaces that were open lately. Default: this host shows one and no other. */
  readonly recent?: ServiceContext['recent']
  /** Other hosts that can be shown. Default: none. */
  readonly knownHosts?: ServiceContext['knownHosts']
  /** Variables that stand over the settings. Default: those of this process. */
  readonly environment?: ServiceContext['environment']
  /** Told of every defect, whole, and of failures that nobody waits for. */
  readonly report?: (error: AppError, call: string) => void
}

export type AttachOptions = {
  readonly readOnly?: boolean
  /** Whoever asks is in another program, perhaps on another machine. */
  readonly isRemote?: boolean
  /** Told of every call that was asked for. */
  readonly onCall?: (name: CallName) => void
  readonly conceal?: (text: string) => string
}

export type Host = {
  readonly workspace: {
    readonly root: string
    readonly name: string
    readonly document: string | null
    /** Set where a bundle was opened: its file. */
    readonly bundle: string | null
  }
  readonly handlers: Handlers
  /** Begins what a host does without being asked: upkeep, clean-ups by schedule, batches that another host left. */
  readonly begin: () => void
  /** Loads what a page needs for its first list, while the page itself is loaded. */
  readonly prepare: () => void
  /** Serves a channel; returns the function that detaches it. */
  readonly attach: (channel: Channel, options?: AttachOptions) => () => void
  /** A client in this process. */
  readonly client: () => Client
  /** Runs that this process carries now. */
  readonly liveRuns: () => readonly {
    readonly run: string
    pause(): Promise<void>
    cancel(): Promise<void>
  }[]
  readonly close: () => Promise<void>
}

export async function createHost(options: HostOptions): Promise<Host> {
  const servers = new Set<Server>()
  const announce: ServiceContext['emit'] = (name, value) => {
    for (const server of servers) server.emit(name, value)
  }
  const emit: ServiceContext['emit'] = (name, value) => {
    if ('runs' in value) markChanged(context.index, value.runs)
    if ('run' in value) markChanged(context.index, [value.run])
    record?.noteEvent(name, keptRuns(context, value))
    if (name === 'workspace.changed') void noteTrust(opened)
    workers?.notify(name, value)
    announce(name, value)
  }
  const connections = createConnections({
    hostName: hostname(),
    user: userName(),
    now,
    onChange: () => announce('people.changed', {}),
  })
  const bundle = await openBundle(options.path, options.passphrase ?? null)
  const place = placeOf(options, bundle)
  const keeper = options.keeper ?? keeperOf(options, place)
  const workers =
    options.host === 'cli'
      ? null
      : startReadingWorkers({ ...place, ...reporting(options), emit: announce })
  const opened = await openContext({
    ...place,
    cacheFolder: workers === null ? place.cacheFolder : null,
    controlDirectory: defaultControlDirectory(),
    onProblem: (error) => options.report?.(error, 'store'),
    emit,
    connections,
    recording: { keeper, handlers: () => handlers },
    ...(workers === null
      ? {}
      : { rowsElsewhere: workers.rows, archivesElsewhere: workers.archives }),
    ...(options.reveal === undefined ? {} : { reveal: options.reveal }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.recent === undefined ? {} : { recent: options.recent, openOther }),
    ...(options.knownHosts === undefined ? {} : { knownHosts: options.knownHosts }),
    ...(bundle === null ? {} : { bundle: bundle.opened }),
  })
  const { context, record } = opened
  const { store, executor, trust } = context
  if (options.trust === true) await trust.setTrusted(true)
  await noteTrust(opened)
  // A command keeps nothing, unless it does work that may be cut.
  if (options.host !== 'cli') await keeper.open()
  const detach = record === null ? () => undefined : attachRecord(keeper, record)
  const own = createHandlers(context, (sample) => createSample(opened, sample))
  const handlers =
    workers === null ? own : withFirstPage(forwardCalls(context, own, workers), firstPage())
  const unwatch = store.watch((runs) => {
    // Any file may have changed, that of the settings too.
    if (runs === null) void reloadSettings()
    emit('runs.changed', { runs: runs === null ? null : [...runs] })
  })
  async function reloadSettings(): Promise<void> {
    const [done] = await Promise.allSettled([context.reloadSettings?.()])
    if (done.status === 'rejected') options.report?.(toAppError(done.reason), 'settings')
  }

  const timing = {
    after: realTimers.after,
    report: (error: AppError) => options.report?.(error, 'upkeep'),
  }
  const upkeep =
    options.host === 'cli'
      ? []
      : [
          createUpkeep(context, timing),
          createUpkeep(context, { ...timing, round: cleanUpBySchedule, everyMs: scheduleMs }),
          createUpkeep(context, {
            ...timing,
            round: goOnWithBatches,
            firstMs: 500,
            everyMs: batchesMs,
          }),
        ]

  /** Nobody is attached to it: whoever shows it watches its files. */
  function openOther(path: string) {
    const { configFolder } = place
    const kept = { configFolder, cacheFolder: null, controlDirectory: null }
    return openContext({
      path,
      host: options.host,
      isSample: false,
      ...kept,
      emit: () => undefined,
    })
  }

  /** One document that was opened by itself is no workspace that was saved. */
  function firstPage(): FirstPageOptions {
    const { document } = context.workspace
    const workspace = cacheName(store.root)
    const cache = createIndexCache({
      folder: place.cacheFolder,
      workspace,
      version: applicationVersion,
    })
    return { cache: document === null ? cache : null, now: context.now, announce }
  }

  function begin(): void {
    for (const one of upkeep) one.begin()
  }

  function attach(channel: Channel, attached: AttachOptions = {}): () => void {
    // Where nobody may write, the host does not do so by itself either.
    const readOnly = attached.readOnly === true || bundle !== null
    if (!readOnly) begin()
    const { isRemote = false, conceal, onCall } = attached
    const whole = options.host === 'cli' ? handlers : tellingWho(handlers, context)
    const connection = connections.add(readOnly ? readOnlyHandlers(whole) : whole, { isRemote })
    const server = serve({
      channel,
      handlers: connection.handlers,
      ...(readOnly ? { allow: allowInBundle({ readOnly: attached.readOnly === true }) } : {}),
      ...(bundle === null ? {} : { readOnlyReason: bundleReadOnlyReason(bundle.opened) }),
      ...(conceal === undefined ? {} : { conceal }),
      ...(onCall === undefined ? {} : { onCall }),
      ...reporting(options),
    })
    servers.add(server)
    channel.onClose(() => {
      servers.delete(server)
      connection.remove()
    })
    return () => server.close()
  }

  return {
    workspace: {
      root: store.root,
      name: context.workspace.name,
      document: context.workspace.document,
      bundle: bundle?.opened.file ?? null,
    },
    handlers,
    begin,
    prepare: () => workers?.prepare(),
    attach,
    client: () => {
      const [here, there] = memoryPair()
      attach(there)
      return connect(here)
    },
    liveRuns: () =>
      executor.live().map((live) => ({
        run: live.run,
        pause: () => live.pause(context.user, 'the application was closed'),
        cancel: () => live.cancel(context.user, 'the application was closed'),
      })),
    close: async () => {
      unwatch()
      for (const server of servers) server.close()
      await Promise.all(upkeep.map((one) => one.close()))
      await Promise.all([opened.close(), workers?.close()])
      detach()
      if (options.keeper === undefined) await keeper.close()
      await saveIndex(context).catch((error: unknown) => {
        // Only a cache: the next start reads again.
        options.report?.(toAppError(error), 'index')
      })
      await bundle?.close()
    },
  }
}

/** How often it is asked whether a batch was left by the host that worked on it. */
const batchesMs = 15_000
/** How often it is asked whether a clean-up is due. */
const scheduleMs = 5 * 60_000

function placeOf(options: HostOptions, bundle: UnpackedBundle | null) {
  return {
    path: bundle?.root ?? options.path,
    host: options.host,
    isSample: options.isSample ?? false,
    configFolder: options.configFolder ?? defaultConfigFolder(),
    cacheFolder: bundle?.cacheFolder ?? options.cacheFolder ?? defaultCacheFolder(),
  }
}

function keeperOf(options: HostOptions, { configFolder }: { readonly configFolder: string }) {
  const { host, stateFile: path = null, report } = options
  return createProcessKeeper({
    path,
    host,
    configFolder,
    report: (error, call) => report?.(error, call),
  })
}

function attachRecord(keeper: StateKeeper, record: WorkspaceRecord): () => void {
  const { root, document } = record.compose()
  const { compose, restore } = record
  return keeper.attach({ root, document, compose, restore })
}

/** Runs of which nothing is kept are not named in what is kept. */
function keptRuns(
  { settings }: ServiceContext,
  value: EventValue<EventName>,
): readonly string[] | null {
  return settings.value.persistence.enabled && 'runs' in value ? value.runs : null
}

/** A list of trusted folders that cannot be read is told by the calls that need it. */
async function noteTrust({ context, record }: OpenedContext): Promise<void> {
  const [isTrusted] = await Promise.allSettled([context.trust.isTrusted()])
  record?.noteTrust(isTrusted.status === 'fulfilled' && isTrusted.value)
}

function reporting({ report }: HostOptions): Pick<HostOptions, 'report'> {
  return report === undefined ? {} : { report }
}
