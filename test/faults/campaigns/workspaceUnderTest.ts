// A process of its own that opens odd workspaces as a host, so that one which hangs or blocks takes nothing else with it.
import { createHost } from '../../../electron/host/createHost.ts'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { RunWriter } from '../../../electron/store/store.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Client } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { AppError } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { createClock, createIds } from '../../unit/electron/store/storeFixtures.ts'
import { machineSlowness, watchStops } from './stops.ts'

export type WorkspaceTask = {
  readonly root: string
  readonly configFolder: string
  readonly cacheFolder: string
  readonly host: 'browser' | 'cli'
  /** Documents that are asked for beside those that are listed. */
  readonly documents: readonly string[]
  /** The run that is written, backed up and trashed at the end. */
  readonly write: string | null
}

export type WorkspaceAnswer = {
  readonly rows: readonly (Pick<RunRow, 'id' | 'health' | 'status' | 'format' | 'liveness'> & {
    /** The reason that the row gives. */
    readonly sentence: string
  })[]
  /** Findings of each run or document that could be opened, by name. */
  readonly findings: Readonly<
    Record<string, readonly { readonly rule: string; readonly offset: number | null }[]>
  >
  /** First 2,000 bytes of what was read of each, by name. */
  readonly raw: Readonly<Record<string, string>>
  /** The same from the middle of each that is larger. */
  readonly middle: Readonly<Record<string, string>>
  /** Variables of each run that could be opened, as JSON text. */
  readonly variables: Readonly<Record<string, string>>
  readonly settingsProblem: string | null
  /** A document that was read has changed what every object has. */
  readonly isPolluted: boolean
  /** Error codes, by call and name. */
  readonly refused: Readonly<Record<string, string>>
  /** What is a defect by itself: errors that are no `AppError`, or say `bug`. */
  readonly defects: readonly string[]
  /** For how long the main thread stood still at most. */
  readonly stopMs: number
  readonly slowness: number
}

