import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import {
  callNames,
  contract,
  type CallInput,
  type CallName,
  type Client,
} from '../../../../shared/contract/contract.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import type { OperationEntry } from '../../../../shared/contract/upkeep.ts'
import { operationCalls } from '../../../../shared/core/operations/operationWords.ts'
import { whyNoUndo } from '../../../../shared/core/operations/whyNoUndo.ts'
import { AppError } from '../../../../shared/errors.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { ref as sampleRef, validInputs } from '../../../contract/samples.ts'

const days = { completed: null, failed: null, cancelled: null }
const policy = { days, maxRunsPerWorkflow: null, maxBytes: null }

let folder = ''
let host: Host
let client: Client
let ref: Ref
let run: RunId
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-undo-'))
  const flow = { name: 'flow', inputs: { size: 1 }, steps: { a: { run: 'true' } } }
  await writeFile(join(folder, 'flow.json'), JSON.stringify(flow))
  host = await createHost({ path: folder, host: 'cli', configFolder: join(folder, 'config') })
  client = host.client()
  await client.call('workspace.trust', { trusted: true })
  ;({ ref } = await client.call('run.start', { definition: 'flow.json', inputs: {} }))
  run = RunId.parse(ref.document)
  await client.call('run.wait', { ref })
}, 60_000)
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

async function operations(query: object = {}): Promise<readonly OperationEntry[]> {
  return (await client.call('operations.list', query)).operations
}

async function last(): Promise<OperationEntry> {
  const [operation] = await operations({ limit: 1 })
  if (operation === undefined) throw new Error('There is no operation.')
  return operation
}

async function head(): Promise<string> {
  const { files } = await client.call('run.get', { ref })
  const path = files.find(({ kind }) => kind === 'head')?.path ?? ''
  return readFile(join(folder, path), 'utf8')
}

async function edit(): Promise<void> {
  const edits = [{ kind: 'set' as const, path: '/inputs/size', json: '2' }]
  const { plan: _, ...approval } = await client.call('edit.plan', { ref, edits })
  await client.call('edit.apply', { ref, edits, ...approval, reason: 'was wrong' })
}

async function clean(): Promise<void> {
  const asked = { runs: [run], policy }
  const { plan: _, ...approval } = await client.call('cleanup.plan', asked)
  await client.call('cleanup.apply', { ...asked, ...approval })
}

