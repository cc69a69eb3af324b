import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExecutor } from '../../../../electron/executor/createExecutor.ts'
import type { Executor } from '../../../../electron/executor/executor.ts'
import type { NodeProgram } from '../../../../electron/executor/findNode.ts'
import type { StepFunction } from '../../../../electron/executor/kinds/stepFunction.ts'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { createViewStore } from '../../../../electron/host/viewStore.ts'
import { openScratch } from '../../../../electron/host/openScratch.ts'
import { createOpenedArchives } from '../../../../electron/services/openedArchives.ts'
import { createChildRuns } from '../../../../electron/services/childRuns.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import { createExportDesk } from '../../../../electron/services/exports/exportDesk.ts'
import { createStateMemory } from '../../../../electron/services/stateMemory.ts'
import { launchRun, newRunId, placeOf } from '../../../../electron/services/startRunRecords.ts'
import { createFileStore } from '../../../../electron/store/fileStore.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import type { RunWriter, Store } from '../../../../electron/store/store.ts'
import { readRun } from '../../../../shared/core/reading/readRun.ts'
import { createRun } from '../../../../shared/core/run/createRun.ts'
import type { RunId, StepId } from '../../../../shared/schema/ids.ts'
import type { Json } from '../../../../shared/schema/json.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { Settings } from '../../../../shared/schema/settings.ts'
import { WorkflowDefinition } from '../../../../shared/schema/workflow.ts'

/** A workspace in a temporary folder with a store, an executor and what services need; all real. */
export type Workbench = {
  readonly root: string
  readonly context: ServiceContext
  readonly store: Store
  readonly executor: Executor
  /** Starts a workflow without a definition file; its steps work in the workspace's folder. */
  start(steps: object, options?: StartOptions): Promise<RunId>
  /** Starts it and waits for its rest. */
  run(steps: object, options?: StartOptions): Promise<Run>
  read(run: RunId): Promise<Run>
  records(run: RunId): Promise<readonly string[]>
  text(path: string): Promise<string>
  /** Another host on the same folder. */
  another(): Promise<Workbench>
  close(): Promise<void>
}

export type StartOptions = {
  readonly passEnvironment?: readonly string[]
  readonly parallel?: number
  readonly inputs?: Readonly<Record<string, Json>>
  readonly stopAfter?: string
}

export async function createWorkbench(
  options: {
    readonly root?: string
    readonly graceMs?: number
    readonly environment?: Record<string, string>
    readonly functions?: ReadonlyMap<string, StepFunction>
    readonly node?: () => NodeProgram
    /** What the executor gets as its writer. */
    readonly wrapWriter?: (writer: RunWriter) => RunWriter
    readonly checkpoint?: Settings['checkpoint']
    readonly trusted?: boolean
  } = {},
): Promise<Workbench> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), "un stuck's-")))
  const machine = await createMachine({ configFolder: join(root, 'config'), randomId })
  const application = { version: '0.0.0-test' }
  const files = await createFileStore({ root, now, randomId, application, machine })
  const { wrapWriter } = options
  const store: Store =
    wrapWriter === undefined
      ? files
      : { ...files, create: async (run, open) => wrapWriter(await files.create(run, open)) }
  const executor = await createExecutor({
    store,
    machine,
    now,
    randomId,
    sha256,
    controlDirectory: join(root, 'control'),
    children: createChildRuns(() => context),
    emit: () => undefined,
    graceMs: options.graceMs ?? 1000,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.functions === undefined ? {} : { functions: options.functions }),
    ...(options.node === undefined ? {} : { node: options.node }),
    ...(options.checkpoint === undefined ? {} : { checkpoints: () => options.checkpoint ?? none }),
  })
  let trusted = options.trusted ?? true
  const context: ServiceContext = {
    workspace: { id: 'bench', name: 'bench', document: null, isSample: false },
    application: { version: '0.0.0-test', host: 'cli' },
    store,
    executor,
    views: createViewStore({ configFolder: join(root, 'config'), randomId }),
    trust: {
      isTrusted: async () => trusted,
      setTrusted: async (value) => {
        trusted = value
      },
    },
    settings: { value: Settings.parse({}), problem: null },
    user: 'ada',
    account: 'ada',
    hostName: hostname(),
    now,
    randomId,
    sha256,
    controlSocket: executor.controlSocket,
    index: createRunIndex(),
    shownPlans: new Map(),
    usual: new Map(),
    states: createStateMemory(() => undefined),
    openedArchives: createOpenedArchives(() => undefined),
    exports: createExportDesk(),
    openScratch: () => openScratch({ machine, now, randomId, sha256 }),
    emit: () => undefined,
  }

  const bench: Workbench = {
    root,
    context,
    store,
    executor,
    async start(steps, { parallel, passEnvironment, inputs = {}, stopAfter } = {}) {
      const definition = WorkflowDefinition.parse({
        name: 'test',
        steps,
        ...(parallel === undefined ? {} : { parallel }),
        ...(passEnvironment === undefined ? {} : { passEnvironment }),
      })
      const id = newRunId(context, 'test', now())
      const place = placeOf(context, definition, root)
      const run = createRun({
        id,
        definition,
        source: null,
        digest: null,
        inputs,
        at: now(),
        place,
        lineage: null,
      })
      await launchRun(context, run, { stopAfter: (stopAfter ?? null) as StepId | null }) // a step's id in a test
      return id
    },
    async run(steps, startOptions) {
      const id = await bench.start(steps, startOptions)
      await executor.find(id)?.done
      return bench.read(id)
    },
    async read(id) {
      const { run, findings } = await reading(store, id)
      const errors = findings.filter(({ severity }) => severity === 'error')
      if (run === null || errors.length > 0)
        throw new Error(`Run ${id} does not read well: ${JSON.stringify(findings)}`)
      return run
    },
    async records(id) {
      const { journal } = await store.read(id)
      return (journal?.records ?? []).flatMap(({ record }) => {
        const step = 'step' in record ? String(record['step']) : null
        return [step === null ? record.type : `${record.type} ${step}`]
      })
    },
    text: (path) => readFile(join(root, path), 'utf8'),
    another: () => createWorkbench({ ...options, root }),
    async close() {
      await executor.close()
      await files.close()
      if (options.root === undefined) await rm(root, { recursive: true, force: true })
    },
  }
  return bench
}

async function reading(store: Store, id: RunId): Promise<ReturnType<typeof readRun>> {
  const stored = await store.read(id)
  const head = stored.head === null ? null : { text: new TextDecoder().decode(stored.head.bytes) }
  return readRun({ head, journal: stored.journal }, sha256)
}

const none = Settings.parse({}).checkpoint

export function now(): string {
  return new Date().toISOString()
}

export function randomId(length: number): string {
  const characters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return [...randomBytes(length)].map((byte) => characters[byte % 36]).join('')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Resolves when it holds; throws after a minute and a half: a machine may be slow. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 90_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Dead processes that nobody has collected yet are not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
