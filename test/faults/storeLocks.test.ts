import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMachine, type Machine } from '../../electron/store/machine.ts'
import type { Store } from '../../electron/store/store.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import {
  createdAt,
  createIds,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
  writeRun,
} from '../unit/electron/store/storeFixtures.ts'
import type { ChildAnswer, ChildCommand } from './storeChild.ts'

const patienceMs = 60_000

describe('locks between processes', () => {
  test(
    '[T18] of many that take over one stale lock, in 50 races, exactly one holds it',
    async () => {
      const { root, store } = await createWorkspace()
      const children = await Promise.all([1, 2, 3, 4].map(() => startChild(root)))
      const dead = await deadHolder(root)
      const runs = await createRuns(store, 10)
      const winners: number[] = []
      const codes = new Set<string>()
      for (let race = 0; race < 50; race += 1) {
        const run = runs[race % runs.length] ?? runId
        await writeLock(root, { ...dead, run, nonce: `stale${race}` })
        const answers = await Promise.all(
          children.map((child) => child.ask({ kind: 'open', run, at: Date.now() + 4 })),
        )
        winners.push(answers.filter(({ kind }) => kind === 'opened').length)
        for (const one of answers) if (one.kind === 'refused') codes.add(one.code)
        await Promise.all(children.map((child) => child.ask({ kind: 'release' })))
      }
      const journals = await Promise.all(runs.map((run) => store.read(run)))

      expect(winners.filter((count) => count !== 1)).toEqual([])
      expect([...codes]).toEqual(['locked'])
      expect(journals.filter(({ journal }) => journal?.records.length !== 6)).toEqual([])
      expect(
        journals.filter(({ journal, holder }) => journal?.flaws.length !== 0 || holder !== null),
      ).toEqual([])
      expect(await readdir(join(root, '.unstuck/locks'))).toEqual([])
    },
    patienceMs,
  )

  test('[T18] a process that is killed while it takes over leaves a lock that can be taken', async () => {
    const { root, store } = await createWorkspace()
    const dead = await deadHolder(root)
    const runs = await createRuns(store, 6)
    const failures: unknown[] = []
    for (const [index, run] of runs.entries()) {
      await writeLock(root, { ...dead, run, nonce: `stale${index}` })
      const child = await startChild(root)
      child.send({ kind: 'open', run, at: 0 })
      await new Promise((resolve) => setTimeout(resolve, index * 2))
      await child.kill()
      const failure = await failureOf(store.open(run, testing).then((writer) => writer.release()))
      if (failure instanceof Error) failures.push(failure)
    }

    expect(failures).toEqual([])
  })

  test('[T19] the lock of a killed process is free at once, and its records are all there', async () => {
    const { root, store } = await createWorkspace()
    await writeRun(store)
    const acknowledged: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const child = await startChild(root)
      expect(await child.ask({ kind: 'open', run: runId, at: 0 })).toMatchObject({ kind: 'opened' })
      child.onAnswer((answer) => {
        if (answer.kind === 'appended') acknowledged.push(answer.seq)
      })
      child.send({ kind: 'append' })
      const before = acknowledged.length
      await expect
        .poll(() => acknowledged.length - before, { interval: 7 + round })
        .toBeGreaterThan(4)
      await child.kill()
      const writer = await store.open(runId, testing)
      const [record] = await writer.append([setVariable('after')], { durable: true })
      acknowledged.push(record?.seq ?? 0)
      await writer.release()
    }
    const { journal } = await store.read(runId)
    const seqs = new Set(journal?.records.map(({ record }) => record.seq))

    expect(acknowledged.length).toBeGreaterThan(20)
    expect(acknowledged.filter((seq) => !seqs.has(seq))).toEqual([])
    expect(journal?.flaws).toEqual([])
  })

  test.skipIf(process.platform === 'win32')(
    '[T19] a holder that sleeps keeps its lock',
    async () => {
      const { root, store } = await createWorkspace()
      await writeRun(store)
      const child = await startChild(root)
      await child.ask({ kind: 'open', run: runId, at: 0 })
      process.kill(child.pid, 'SIGSTOP')

      const failure = await failureOf(store.open(runId, testing))
      process.kill(child.pid, 'SIGCONT')

      expect(failure).toMatchObject({
        code: 'locked',
        details: { holder: { pid: child.pid }, state: 'alive' },
      })
      expect(await child.ask({ kind: 'release' })).toEqual({ kind: 'released' })
      await (await store.open(runId, testing)).release()
    },
  )
})