test('[X80] [X82] an edit has its reason, what it found before and after, and is taken back by its operation', async () => {
  await edit()
  const made = await last()
  expect(made).toMatchObject({
    call: 'edit.apply',
    reason: 'was wrong',
    state: 'done',
    undoneBy: null,
    undo: { call: 'edit.undo', item: run },
    before: { status: 'completed' },
    after: { status: 'completed' },
    changes: [{ path: '/inputs/size', before: '1', after: '2' }],
  })
  const { before, after } = made
  expect(after?.seq).toBe((before?.seq ?? 0) + 1)
  expect(before?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(after?.digest).not.toBe(before?.digest)

  const undone = await client.call('operations.undo', { id: made.id ?? '', reason: 'it was right' })

  expect(undone).toEqual({
    observed: true,
    sentence: `edit.apply of ${run} was taken back, and read back.`,
  })
  const [newest, older] = await operations({ limit: 2 })
  expect(newest).toMatchObject({ call: 'edit.undo', undoes: made.id, reason: 'it was right' })
  expect(older).toMatchObject({ id: made.id, undoneBy: newest?.id })
  expect(newest?.before?.digest).toBe(after?.digest)
  const now = await client.call('state.value', { ref, pointer: '/inputs/size' })
  expect(now.text).toBe('1')
})

test('[X81] what was taken back is not taken back again, and what cannot be says why', async () => {
  const edited = (await operations({ call: 'edit.apply' }))[0]
  const started = (await operations({ call: 'run.start' }))[0]
  const count = (await operations()).length

  await expect(client.call('operations.undo', { id: edited?.id ?? '' })).rejects.toMatchObject({
    code: 'invalid-input',
    message: `edit.apply of ${run} is not taken back: It was taken back already, by operation ${edited?.undoneBy}.`,
  })
  await expect(client.call('operations.undo', { id: started?.id ?? '' })).rejects.toMatchObject({
    message: `run.start of ${run} is not taken back: A run that was started is not taken back. Cancel it.`,
  })
  await expect(client.call('operations.undo', { id: 'nothing' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect((await operations()).length).toBe(count)
})

test('[X80] a run that was moved to the trash or archived comes back as it was', async () => {
  const before = await head()

  await clean()
  const trashed = await last()
  expect(trashed).toMatchObject({ call: 'cleanup.apply', after: { digest: null } })
  const restored = await client.call('operations.undo', { id: trashed.id ?? '' })
  expect([restored.observed, await head()]).toEqual([true, before])

  await client.call('run.archive', { runs: [run] })
  const archived = await last()
  expect((await client.call('run.get', { ref })).archive).not.toBeNull()
  await client.call('operations.undo', { id: archived.id ?? '' })
  expect(await head()).toBe(before)
})

test('[X80] what was changed since stays, and the operation is not called taken back', async () => {
  await clean()
  const trashed = await last()
  const [entry] = (await client.call('trash.list', {})).entries
  await client.call('cleanup.restore', { entries: [entry?.id ?? ''] })

  await expect(client.call('operations.undo', { id: trashed.id ?? '' })).rejects.toMatchObject({
    message: expect.stringMatching(/trash/i),
  })

  expect((await operations({ id: trashed.id }))[0]?.undoneBy).toBeNull()
})

/** Every call of the contract that only looks or plans, each with an input that reaches its service. */
const looks = callNames.filter((name) => contract[name].effect === 'read')

test('[X83] no plan and no look of the contract leaves anything in the log', async () => {
  const given = ofRun(validInputs)
  const before = await logText()
  const plans = looks.filter((name) => name.includes('plan'))

  for (const name of looks) {
    const input = { ...given[name], ...(name === 'run.wait' ? { ref } : {}) } as CallInput<CallName> // as the table has it
    // What does not fit this workspace is refused, and that leaves nothing either.
    const [answer] = await Promise.allSettled([client.call(name, input)])
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(AppError)
    expect([name, await logText()]).toEqual([name, before])
  }

  expect(plans).toContain('cleanup.plan')
  expect(plans.length).toBeGreaterThan(10)
})

function logText(): Promise<string> {
  return readFile(join(folder, '.unstuck', 'operations.jsonl'), 'utf8')
}

/** The same inputs, of the run that is there. */
function ofRun<T>(inputs: T): T {
  const text = JSON.stringify(inputs)
    .replaceAll(JSON.stringify(sampleRef), JSON.stringify(ref))
    .replaceAll(JSON.stringify(sampleRef.document), JSON.stringify(run))
  return JSON.parse(text) as T // the same shape with another reference in it
}

test('[X81] every call of the log can be taken back, or says by its own words why not', () => {
  const entry = { state: 'done', undo: undefined, undoneBy: null } as const
  const silent = operationCalls.filter(
    (call) => whyNoUndo({ ...entry, call }) === 'It cannot be taken back from here.',
  )

  expect(silent.toSorted()).toEqual([
    'bundle.import',
    'cleanup.apply',
    'cleanup.settings.set',
    'document.cleanup',
    'document.edit',
    'document.map',
    'document.migrate',
    'document.repair',
    'document.undo',
    'edit.apply',
    'edit.batch.apply',
    'error.decide',
    'migrate.apply',
    'repair.apply',
    'repair.batch.apply',
    'repair.undo',
    'run.annotate',
    'run.archive',
    'run.unarchive',
    'settings.apply',
  ])
})

test('[X82] every operation of the log says who, on which machine, with which program, and why where it was said', async () => {
  for (const operation of await operations({ limit: 500 }))
    expect(operation).toMatchObject({
      by: expect.stringMatching(/./),
      host: expect.stringMatching(/./),
      application: { host: 'cli' },
      requestedAt: expect.stringMatching(/Z$/),
    })
})

test('[X81] each way in which an operation cannot be taken back has its sentence', () => {
  const undo = { call: 'run.unarchive', item: 'a', target: null } as const
  const entry = { call: 'run.archive', state: 'done', undo, undoneBy: null } as const

  expect(whyNoUndo(entry)).toBeNull()
  expect(whyNoUndo({ ...entry, state: 'failed' })).toMatch(/failed/)
  expect(whyNoUndo({ ...entry, state: 'unfinished' })).toMatch(/not seen/)
  expect(whyNoUndo({ ...entry, undoneBy: 'x' })).toMatch(/already, by operation x/)
  expect(whyNoUndo({ ...entry, undo: undefined })).toBe('It cannot be taken back from here.')
})
