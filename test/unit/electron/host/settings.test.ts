import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../../../electron/host/createHost.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import type { SettingsAction } from '../../../../shared/contract/settings.ts'

let folder: string
let hosts: Host[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-settings-'))
})
afterEach(async () => {
  for (const host of hosts) await host.close()
  hosts = []
  await rm(folder, { recursive: true, force: true })
})

async function open(environment: HostOptions['environment'] = {}): Promise<Client> {
  const configFolder = join(folder, '.config')
  const host = await createHost({
    path: folder,
    host: 'cli',
    configFolder,
    trust: true,
    environment,
  })
  hosts.push(host)
  return host.client()
}

async function closeAll(): Promise<void> {
  for (const host of hosts.splice(0)) await host.close()
}

/** As editors save: another file takes the name. */
async function save(text: string): Promise<void> {
  await writeFile(join(folder, 'unstuck.json.new'), text)
  await rename(join(folder, 'unstuck.json.new'), join(folder, 'unstuck.json'))
}

function stored(): Promise<string> {
  return readFile(join(folder, 'unstuck.json'), 'utf8')
}

async function until<T>(look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look()
    if (isThere(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function started(client: Client, steps: object) {
  await writeFile(join(folder, 'flow.yaml'), JSON.stringify({ name: 'flow', steps }))
  return client.call('run.start', { definition: 'flow.yaml' })
}

type Ref = Awaited<ReturnType<typeof started>>['ref']

/** The steps behind which one was made. */
async function checkpointsOf(client: Client, ref: Ref): Promise<readonly string[]> {
  await client.call('run.wait', { ref })
  const { checkpoints } = await client.call('run.checkpoints', { ref })
  return checkpoints.flatMap(({ step }) => step ?? [])
}

/** Waits for a file of its name. */
function waiting(name: string, needs: readonly string[] = []) {
  return {
    run: `while [ ! -e ${join(folder, name)} ]; do sleep 0.02; done`,
    needs,
    sideEffects: 'none',
  }
}

async function apply(client: Client, action: SettingsAction) {
  const { digest, rev, asOf } = await client.call('settings.plan', { action })
  return client.call('settings.apply', { action, digest, rev, asOf })
}

test('[E212] a change of the file holds for the next step of a run that goes on; a broken one in between changes nothing', async () => {
  await save('{"checkpoint": {"frequency": "manual"}}')
  const client = await open()
  const problem = async () => (await client.call('workspace.get', {})).settingsProblem
  let told = 0
  client.on('workspace.changed', () => {
    told += 1
  })
  const { ref } = await started(client, {
    one: waiting('go1'),
    two: waiting('go2', ['one']),
    three: waiting('go3', ['two']),
  })
  const frequency = async () =>
    (await client.call('settings.get', {})).settings.find(
      ({ key }) => key === 'checkpoint.frequency',
    )
  await writeFile(join(folder, 'go1'), '')
  const steps = async () => (await client.call('run.get', { ref })).run?.steps ?? []
  await until(steps, (now) => now.some(({ id, status }) => id === 'two' && status === 'running'))

  await save('{"checkpoint": {"frequency": "every_step"}}')
  // Nobody asks for the settings here: the host sees the file.
  await until(
    async () => told,
    (times) => times > 0,
  )
  await writeFile(join(folder, 'go2'), '')
  await until(steps, (now) => now.some(({ id, status }) => id === 'three' && status === 'running'))

  await writeFile(join(folder, 'unstuck.json'), '{"checkpoint": {"freq')
  expect(await until(problem, (text) => text !== null)).toMatch(
    /^unstuck\.json is not used: .* stay in force\.$/,
  )
  expect(await frequency()).toMatchObject({ source: 'kept', value: { text: '"every_step"' } })
  await writeFile(join(folder, 'go3'), '')
  expect(await checkpointsOf(client, ref)).toEqual(['two', 'three'])
  expect(await problem()).not.toBeNull()
})

test('[E209] [E210] the last settings that could be used are in force after a restart too, and can be put back', async () => {
  await save('{"checkpoint": {"frequency": "manual"}}')
  const first = await open()
  const { ref } = await started(first, { one: { run: 'true', sideEffects: 'none' } })
  expect(await checkpointsOf(first, ref)).toEqual([])
  await closeAll()
  await save('{"checkpoint": {"frequency": "manual", "interval": 0}}')

  const second = await open()
  const { keptSince, findings, file, settings } = await second.call('settings.get', {})
  const states = settings.filter(({ said }) => said !== null)
  expect(states).toMatchObject([
    { key: 'checkpoint.frequency', source: 'kept', value: { text: '"manual"' } },
    {
      key: 'checkpoint.interval',
      source: 'default',
      value: { text: '1' },
      said: { json: { text: '0' } },
    },
  ])
  expect([keptSince?.slice(0, 2), findings.length, file?.isUsed]).toEqual(['20', 1, false])
  const again = await started(second, { one: { run: 'true', sideEffects: 'none' } })
  expect(await checkpointsOf(second, again.ref)).toEqual([])

  expect(await apply(second, { kind: 'restore' })).toMatchObject({ observed: true })
  expect(await stored()).toBe('{"checkpoint": {"frequency": "manual"}}')
  expect(await second.call('settings.get', {})).toMatchObject({ keptSince: null, findings: [] })
})

test('[E210] where nothing was ever said nothing is written', async () => {
  const client = await open()
  await checkpointsOf(client, (await started(client, { one: { run: 'true' } })).ref)
  expect(await readdir(join(folder, '.unstuck'))).not.toContain('tasks')
})

test('[E211] a change is planned as a text, written with a backup, logged with both values, and taken back', async () => {
  const client = await open({ UNSTUCK_CHECKPOINT_INTERVAL: '9' })
  const changes = [
    { key: 'checkpoint.interval', json: '3' },
    { key: 'cleanup.trashDays', json: '7' },
  ]
  const action = { kind: 'set' as const, changes }
  const { plan, ...approval } = await client.call('settings.plan', { action })
  expect(plan).toMatchObject({
    ready: true,
    rows: [
      { key: 'checkpoint.interval', before: '9', after: '9', isOverridden: true },
      { key: 'cleanup.trashDays', before: '30', after: '7', isOverridden: false },
    ],
  })
  expect(plan.lines.filter(({ before }) => before === null)).toHaveLength(plan.lines.length)

  const { backup } = await client.call('settings.apply', { action, ...approval })
  await expect(client.call('settings.apply', { action, ...approval })).rejects.toMatchObject({
    code: 'stale',
  })
  const { operations } = await client.call('operations.list', { call: 'settings.apply' })
  expect(operations[0]).toMatchObject({
    state: 'done',
    changes: [{}, { path: '/cleanup/trashDays', before: '30', after: '7' }],
    undo: { call: 'document.undo', target: backup },
  })
  await client.call('operations.undo', { id: operations[0]?.id ?? '' })
  await expect(stored()).rejects.toThrow('ENOENT')
  const { settings } = await client.call('settings.get', {})
  expect(settings.find(({ key }) => key === 'cleanup.trashDays')).toMatchObject({
    source: 'default',
  })
})

test('[E211] what cannot be is not written, and says what is wrong', async () => {
  const client = await open()
  const action = { kind: 'set' as const, changes: [{ key: 'checkpoint.interval', json: '0' }] }
  const { plan, ...approval } = await client.call('settings.plan', { action })
  expect([plan.ready, plan.problems[0]]).toEqual([false, expect.stringContaining('at least 1')])
  await expect(client.call('settings.apply', { action, ...approval })).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('[E206] [E207] settings of version 0 and those of tapps-agents come into force by a plan that names each key', async () => {
  await save('{"checkpoint_frequency": "manual", "cleanup_schedule": "monthly"}')
  const client = await open()
  expect(await client.call('settings.get', {})).toMatchObject({ isOld: true, importable: null })
  const migrated = await client.call('settings.plan', { action: { kind: 'migrate' } })
  expect(migrated.plan.taken.map(({ path, keys }) => [path, keys])).toEqual([
    ['checkpoint_frequency', ['checkpoint.frequency']],
    ['cleanup_schedule', ['cleanup.schedule']],
  ])
  await apply(client, { kind: 'migrate' })
  expect(JSON.parse(await stored())).toEqual({
    version: 1,
    checkpoint: { frequency: 'manual' },
    cleanup: { schedule: 'off' },
  })

  await mkdir(join(folder, '.tapps-agents'))
  const yaml = 'workflow:\n  state_persistence:\n    checkpoint: { mode: on_gates, interval: 4 }\n'
  await writeFile(join(folder, '.tapps-agents/config.yaml'), yaml)
  expect((await client.call('settings.get', {})).importable).toBe('.tapps-agents/config.yaml')
  await apply(client, { kind: 'import' })
  expect(JSON.parse(await stored())).toMatchObject({
    checkpoint: { frequency: 'on_gates', interval: 4 },
  })
})

test('[E204] what the environment says is what the executor does', async () => {
  const step = { run: 'true', sideEffects: 'none' }
  const environment = {
    UNSTUCK_FORMAT: 'json+zstd',
    UNSTUCK_CHECKPOINT_FREQUENCY: 'every_n_steps',
    UNSTUCK_CHECKPOINT_INTERVAL: '2',
  }
  const client = await open(environment)
  const { ref } = await started(client, {
    a: step,
    b: { ...step, needs: ['a'] },
    c: { ...step, needs: ['b'] },
  })
  expect(await checkpointsOf(client, ref)).toEqual(['b'])
  await closeAll()
  const [day = ''] = await readdir(join(folder, 'runs'))
  expect((await readdir(join(folder, 'runs', day))).toSorted()).toEqual([
    `${ref.document}.json.zst`,
    `${ref.document}.jsonl.zst`,
  ])

  const other = await open({ UNSTUCK_CHECKPOINT_ENABLED: 'false' })
  expect((await started(other, { a: step })).kept).toBe(false)
})