process.on('message', (task: WorkspaceTask) => {
  lookAt(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ ...nothing, defects: [describe(error)] }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

const slowness = machineSlowness()

const nothing: WorkspaceAnswer = {
  rows: [],
  findings: {},
  raw: {},
  middle: {},
  variables: {},
  settingsProblem: null,
  isPolluted: false,
  refused: {},
  defects: [],
  stopMs: 0,
  slowness,
}

type Notes = {
  readonly findings: Record<string, WorkspaceAnswer['findings'][string]>
  readonly raw: Record<string, string>
  readonly middle: Record<string, string>
  readonly variables: Record<string, string>
  readonly refused: Record<string, string>
  readonly defects: string[]
}

async function lookAt(task: WorkspaceTask): Promise<WorkspaceAnswer> {
  const notes: Notes = {
    findings: {},
    raw: {},
    middle: {},
    variables: {},
    refused: {},
    defects: [],
  }
  const attempt = createAttempts(notes)
  const stop = watchStops()
  const { rows, settingsProblem } = await readAll(task, notes, attempt)
  if (task.write !== null) await write(task.root, RunId.parse(task.write), attempt)
  return {
    rows: rows.map(({ id, health, status, format, liveness, reason }) => ({
      id,
      health,
      status,
      format,
      liveness,
      sentence: reason.sentence,
    })),
    ...notes,
    settingsProblem,
    isPolluted: ['isAdmin', 'x'].some((name) => name in {}),
    stopMs: stop(),
    slowness,
  }
}

async function readAll(
  task: WorkspaceTask,
  notes: Notes,
  attempt: Attempt,
): Promise<{ readonly rows: readonly RunRow[]; readonly settingsProblem: string | null }> {
  const { root, configFolder, cacheFolder, host: kind } = task
  const host = await createHost({
    path: root,
    configFolder,
    cacheFolder,
    host: kind,
    // What the system refuses is told too, and is no defect.
    report: (error, call) => {
      if (error.code === 'bug') notes.defects.push(`${call}: ${describe(error)}`)
    },
  })
  try {
    const client = host.client()
    const list = await attempt('run.list', '', () => client.call('run.list', { limit: 500 }))
    const rows = list?.rows ?? []
    const { id: workspace, settingsProblem } = await client.call('workspace.get', {})
    const refs = [...rows.map(({ ref }) => ref), ...task.documents.flatMap((name) => both(name))]
    for (const ref of refs) await readOne(client, { ...ref, workspace }, { notes, attempt })
    return { rows, settingsProblem }
  } finally {
    await host.close()
  }
}

async function readOne(
  client: Client,
  ref: Ref,
  { notes, attempt }: { readonly notes: Notes; readonly attempt: Attempt },
): Promise<void> {
  const name = ref.document
  const detail = await attempt('run.get', name, () => client.call('run.get', { ref }))
  if (detail !== null) notes.findings[name] = detail.findings
  for (const file of ref.format === 'unstuck' ? files : documentOnly) {
    const input = { ref, file, limitBytes: sliceBytes }
    const raw = await attempt(`run.raw ${file}`, name, () => client.call('run.raw', input))
    if (raw === null) continue
    notes.raw[`${file} ${name}`] = raw.text
    if (raw.sizeBytes < 2 * sliceBytes) continue
    const offset = Math.trunc(raw.sizeBytes / 2)
    const middle = await attempt('run.raw', name, () =>
      client.call('run.raw', { ...input, offset }),
    )
    notes.middle[`${file} ${name}`] = middle?.text ?? ''
  }
  if (detail === null || detail.run === null) return
  const variables = await attempt('state.value', name, () =>
    client.call('state.value', { ref, pointer: '/variables', limitBytes: 20_000 }),
  )
  notes.variables[name] = variables?.text ?? ''
  if (ref.format === 'unstuck')
    await attempt('run.history', name, () => client.call('run.history', { ref }))
}

const sliceBytes = 2000

const files = ['head', 'journal'] as const
const documentOnly = ['document'] as const

/** A name as a run's and as a document's. */
function both(document: string): readonly Ref[] {
  const ref = { workspace: '', document, item: null }
  return [
    { ...ref, format: 'unstuck' },
    { ...ref, format: 'unknown' },
  ]
}

/** What the writing end of the store makes of the workspace: the run is changed, backed up and thrown away. */
async function write(root: string, run: RunId, attempt: Attempt): Promise<void> {
  const store = await createFileStore({
    root,
    now: createClock(),
    randomId: createIds('w'),
    application: { version: 'test' },
  })
  const operation = { call: 'x', item: run, by: 'ana', phase: 'requested', outcome: null } as const
  await attempt('logOperation', run, () => store.logOperation(operation))
  const options = { purpose: 'test', controlSocket: null }
  const writer = await attempt('open', run, () => store.open(run, options))
  if (writer === null) return store.close()
  await writeAll(writer, attempt)
  await attempt('release', run, () => writer.release())
  return store.close()
}

async function writeAll(writer: RunWriter, attempt: Attempt): Promise<void> {
  const body = { type: 'variableSet', name: 'x', value: 1 } as const
  const { run } = writer
  await attempt('append', run, () => writer.append([body], { durable: true }))
  await attempt('replaceHead', run, () => writer.replaceHead('{}\n'))
  const backup = await attempt('backup', run, () => writer.backup('test'))
  if (backup !== null) await attempt('restoreBackup', run, () => writer.restoreBackup(backup.id))
  const request = { reason: 'test', workflow: null, keepDays: 1 }
  await attempt('trash', run, () => writer.trash(request))
}

type Attempt = <T>(call: string, name: string, work: () => Promise<T>) => Promise<T | null>

function createAttempts({ refused, defects }: Notes): Attempt {
  return async (call, name, work) => {
    try {
      return await work()
    } catch (error) {
      const isTold = error instanceof AppError && error.code !== 'bug'
      if (isTold) refused[`${call} ${name.slice(0, 80)}`] = error.code
      else defects.push(`${call} ${name.slice(0, 80)}: ${describe(error)}`)
      return null
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)
}
