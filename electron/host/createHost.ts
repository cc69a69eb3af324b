// A host is one workspace, opened: it answers the calls of the contract for whoever is attached to it.
import { createHash, randomInt } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { basename } from 'node:path'
import { allowReads, serve, type Server } from '../../shared/rpc/serve.ts'
import { connect } from '../../shared/rpc/connect.ts'
import { memoryPair } from '../../shared/rpc/memory.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Client, Handlers } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { applicationVersion } from '../../shared/version.ts'
import { defaultControlDirectory } from '../executor/controlServer.ts'
import { createExecutor } from '../executor/createExecutor.ts'
import type { ServiceContext } from '../services/context.ts'
import { createRunIndex, markChanged, saveIndex } from '../services/runIndex.ts'
import { createFileStore } from '../store/fileStore.ts'
import { defaultConfigFolder } from '../store/configFolder.ts'
import { createMachine } from '../store/machine.ts'
import { createSample } from './createSample.ts'
import { createHandlers } from './handlers.ts'
import { createIndexCache, defaultCacheFolder } from './indexCache.ts'
import { locateWorkspace } from './locateWorkspace.ts'
import { readOnlyHandlers } from './readOnlyHandlers.ts'
import { readSettings } from './readSettings.ts'
import { createTrust } from './trust.ts'

export type HostOptions = {
  /** A folder, or one file: then only that file is listed. */
  readonly path: string
  readonly host: ServiceContext['application']['host']
  /** Trust the workspace before anything else, and remember it. */
  readonly trust?: boolean
  /** Where trust decisions are kept. Default: the user's configuration folder. */
  readonly configFolder?: string
  /** Where what was read is kept for the next start. Default: the user's cache folder. */
  readonly cacheFolder?: string
  readonly isSample?: boolean
  /** Told of every defect, whole. */
  readonly report?: (error: AppError, call: string) => void
}

export type AttachOptions = {
  readonly readOnly?: boolean
  readonly conceal?: (text: string) => string
}

export type Host = {
  readonly workspace: {
    readonly root: string
    readonly name: string
    readonly document: string | null
  }
  readonly handlers: Handlers
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
  const { root, document } = await locateWorkspace(options.path)
  const indexCache = createIndexCache({
    folder: options.cacheFolder ?? defaultCacheFolder(),
    workspace: sha256(root).slice(0, 24),
    version: applicationVersion,
  })
  const servers = new Set<Server>()
  const index = createRunIndex(indexCache)
  const emit: ServiceContext['emit'] = (name, value) => {
    if ('runs' in value) markChanged(index, value.runs)
    if ('run' in value) markChanged(index, [value.run])
    for (const server of servers) server.emit(name, value)
  }

  const configFolder = options.configFolder ?? defaultConfigFolder()
  const machine = await createMachine({ configFolder, randomId })
  const openStore = (folder: string, clock: () => string) =>
    createFileStore({
      root: folder,
      now: clock,
      randomId,
      machine,
      application: { version: applicationVersion },
    })
  const store = await openStore(root, now)
  const settings = await readSettings(store)
  const execution = {
    machine,
    randomId,
    sha256,
    checkpoints: () => settings.value.checkpoint,
  }
  const executor = await createExecutor({
    ...execution,
    store,
    now,
    controlDirectory: defaultControlDirectory(),
    emit: (run, seq) => emit('run.progressed', { run, seq }),
  })
  const trust = createTrust({ root, configFolder })
  if (options.trust === true) await trust.setTrusted(true)

  const context: ServiceContext = {
    workspace: {
      id: sha256(root).slice(0, 12),
      name: basename(root) || root,
      document,
      isSample: options.isSample ?? false,
    },
    application: { version: applicationVersion, host: options.host },
    store,
    executor,
    trust,
    settings,
    user: userName(),
    hostName: hostname(),
    now,
    randomId,
    sha256,
    controlSocket: executor.controlSocket,
    index,
    shownPlans: new Map(),
    emit,
  }
  const handlers = createHandlers(context, (sample) =>
    createSample(
      {
        context,
        openStore,
        openExecutor: (at, clock) =>
          createExecutor({
            ...execution,
            store: at,
            now: clock,
            controlDirectory: null,
            emit: () => undefined,
          }),
      },
      sample,
    ),
  )
  const unwatch = store.watch((runs) =>
    emit('runs.changed', { runs: runs === null ? null : [...runs] }),
  )

  function attach(channel: Channel, attached: AttachOptions = {}): () => void {
    const server = serve({
      channel,
      ...(attached.readOnly === true
        ? { handlers: readOnlyHandlers(handlers), allow: allowReads }
        : { handlers }),
      ...(attached.conceal === undefined ? {} : { conceal: attached.conceal }),
      ...(options.report === undefined ? {} : { report: options.report }),
    })
    servers.add(server)
    channel.onClose(() => servers.delete(server))
    return () => server.close()
  }

  return {
    workspace: { root, name: context.workspace.name, document },
    handlers,
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
      await executor.close()
      await store.close()
      await saveIndex(context).catch((error: unknown) => {
        // Only a cache: the next start reads again.
        options.report?.(toAppError(error), 'index')
      })
    },
  }
}

function now(): string {
  return new Date().toISOString()
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function randomId(length: number): string {
  const characters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('')
}

function userName(): string {
  try {
    return userInfo().username
  } catch (error) {
    // A user id without an entry in the password file, as in some containers.
    if (error instanceof Error) return String(process.getuid?.() ?? 'unknown')
    throw error
  }
}