describe('what proves that a holder is gone', () => {
  test.each([
    ['alive', 'this process', {}],
    ['gone', 'another start time', { processStartTime: '1' }],
    ['gone', 'no such process', { pid: 2 ** 22 + 1 }],
    ['gone', 'an earlier boot', { bootId: 'earlier' }],
    [
      'unknown',
      'an earlier boot of a machine of another name',
      { bootId: 'earlier', hostName: 'other' },
    ],
    ['unknown', 'another machine', { machineId: 'other', pid: 2 ** 22 + 1 }],
    ['unknown', 'a machine that nobody knows', { machineId: '', pid: 2 ** 22 + 1 }],
    ['unknown', 'another pid namespace', { pidNamespace: 'pid:[1]', pid: 2 ** 22 + 1 }],
    ['unknown', 'no start time', { processStartTime: '' }],
    ['unknown', 'no boot id', { bootId: '' }],
  ])('[T20] %s: %s', async (state, _why, part) => {
    const { store, machine } = await createWorkspace()

    expect(await store.holderState({ ...holderOf(machine), ...part })).toBe(state)
  })

  test('[T20] a lock of another machine, or one that cannot be read, is never broken', async () => {
    const { root, store, machine } = await createWorkspace()
    await writeRun(store)
    const path = join(root, '.unstuck/locks', `${runId}.json`)
    const texts = [
      JSON.stringify({ ...holderOf(machine), machineId: 'other', hostName: 'other', pid: 1 }),
      '{"run":',
      '',
      '{}',
    ]
    for (const text of texts) {
      await writeFile(path, text)
      expect(await failureOf(store.open(runId, testing))).toMatchObject({
        code: 'locked',
        details: { state: 'unknown' },
      })
    }
    const { holder } = await store.read(runId)
    expect(holder).toMatchObject({ run: runId, purpose: 'its lock file cannot be read' })
    if (holder !== null) await store.breakLock(holder)
    await (await store.open(runId, testing)).release()
  })

  test('[T21] the epoch is above that of every record and of the lock that was stale', async () => {
    const { root, store, machine } = await createWorkspace()
    await writeRun(store)
    await writeLock(root, { ...holderOf(machine), processStartTime: '1', epoch: 8 })
    const writer = await store.open(runId, testing)
    const [record] = await writer.append([setVariable('b')], { durable: true })
    await writer.release()
    const next = await store.open(runId, testing)

    expect([writer.epoch, record?.epoch, next.epoch]).toEqual([9, 9, 10])
    await next.release()
  })
})

type Child = {
  readonly pid: number
  readonly send: (command: ChildCommand) => void
  readonly ask: (command: ChildCommand) => Promise<ChildAnswer>
  readonly onAnswer: (listener: (answer: ChildAnswer) => void) => void
  readonly kill: () => Promise<void>
}

async function startChild(root: string): Promise<Child> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'storeChild.ts'), [root])
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ask = async (command: ChildCommand): Promise<ChildAnswer> => {
    const answer = once(child, 'message')
    child.send(command)
    const [value]: ChildAnswer[] = await answer
    return value ?? { kind: 'ready' }
  }
  await once(child, 'message')
  return {
    pid: child.pid ?? 0,
    send: (command) => child.send(command),
    ask,
    onAnswer: (listener) => child.on('message', listener),
    kill: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** What a process that has ended wrote into its locks. */
async function deadHolder(root: string): Promise<LockHolder> {
  const machine = await createMachine({ configFolder: join(root, 'config'), randomId: createIds() })
  const child = await startChild(root)
  await child.kill()
  return { ...holderOf(machine), pid: child.pid }
}

function holderOf(machine: Machine): LockHolder {
  return {
    run: runId,
    ...machine.identity,
    applicationVersion: 'test',
    epoch: 1,
    since: createdAt,
    controlSocket: null,
    purpose: 'test',
  }
}

async function createWorkspace(): Promise<{
  readonly root: string
  readonly store: Store
  readonly machine: Machine
}> {
  const root = await temporaryFolder()
  const machine = await createMachine({ configFolder: join(root, 'config'), randomId: createIds() })
  return { root, machine, store: await openFileStore(root, { machine }) }
}

async function createRuns(store: Store, count: number): Promise<readonly RunId[]> {
  const runs = Array.from({ length: count }, (_, index) => RunId.parse(`race-${index}`))
  for (const run of runs) await writeRun(store, { run })
  return runs
}

async function writeLock(root: string, holder: LockHolder): Promise<void> {
  await mkdir(join(root, '.unstuck/locks'), { recursive: true })
  await writeFile(join(root, '.unstuck/locks', `${holder.run}.json`), JSON.stringify(holder))
}
