// Opens a workspace for the services: its store, its settings, and what they need of this process.
import { basename } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { applicationVersion } from '../../shared/version.ts'
import { createChildRuns } from '../services/childRuns.ts'
import { createExecutor } from '../executor/createExecutor.ts'
import type { ServiceContext } from '../services/context.ts'
import { createFileStore } from '../store/fileStore.ts'
import { createJobRunner } from '../services/resumeBatch/jobRunner.ts'
import { createMachine } from '../store/machine.ts'
import type { FileSystem } from '../store/fileSystem.ts'
import type { ConnectionsOfHost } from './createConnections.ts'
import type { SampleMaker } from './createSample.ts'
import { now, randomId, sha256 } from './hostFacts.ts'
import { locateWorkspace } from './locateWorkspace.ts'
import { createBundleDesk } from './createBundleDesk.ts'
import { bundleReadOnlyReason, neverTrusted } from './openBundle.ts'
import type { OpenedBundle } from '../services/bundles/bundleDesk.ts'
import { openScratch } from './openScratch.ts'
import { createSettingsInForce } from './settingsInForce.ts'
import { recordWorkspace, type Recording } from './snapshot/recordWorkspace.ts'
import type { WorkspaceRecord } from './snapshot/createWorkspaceRecord.ts'
import { createVolatileRuns } from './volatileRuns.ts'
import { workspaceFacts, type WorkspaceOptions } from './workspaceFacts.ts'

export type ContextOptions = WorkspaceOptions & {
  readonly path: string
  /** Null: runs are carried, if any, without taking commands of other processes. */
  readonly controlDirectory: string | null
  /** Default: the machine's, with promises. */
  readonly fileSystem?: FileSystem
  /** Told of failures that nobody waits for, such as a folder that cannot be watched. */
  readonly onProblem?: (error: AppError) => void
  readonly emit: ServiceContext['emit']
  /** Variables that stand over the settings. Default: those of this process. */
  readonly environment?: ServiceContext['environment']
  /** Set where the workspace is a bundle that was unpacked. */
  readonly bundle?: OpenedBundle
  readonly openOther?: NonNullable<ServiceContext['openOther']>
  /** Who is connected, where somebody can be. */
  readonly connections?: ConnectionsOfHost
  /** Where the host gives account of what it holds in memory. */
  readonly recording?: Recording
}

export type OpenedContext = Omit<SampleMaker, 'context'> & {
  readonly context: ServiceContext
  readonly record: WorkspaceRecord | null
  /** Runs that this process carries are left to go on in their wrappers. */
  readonly close: () => Promise<void>
}

export async function openContext(options: ContextOptions): Promise<OpenedContext> {
  const { configFolder, fileSystem, onProblem, emit, bundle, connections } = options
  const { root, document } = await locateWorkspace(options.path)
  const machine = await createMachine({ configFolder, randomId })
  const openStore: SampleMaker['openStore'] = (folder, clock) =>
    createFileStore({
      root: folder,
      now: clock,
      randomId,
      machine,
      application: { version: applicationVersion },
      compressesAtRest: () => folder === root && settings.value.persistence.format !== 'json',
      ...(fileSystem === undefined ? {} : { fileSystem }),
      ...(folder === root && bundle !== undefined
        ? { readOnlyReason: bundleReadOnlyReason(bundle) }
        : {}),
      ...(onProblem === undefined ? {} : { onProblem }),
    })
  const { record, ...observed } = recordWorkspace(options.recording, {
    workspace: { root, name: basename(root) || root, document },
    context: () => context,
  })
  const files = observed.store(await openStore(root, now))
  const environment = options.environment ?? process.env
  const inForce = await createSettingsInForce(files, { environment, now })
  const settings = {
    get value() {
      return inForce.current.value
    },
    get problem() {
      return inForce.current.problem
    },
    get look() {
      return inForce.current
    },
  }
  const isKept = () => settings.value.persistence.enabled
  const volatile = createVolatileRuns(files, { isKept, now, randomId, machine })
  const { store } = volatile
  const execution = {
    machine,
    randomId,
    sha256,
    environment,
    checkpoints: () => settings.value.checkpoint,
    passEnvironment: () => settings.value.steps.passEnvironment,
  }
  const executor = await createExecutor({
    ...execution,
    store,
    now,
    controlDirectory: options.controlDirectory,
    emit: (run: RunId, seq: number) => emit('run.progressed', { run, seq }),
    children: createChildRuns(() => context),
  })
  const reloadSettings = async () => {
    if (await inForce.reload()) emit('workspace.changed', {})
  }
  const bundleDesk = createBundleDesk({ randomId, openStore: (folder) => openStore(folder, now) })
  const jobs = createJobRunner(
    () => context,
    (error) => onProblem?.(error),
  )
  const facts = workspaceFacts(options, { root, document })
  const context: ServiceContext = {
    jobs,
    ...facts,
    // Asked each time: one host acts for many.
    get user() {
      return connections?.userNow() ?? facts.account
    },
    ...(connections === undefined ? {} : { connections }),
    store,
    executor: observed.executor(executor),
    settings,
    environment,
    reloadSettings,
    keepSettings: inForce.keep,
    controlSocket: executor.controlSocket,
    openScratch: () => openScratch({ ...execution, now }),
    bundleDesk,
    ...(bundle === undefined ? {} : { bundle, trust: neverTrusted }),
    ...(options.openOther === undefined ? {} : { openOther: options.openOther }),
    emit,
    ...observed.services,
  }
  return {
    context,
    record,
    openStore,
    openExecutor: (at, clock) => {
      const silent = { controlDirectory: null, emit: () => undefined }
      return createExecutor({ ...execution, ...silent, store: at, now: clock })
    },
    close: async () => {
      // Before the runs are left: whatever it would observe of them then is no end of theirs.
      await jobs.close()
      await volatile.end(executor)
      await executor.close()
      await store.close()
      await bundleDesk.close()
    },
  }
}
