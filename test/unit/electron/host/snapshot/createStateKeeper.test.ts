import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createStateKeeper,
  type StateKeeper,
} from '../../../../../electron/host/snapshot/createStateKeeper.ts'
import {
  decodeHostState,
  encodeHostState,
} from '../../../../../electron/host/snapshot/hostStateText.ts'
import { randomId } from '../../../../../electron/host/hostFacts.ts'
import type { HostWorkspace } from '../../../../../shared/schema/hostState.ts'

let folder: string
let path: string
const keepers: StateKeeper[] = []
const problems: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-state-file-'))
  path = join(folder, 'state.json')
  problems.splice(0)
})

afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.close()
  await rm(folder, { recursive: true, force: true })
})

function newKeeper(at = path): StateKeeper {
  const keeper = createStateKeeper({
    path: at,
    application: { version: '0.0.0', host: 'browser' },
    configFolder: join(folder, 'config'),
    now: () => new Date().toISOString(),
    randomId,
    report: (error) => problems.push(error.message),
  })
  keepers.push(keeper)
  return keeper
}

async function opened(at = path): Promise<StateKeeper> {
  const keeper = newKeeper(at)
  await keeper.open()
  return keeper
}

function workspace(batches: HostWorkspace['batches'] = []): HostWorkspace {
  const at = '2026-01-02T03:04:05.678Z'
  return {
    root: '/flows',
    name: 'flows',
    document: null,
    openedAt: at,
    closedAt: null,
    trusted: true,
    runs: [],
    approvals: [],
    locks: [],
    operations: [],
    batches,
    events: [],
  }
}

async function asideFiles(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.includes('.damaged-'))
}

describe('the state file', () => {
  test('[E118] what a workspace held is what the next host is told', async () => {
    const first = await opened()
    first.attach({ root: '/flows', document: null, compose: () => workspace(), restore: () => {} })
    expect(await first.changed()).toBe(true)
    await first.close()

    const second = await opened()
    const told: HostWorkspace[] = []
    const restore = (said: HostWorkspace): void => void told.push(said)
    second.attach({ root: '/flows', document: null, compose: () => workspace(), restore })
    expect(told).toEqual([workspace()])
    expect(second.facts()).toMatchObject({ use: 'kept', problem: null, setAside: null })
    expect(problems).toEqual([])
  })

  test('[E119] cut at any byte it is put aside as it is, and the host starts with a new one', async () => {
    const first = await opened()
    await first.close()
    const whole = await readFile(path)
    for (let length = 0; length < whole.length - 1; length += 1) {
      const found = decodeHostState(whole.subarray(0, length).toString())
      expect({ length, kind: found.kind }).toEqual({ length, kind: 'unusable' })
    }
    for (const length of [0, 1, 40, whole.length >> 1, whole.length - 2]) {
      await writeFile(path, whole.subarray(0, length))
      const next = await opened()
      const { use, setAside, problem } = next.facts() ?? {}
      expect(use).toBe('kept')
      expect(problem).toContain('could not be used')
      expect(await readFile(setAside ?? '')).toEqual(whole.subarray(0, length))
      expect(decodeHostState(await readFile(path, 'utf8')).kind).toBe('state')
      await next.close()
    }
    expect(await asideFiles()).toHaveLength(5)
    expect(problems).toHaveLength(5)
  })

  test('[E119] a changed byte, a newer version, a foreign file, a folder and a link are put aside too', async () => {
    const first = await opened()
    await first.close()
    const whole = await readFile(path, 'utf8')
    const texts = [
      whole.replace('"pid":', '"pid":1'),
      whole.replace('"version":1,"sum"', '"version":2,"sum"'),
      '{"sequences":{},"workflow_runs":{}}',
      '[]',
      'null',
      '\u0000\u0001',
    ]
    for (const text of texts) {
      await writeFile(path, text)
      const next = await opened()
      expect(next.facts()?.setAside).not.toBe(null)
      expect(await readFile(next.facts()?.setAside ?? '', 'utf8')).toBe(text)
      await next.close()
    }
    await rm(path)
    await mkdir(path)
    await (await opened()).close()
    await rm(path)
    await symlink(join(folder, 'elsewhere'), path)
    await (await opened()).close()
    expect(await asideFiles()).toHaveLength(texts.length + 2)
    expect(problems.find((problem) => problem.includes('newer version'))).toBeDefined()
    expect(decodeHostState(await readFile(path, 'utf8')).kind).toBe('state')
  })

  test('[E125] where it cannot be written the host goes on, and says so once', async () => {
    const file = join(folder, 'not-a-folder')
    await writeFile(file, '')
    const keeper = await opened(join(file, 'state.json'))
    expect(keeper.facts()).toMatchObject({ use: 'failed' })
    expect(await keeper.changed()).toBe(false)
    expect(await keeper.counters.next('batch')).toBe(1)
    expect(problems).toHaveLength(1)
  })

  test('[E125] [E121] what cannot be written any more is told once, and numbers go on', async () => {
    const keeper = await opened()
    const last = await keeper.counters.next('event')
    await rm(path)
    await mkdir(path)
    expect(await keeper.changed()).toBe(false)
    expect(await keeper.changed()).toBe(false)
    for (let count = 0; count < 1500; count += 1) {
      const next = await keeper.counters.next('event')
      if (count === 1499) expect(next).toBeGreaterThan(last + 1499)
    }
    expect(problems).toHaveLength(1)
    await rm(path, { recursive: true })
    expect(await keeper.changed()).toBe(true)
    expect(keeper.facts()?.problem).toBe(null)
  })

  test('[E120] a second host in the same process gets none of it', async () => {
    await opened()
    const second = await opened()
    expect(second.facts()).toMatchObject({ use: 'shared' })
    expect(problems).toEqual([expect.stringContaining(`Process ${process.pid} on `)])
  })

  test('[E118] an encoded state is read back as it was', () => {
    const owner = {
      pid: 7,
      hostName: 'h',
      application: { version: '1', host: 'electron' as const },
      since: '2026-01-02T03:04:05.678Z',
    }
    const counters = { batch: 3, event: 2 ** 52 }
    const state = { writtenAt: owner.since, owner, counters, workspaces: [workspace()] }
    expect(decodeHostState(encodeHostState(state))).toEqual({ kind: 'state', state })
  })
})

describe('counters', () => {
  test('[E121] a number is on disk as given before it is given', async () => {
    const keeper = await opened()
    for (let count = 0; count < 2500; count += 1) {
      const number = await keeper.counters.next('event')
      if (count % 250 > 0) continue
      const found = decodeHostState(await readFile(path, 'utf8'))
      expect(found.kind === 'state' && found.state.counters.event >= number).toBe(true)
    }
  })

  test('[E121] after a close they go on where they were, after a copy of a killed host behind its block', async () => {
    const first = await opened()
    const numbers = [await first.counters.next('batch'), await first.counters.next('batch')]
    const killed = await readFile(path)
    await first.close()
    const second = await opened()
    expect([...numbers, await second.counters.next('batch')]).toEqual([1, 2, 3])
    await second.close()

    await writeFile(path, killed)
    const third = await opened()
    expect(await third.counters.next('batch')).toBe(1001)
    await third.close()

    await writeFile(path, '')
    const fourth = await opened()
    const number = await fourth.counters.next('batch')
    expect(number).toBeGreaterThan(1_600_000_000_000)
    expect(Number.isSafeInteger(number + 1e12)).toBe(true)
  })
})
