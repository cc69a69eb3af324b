import { mkdir, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { KnownRecord } from '../../shared/schema/journal.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { applicationVersion } from '../../shared/version.ts'
import { defaultControlDirectory } from '../executor/controlServer.ts'
import { createExecutor } from '../executor/createExecutor.ts'
import type { Executor, LiveRun } from '../executor/executor.ts'
import type { StepFunction } from '../executor/kinds/stepFunction.ts'
import { makePrivateFolder } from '../executor/privateFolder.ts'
import { now, randomId, sha256 } from '../host/hostFacts.ts'
import { createSettingsInForce } from '../host/settingsInForce.ts'
import { defaultConfigFolder } from '../store/configFolder.ts'
import { createFileStore } from '../store/fileStore.ts'
import { createMachine } from '../store/machine.ts'
import { createMemoryStore } from '../store/memoryStore.ts'
import type { RunWriter, Store } from '../store/store.ts'
import type { Run } from '../../shared/schema/run.ts'

/** What carries the run of a runner. */
export type RunnerHost = {
  readonly store: Store
  readonly executor: Executor
  readonly controlSocket: string | null
  /** Hands a run to the executor and tells every record that it writes. */
  readonly carry: (
    run: Run,
    writer: RunWriter,
    onRecords: (records: readonly KnownRecord[]) => void,
  ) => LiveRun
  readonly close: () => Promise<void>
}

type HostOptions = {
  readonly definition: WorkflowDefinition
  readonly functions: ReadonlyMap<string, StepFunction>
  readonly graceMs: number
}

/** Over a folder that is a workspace: every record is on its disk, and other processes may pause and cancel the run. */
export async function openFolderHost(folder: string, options: HostOptions): Promise<RunnerHost> {
  const root = resolve(folder)
  await mkdir(root, { recursive: true, mode: 0o700 })
  const machine = await createMachine({ configFolder: defaultConfigFolder(), randomId })
  const application = { version: applicationVersion }
  const store = await createFileStore({ root, now, randomId, machine, application })
  try {
    const inForce = await createSettingsInForce(store, { environment: process.env, now })
    const settings = inForce.current
    if (!settings.value.persistence.enabled) {
      await store.close()
      return await openMemoryHost(options)
    }
    // [E216] Any file may have changed, that of the settings too; one that cannot be looked at leaves them as they were.
    store.watch((runs) => {
      if (runs === null) void Promise.allSettled([inForce.reload()])
    })
    return await openHost(
      { ...options, store, machine },
      {
        checkpoints: () => settings.value.checkpoint,
        controlDirectory: defaultControlDirectory(),
      },
    )
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Nothing is written; but for steps that are processes there is a folder while the run goes on. */
export async function openMemoryHost(options: HostOptions): Promise<RunnerHost> {
  const machine = await createMachine({ configFolder: defaultConfigFolder(), randomId })
  const isProcess = Object.values(options.definition.steps).some(
    ({ run, command, module, http }) => (run ?? command ?? module ?? http) !== undefined,
  )
  const root = isProcess ? makePrivateFolder('run') : nowhere
  const store = createMemoryStore({ root, now, randomId, machine })
  const host = await openHost(
    { ...options, store, machine },
    { controlDirectory: null, writeLog: async () => undefined },
  )
  return {
    ...host,
    close: async () => {
      await host.close()
      if (isProcess) await rm(root, { recursive: true, force: true })
    },
  }
}

type ExecutorParts = Parameters<typeof createExecutor>[0]

async function openHost(
  options: HostOptions & Pick<ExecutorParts, 'store' | 'machine'>,
  parts: Pick<ExecutorParts, 'controlDirectory'> &
    Partial<Pick<ExecutorParts, 'checkpoints' | 'writeLog'>>,
): Promise<RunnerHost> {
  const { store, machine, functions, graceMs } = options
  const executor = await createExecutor({
    ...parts,
    store,
    machine,
    functions,
    graceMs,
    now,
    randomId,
    sha256,
    emit: () => undefined,
  })
  return {
    store,
    executor,
    controlSocket: executor.controlSocket,
    carry: (run, writer, onRecords) => executor.carry(run, observed(writer, onRecords)),
    close: async () => {
      await executor.close()
      await store.close()
    },
  }
}

function observed(
  writer: RunWriter,
  onRecords: (records: readonly KnownRecord[]) => void,
): RunWriter {
  return {
    ...writer,
    append: async (bodies, options) => {
      const records = await writer.append(bodies, options)
      onRecords(records)
      return records
    },
  }
}

/** A name only: a memory store reads and writes nothing there. */
const nowhere = '/unstuck-in-memory'
