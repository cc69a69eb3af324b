import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../../../electron/host/createHost.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import type { RunRow } from '../../../../shared/contract/runs.ts'
import { foreignFormatIds } from '../../../../shared/core/formats/format.ts'
import { AppError } from '../../../../shared/errors.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { RunId } from '../../../../shared/schema/ids.ts'

const folders: string[] = []
const hosts: Host[] = []

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-host-'))
  folders.push(folder)
  return folder
}

async function openHost(
  path: string,
  options: Pick<HostOptions, 'trust' | 'reveal' | 'recent'> = {},
): Promise<Host> {
  const configFolder = join(await newFolder(), 'config')
  const host = await createHost({ path, host: 'cli', configFolder, ...options })
  hosts.push(host)
  return host
}

async function rowsOf(client: Client): Promise<readonly RunRow[]> {
  return (await client.call('run.list', {})).rows
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${String(error)}`)
}

/** What must be there. */
function one<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected one')
  return value
}

async function startAndWait(client: Client, definition: string): Promise<RunRow['ref']> {
  const { ref } = await client.call('run.start', { definition })
  await client.call('run.wait', { ref })
  return ref
}

const threeSteps = `name: three
steps:
  one: { run: 'echo "{\\"n\\": 1}" > "$UNSTUCK_OUTPUT"', sideEffects: none }
  two: { run: echo two, needs: [one], sideEffects: none }
  three: { run: echo three, needs: [two] }
`

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
})
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

describe('the sample workspace', () => {
  let folder: string
  beforeAll(async () => {
    folder = await newFolder()
    const host = await createHost({ path: folder, host: 'cli', configFolder: await newFolder() })
    await host.client().call('sample.create', {})
    await host.close()
  }, 60_000)

  test('holds a run of every kind, each with its reason', async () => {
    const client = (await openHost(folder)).client()
    const rows = await rowsOf(client)
    const seen = rows
      .map((row) =>
        [row.workflow, row.status, row.health, row.liveness, row.reason.severity].join(' '),
      )
      .toSorted()
    expect(seen).toEqual([
      'Coder failed old-version none stuck',
      'Feature delivery pending ok none stuck',
      'deploy failed ok none stuck',
      'deploy failed old-version none stuck',
      'etl paused old-version none stuck',
      'full-sdlc running ok unknown stuck',
      'nightly-report completed damaged none stuck',
      'nightly-report completed ok none resting',
      'nightly-report completed ok none resting',
      'nightly-report failed ok none stuck',
      'nightly-report running damaged interrupted stuck',
      'order-fulfilment running ok interrupted stuck',
      'refund waiting ok interrupted stuck',
      'refund waiting ok unknown attention',
      'snapshot failed ok none stuck',
      'warehouse-sync failed ok none stuck',
    ])
  })

  test('[F270] holds a healthy state of every other engine, and a lock whose holder cannot be looked at', async () => {
    const client = (await openHost(folder)).client()
    const rows = await rowsOf(client)
    const foreign = rows.filter((row) => foreignFormatIds.some((id) => id === row.ref.format))
    const details = await Promise.all(foreign.map(({ ref }) => client.call('run.get', { ref })))
    const held = rows.filter((row) => row.liveness === 'unknown' && row.ref.format === 'unstuck')
    const holders = await Promise.all(held.map(({ ref }) => client.call('run.get', { ref })))

    expect(foreign.map((row) => row.ref.format).toSorted()).toEqual(foreignFormatIds.toSorted())
    expect(
      details.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error')),
    ).toEqual([])
    expect(holders.map(({ diagnoses }) => diagnoses.map(({ rule }) => rule))).toEqual([
      ['G12', 'G17'],
    ])
  })

  test('names the step in doubt of the interrupted order', async () => {
    const client = (await openHost(folder)).client()
    const order = (await rowsOf(client)).find((row) => row.workflow === 'order-fulfilment')
    const detail = await client.call('run.get', { ref: one(order).ref })
    expect(detail.run?.steps.filter((step) => step.inDoubt).map((step) => step.id)).toEqual([
      'charge-card',
    ])
    expect(detail.diagnoses[0]?.step).toBe('charge-card')
    expect(detail.diagnoses[0]?.action.kind).toBe('resume')
  })

  test('refuses to be made twice', async () => {
    const client = (await openHost(folder)).client()
    expect((await failure(client.call('sample.create', {}))).code).toBe('invalid-input')
  })

  test('opening and reading everything changes no byte', async () => {
    const before = await snapshot(folder)
    const client = (await openHost(folder)).client()
    for (const row of await rowsOf(client)) {
      const detail = await client.call('run.get', { ref: row.ref })
      if (detail.run !== null) await client.call('state.read', { ref: row.ref })
      if (row.ref.format === 'unstuck') await client.call('repair.plan', { ref: row.ref })
    }
    await client.call('migrate.plan', {})
    expect(await snapshot(folder)).toEqual(before)
  })
})

describe('repair', () => {
  test('rebuilds a head that lost its end, and undo puts the damaged bytes back', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'three.yaml'), threeSteps)
    const client = (await openHost(folder, { trust: true })).client()
    const ref = await startAndWait(client, 'three.yaml')
    const head = join(folder, one((await client.call('run.get', { ref })).files[0]).path)
    const whole = await readFile(head, 'utf8')
    await truncate(head, Math.floor(whole.length / 2))
    const damaged = await readFile(head, 'utf8')

    const shown = await client.call('repair.plan', { ref })
    expect([shown.plan.ready, shown.plan.source]).toEqual([true, 'journal'])
    const applied = await client.call('repair.apply', {
      ref,
      asOf: shown.asOf,
      rev: shown.rev,
      digest: shown.digest,
    })
    expect(applied.findings).toEqual([])
    expect(applied.observed).toBe(true)
    expect(await rowsOf(client)).toMatchObject([{ status: 'completed', health: 'ok' }])

    const undone = await client.call('repair.undo', { ref, backup: applied.backup })
    expect(undone.observed).toBe(true)
    expect(await readFile(head, 'utf8')).toBe(damaged)
  })

  test('cuts a torn tail', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'three.yaml'), threeSteps)
    const client = (await openHost(folder, { trust: true })).client()
    const ref = await startAndWait(client, 'three.yaml')
    const files = (await client.call('run.get', { ref })).files
    const journal = join(folder, one(files.find((file) => file.kind === 'journal')).path)
    await writeFile(journal, '{"seq":99,"at":"2026', { flag: 'a' })

    expect((await client.call('run.get', { ref })).health).toBe('damaged')
    const shown = await client.call('repair.plan', { ref })
    const applied = await client.call('repair.apply', {
      ref,
      asOf: shown.asOf,
      rev: shown.rev,
      digest: shown.digest,
    })
    expect(applied.findings).toEqual([])
  })

  test('refuses a plan whose run changed since', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'three.yaml'), threeSteps)
    const client = (await openHost(folder, { trust: true })).client()
    const ref = await startAndWait(client, 'three.yaml')
    const head = join(folder, one((await client.call('run.get', { ref })).files[0]).path)
    await truncate(head, 900)
    const shown = await client.call('repair.plan', { ref })
    await truncate(head, 800)
    const error = await failure(
      client.call('repair.apply', { ref, asOf: shown.asOf, rev: shown.rev, digest: shown.digest }),
    )
    expect(error.code).toBe('stale')
  })
})

describe('migrate', () => {
  test('makes version 3 of versions 1 and 2, and rolls back to the same bytes', async () => {
    const folder = await newFolder()
    const sample = await openHost(folder)
    await sample.client().call('sample.create', {})
    const before = await readFile(join(folder, 'runs/etl-7.json'), 'utf8')
    const client = sample.client()

    const shown = await client.call('migrate.plan', {})
    expect(shown.plan.rows.map((row) => [row.document, row.from, row.to, row.problem])).toEqual([
      ['runs/deploy-20250102-101500.json', 1, 3, null],
      ['runs/etl-7.json', 2, 3, null],
    ])
    const { rows } = await client.call('migrate.apply', {
      asOf: shown.asOf,
      rev: shown.rev,
      digest: shown.digest,
    })
    expect(rows.map((row) => row.outcome)).toEqual(['done', 'done'])
    const migrated = (await rowsOf(client)).find((row) => row.id === 'etl-7')
    expect(migrated).toMatchObject({
      health: 'ok',
      status: 'paused',
      format: 'Unstuck',
      stepsDone: 1,
      stepsTotal: 2,
    })

    const back = await client.call('migrate.rollback', { runs: [RunId.parse('etl-7')] })
    expect(back.rows).toMatchObject([{ outcome: 'done' }])
    expect(await readFile(join(folder, 'runs/etl-7.json'), 'utf8')).toBe(before)
    expect((await rowsOf(client)).find((row) => row.id === 'etl-7')?.health).toBe('old-version')
  })
})

describe('clean up', () => {
  test('moves the old completed run to the trash and back', async () => {
    const folder = await newFolder()
    const client = (await openHost(folder)).client()
    await client.call('sample.create', {})
    const policy = {
      days: { completed: 90, failed: null, cancelled: null },
      maxRunsPerWorkflow: null,
      maxBytes: null,
    }
    const shown = await client.call('cleanup.plan', { policy })
    expect(shown.plan.victims).toHaveLength(1)
    const victim = one(shown.plan.victims[0])
    const applied = await client.call('cleanup.apply', {
      policy,
      asOf: shown.asOf,
      rev: shown.rev,
      digest: shown.digest,
    })
    expect(applied.rows).toMatchObject([{ item: victim.run, outcome: 'done' }])
    expect((await rowsOf(client)).some((row) => row.id === victim.run)).toBe(false)

    const { entries } = await client.call('trash.list', {})
    expect(entries.map((entry) => entry.run)).toEqual([victim.run])
    const restored = await client.call('cleanup.restore', {
      entries: entries.map((entry) => entry.id),
    })
    expect(restored.rows).toMatchObject([{ outcome: 'done', result: victim.run }])
    expect((await rowsOf(client)).some((row) => row.id === victim.run)).toBe(true)
  })
})

describe('wrong input', () => {
  test('an unknown run, an unknown folder, an untrusted folder', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'three.yaml'), threeSteps)
    const client = (await openHost(folder)).client()
    const { id: workspace } = await client.call('workspace.get', {})
    const ref = { workspace, format: 'unstuck', document: 'no-such-run', item: null } as const
    expect((await failure(client.call('run.get', { ref }))).code).toBe('not-found')
    expect((await failure(client.call('run.start', { definition: 'three.yaml' }))).code).toBe(
      'untrusted',
    )
    expect((await failure(openHost(join(folder, 'nowhere')))).code).toBe('not-found')
  })

  test('a file instead of a folder is opened as the one document', async () => {
    const folder = await newFolder()
    await openHost(folder).then((host) => host.client().call('sample.create', {}))
    const client = (await openHost(join(folder, 'runs/etl-7.json'))).client()
    expect((await rowsOf(client)).map((row) => row.ref.document)).toEqual(['runs/etl-7.json'])
  })

  test('a file of any name that is opened is listed as what it is', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'notes.txt'), 'no JSON at all')
    const client = (await openHost(join(folder, 'notes.txt'))).client()
    const rows = await rowsOf(client)
    expect(rows.map((row) => [row.ref.document, row.health])).toEqual([['notes.txt', 'damaged']])
    const detail = await client.call('run.get', { ref: one(rows[0]).ref })
    expect(detail.findings[0]?.sentence).toMatch(/JSON/)
  })

  test('a document of version 99 is refused and left as it is', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'runs/2026-01-01'), { recursive: true })
    const file = join(folder, 'runs/2026-01-01/future.json')
    const text = '{ "format": "unstuck", "version": 99, "run": { "id": "future" } }\n'
    await writeFile(file, text)
    const client = (await openHost(folder, { trust: true })).client()
    const row = one((await rowsOf(client))[0])
    expect(row).toMatchObject({ id: 'future', health: 'newer-version' })
    const ref = { ...row.ref, format: 'unstuck' } as const
    expect((await failure(client.call('resume.plan', { ref }))).code).toBe('version-too-new')
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('[F9] heads that lie elsewhere are documents: read, and left as they are', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'three.yaml'), threeSteps)
    const client = (await openHost(folder, { trust: true })).client()
    const ref = await startAndWait(client, 'three.yaml')
    const head = one((await client.call('run.get', { ref })).files[0]).path
    await copyFile(join(folder, head), join(folder, 'copy.json'))
    await writeFile(join(folder, 'future.json'), '{"format":"unstuck","version":99,"run":{}}')

    const rows = await rowsOf(client)
    const copy = one(rows.find((row) => row.ref.document === 'copy.json'))
    const future = one(rows.find((row) => row.ref.document === 'future.json'))
    expect([copy.health, copy.status, copy.stepsDone]).toEqual(['ok', 'completed', 3])
    expect(future.health).toBe('newer-version')
    const detail = await client.call('run.get', { ref: copy.ref })
    expect(detail.run?.steps.map((step) => step.status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ])
    expect((await client.call('run.get', { ref: future.ref })).health).toBe('newer-version')
    const resume = (at: RunRow['ref']) => failure(client.call('resume.plan', { ref: at }))
    expect((await resume(copy.ref)).code).toBe('invalid-input')
    expect((await resume(copy.ref)).message).toContain('runs/<day>')
    expect((await resume(future.ref)).code).toBe('version-too-new')
    expect((await client.call('run.raw', { ref: future.ref, file: 'document' })).text).toContain(
      '"version":99',
    )
  })

  test('[F10] a document of 5 MB is told by its start, and its end can be read', async () => {
    const folder = await newFolder()
    const long = 'x'.repeat(5_000_000)
    await writeFile(
      join(folder, 'old.json'),
      `{"workflow_id":"a","status":"failed","states":{"s":{"status":"failed"}},"z":"${long}END"}`,
    )
    const client = (await openHost(folder)).client()
    const row = one((await rowsOf(client))[0])
    expect([row.health, row.ref.format]).toEqual(['old-version', 'unstuck-v1'])
    const opened = await client.call('run.get', { ref: row.ref })
    expect([opened.findings, opened.run?.steps.length]).toEqual([[], 1])
    const { plan } = await client.call('migrate.plan', {})
    expect(plan.rows.map(({ problem }) => problem)).toEqual([null])
    await truncate(join(folder, 'old.json'), 20_000_000)
    const grown = await client.call('run.get', { ref: row.ref })
    expect(grown.findings.map((finding) => finding.rule)).toEqual(['F10'])
    const end = { ref: row.ref, file: 'document', offset: 5_000_000, limitBytes: 1000 } as const
    expect((await client.call('run.raw', end)).text).toContain('END')
  })

  test('[G34] a file that cannot be read is a row with the reason', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'runs/2026-01-01'), { recursive: true })
    await symlink('/etc/hostname', join(folder, 'runs/2026-01-01/linked.json'))
    const client = (await openHost(folder)).client()
    const rows = await rowsOf(client)
    expect(rows).toMatchObject([{ health: 'unreadable', reason: { rule: 'G34' } }])
    expect(rows[0]?.reason.sentence).toContain('link')
  })

  test('[E203] settings that are wrong are named with their path, and the defaults stay in force', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'unstuck.json'), '{ "checkpoint": { "interval": 0 } }')
    const client = (await openHost(folder)).client()
    const { settingsProblem } = await client.call('workspace.get', {})
    expect(settingsProblem).toBe(
      'unstuck.json is not used: /checkpoint/interval (line 1, column 31): expected a whole number of steps or seconds, at least 1, found 0. The defaults are in force.',
    )
  })
})

/** Every file of a folder with its bytes. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[path] = await readFile(path, 'base64')
  }
  return files
}

test('[H7] a connection that may only read is told that it may only read', async () => {
  const host = await openHost(await newFolder())
  const [here, there] = memoryPair()
  host.attach(there, { readOnly: true })

  const workspace = await connect(here).call('workspace.get', {})

  expect(workspace).toMatchObject({ writable: false })
  expect(workspace.readOnlyReason).toContain('--read-only')
})

test('[L193] workspaces that were open lately are named with what is known, and only these are opened', async () => {
  const folder = await newFolder()
  const opened: string[] = []
  const recent = {
    list: () => [
      { path: '/srv/etl', attention: 3 },
      { path: '/srv/new', attention: null },
    ],
    note: () => undefined,
    open: (path: string): void => void opened.push(path),
  }
  const host = await openHost(folder, { recent })
  const client = host.client()

  expect(await client.call('workspace.recent', {})).toEqual({
    workspaces: [
      { path: host.workspace.root, name: host.workspace.name, attention: null, isCurrent: true },
      { path: '/srv/etl', name: 'etl', attention: 3, isCurrent: false },
      { path: '/srv/new', name: 'new', attention: null, isCurrent: false },
    ],
    canOpen: true,
  })
  expect(await client.call('workspace.open', { path: '/srv/etl' })).toEqual({ opening: '/srv/etl' })
  await expect(client.call('workspace.open', { path: '/etc' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(opened).toEqual(['/srv/etl'])
})

test('[L193] a host of one workspace names and opens no other', async () => {
  const host = await openHost(await newFolder())

  const { workspaces, canOpen } = await host.client().call('workspace.recent', {})

  expect([workspaces.map(({ path }) => path), canOpen]).toEqual([[host.workspace.root], false])
  await expect(host.client().call('workspace.open', { path: '/srv' })).rejects.toThrow(
    'unstuck serve --workspace',
  )
})

test('[L164] the folder, or the one file that was opened, is shown where there is a desktop', async () => {
  const folder = await newFolder()
  await writeFile(join(folder, 'one.json'), '{}')
  const shown: string[] = []
  const reveal = (path: string): void => void shown.push(path)
  const whole = await openHost(folder, { reveal })
  const single = await openHost(join(folder, 'one.json'), { reveal })
  const without = await openHost(folder)

  const answers = [whole, single, without].map((host) => host.client().call('workspace.reveal', {}))

  expect(await Promise.all(answers)).toEqual([{ shown: true }, { shown: true }, { shown: false }])
  expect(shown).toEqual([whole.workspace.root, `${single.workspace.root}/one.json`])
})
