import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createExecutor } from '../../../../electron/executor/createExecutor.ts'
import type { ControlCommand } from '../../../../electron/executor/executor.ts'
import { retryDelayMs } from '../../../../electron/executor/retryDelay.ts'
import { sendControl } from '../../../../electron/executor/sendControl.ts'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { cancelRun } from '../../../../electron/services/cancelRun.ts'
import { createChildRuns } from '../../../../electron/services/childRuns.ts'
import { decideGate } from '../../../../electron/services/decideGate.ts'
import { makeCheckpoint } from '../../../../electron/services/makeCheckpoint.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { launchRun } from '../../../../electron/services/startRunRecords.ts'
import { tryStep } from '../../../../electron/services/tryStep.ts'
import { createMemoryMachine, createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { createRun } from '../../../../shared/core/run/createRun.ts'
import { AppError } from '../../../../shared/errors.ts'
import { RunId, StepId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../shared/schema/workflow.ts'
import { createWorkbench, randomId, sha256, until, type Workbench } from './workbench.ts'

const benches: Workbench[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const bench of benches.splice(0).toReversed()) await bench.close()
})

async function open(options: Parameters<typeof createWorkbench>[0] = {}): Promise<Workbench> {
  const bench = await createWorkbench(options)
  benches.push(bench)
  return bench
}

async function another(bench: Workbench): Promise<Workbench> {
  const next = await bench.another()
  benches.push(next)
  return next
}

const never = new AbortController().signal
const step = (name: string) => StepId.parse(name)
const stateOf = (run: Run, name: string) => run.steps[step(name)]
const statuses = (run: Run) =>
  Object.fromEntries(Object.entries(run.steps).map(([name, { status }]) => [name, status]))

async function waits(bench: Workbench, id: RunId, name: string): Promise<void> {
  await until(
    `${name} waits`,
    async () => stateOf(await bench.read(id), name)?.status === 'waiting',
  )
}

async function write(bench: Workbench, name: string, definition: object): Promise<void> {
  await mkdir(bench.root, { recursive: true })
  await writeFile(join(bench.root, name), JSON.stringify(definition))
}

async function childOf(bench: Workbench, id: RunId, name: string): Promise<RunId> {
  const on = stateOf(await bench.read(id), name)?.waitingOn
  return RunId.parse(on?.kind === 'run' ? on.run : null)
}

/** Waits longer than any test. */
const waitingChild = { name: 'child', steps: { a: { wait: '1h' } } }

describe('what is asked at the same time', () => {
  test('[E134] each is answered, also where the disk refuses the first of them', async () => {
    let isFull = false
    const bench = await open({
      wrapWriter: (writer) => ({
        ...writer,
        append: (bodies, options) =>
          isFull
            ? Promise.reject(new AppError('io', 'The disk is full.'))
            : writer.append(bodies, options),
      }),
    })
    const id = await bench.start({ a: { wait: '1h' } })
    await waits(bench, id, 'a')
    const live = bench.executor.find(id)
    if (live === null) throw new Error('The run is not carried.')
    isFull = true
    const asked = [live.checkpoint('one'), live.checkpoint('two'), live.retry(step('a'))]
    const answers = await Promise.race([
      Promise.allSettled(asked),
      sleep(60_000, 'no answer', { ref: false }),
    ])
    expect(answers).toMatchObject([
      { status: 'rejected', reason: { code: 'io' } },
      { status: 'rejected', reason: { code: 'io' } },
      { status: 'rejected', reason: { code: 'io' } },
    ])
  })

  test('[E145] a command that is too long for the other process is refused with its size, and not sent', async () => {
    const command: ControlCommand = {
      command: 'decide',
      run: RunId.parse('a-run'),
      step: step('ask'),
      decision: 'approved',
      values: { note: 'x'.repeat(1_100_000) },
      by: 'ada',
      reason: null,
    }
    await expect(sendControl('/nowhere', command)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('nothing was sent'),
    })
  })
})

describe('a run that nobody carries', () => {
  test('[E135] is cancelled without that anything of it begins: its run is cancelled as it is, or not made', async () => {
    const bench = await open({ graceMs: 300 })
    await write(bench, 'child.json', waitingChild)
    const ids = [
      await bench.start({ go: { workflow: './child.json' } }),
      await bench.start({ go: { workflow: './child.json' } }),
    ] as const
    for (const id of ids) await waits(bench, id, 'go')
    const children = [
      await childOf(bench, ids[0], 'go'),
      await childOf(bench, ids[1], 'go'),
    ] as const
    for (const child of children) {
      await until('it is there', async () => (await bench.store.entry(child)) !== null)
      await waits(bench, child, 'a')
    }
    await bench.executor.close()
    await removeRun(bench, children[1])

    const next = await another(bench)
    for (const id of ids) {
      const ref = nativeRef(next.context, id)
      await cancelRun(next.context, { ref, reason: null }, { signal: never })
      expect((await next.read(id)).status).toBe('cancelled')
    }
    expect((await next.read(children[0])).status).toBe('cancelled')
    expect(await next.records(children[0])).not.toContain('runResumed')
    expect(await next.store.entry(children[1])).toBeNull()
  })

  test('[E136] begins no run of its own in a workspace that is not trusted', async () => {
    const bench = await open({ trusted: false })
    await write(bench, 'child.json', waitingChild)
    const child = RunId.parse('child-1')
    const port = createChildRuns(() => bench.context)
    const request = requestFor(bench.root)
    await expect(port.ensure(child, request)).rejects.toMatchObject({ code: 'untrusted' })
    expect(await bench.store.entry(child)).toBeNull()
  })

  test('[E152] whose start was cut before its first record is started under the id that its parent waits for', async () => {
    const bench = await open()
    await write(bench, 'child.json', { name: 'child', steps: { a: { run: 'echo > done' } } })
    for (const [index, left] of ['', '{"seq":1,"at":'].entries()) {
      const child = RunId.parse(`child-20260102t030405z-a${index}`)
      const path = join(bench.root, bench.store.layout.journal(child))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, left)
      const port = createChildRuns(() => bench.context)
      await port.ensure(child, requestFor(bench.root))
      await bench.executor.find(child)?.done
      expect((await bench.read(child)).status).toBe('completed')
      const { parent } = requestFor(bench.root)
      expect(await port.observe({ run: child, parent })).toMatchObject({ kind: 'completed' })
    }
    expect((await bench.store.trashed()).map(({ reason }) => reason)).toEqual([
      'its start was cut before its first record was written',
      'its start was cut before its first record was written',
    ])
  })

  test('[E153] that somebody else began is neither carried nor stopped, and fails the step that names it', async () => {
    const bench = await open()
    await write(bench, 'child.json', waitingChild)
    const other = await bench.start({ a: { wait: '1h' } })
    await waits(bench, other, 'a')
    const port = createChildRuns(() => bench.context)
    const request = requestFor(bench.root)
    const child = { run: other, parent: request.parent }
    const refusal = `Run ${other} was not begun by run parent: it is neither carried nor stopped for it. Check the state of run parent.`

    for (const act of [
      () => port.ensure(other, request),
      () => port.pause(child, 'ada', 'x'),
      () => port.cancel(child, 'ada', null),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'invalid-input', message: refusal })
    expect(await port.observe(child)).toMatchObject({
      kind: 'failed',
      error: { message: refusal },
    })
    expect((await bench.read(other)).status).toBe('waiting')
  })

  test('[E137] keeps the deadline of its gate: what has expired is not approved any more', async () => {
    const bench = await open()
    const id = await bench.start({ ask: { gate: { expires: '2s' } } })
    await waits(bench, id, 'ask')
    await bench.executor.close()
    await sleep(2000)
    const next = await another(bench)
    const said = { step: step('ask'), decision: 'approved', values: {}, reason: null } as const
    const ref = nativeRef(next.context, id)
    await expect(
      decideGate(next.context, { ref, ...said }, { signal: never }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/until .*: its expiry rejects it/),
    })
    await resume(next.context, id)
    await next.executor.find(id)?.done
    expect((await next.read(id)).error).toMatchObject({ name: 'GateRejected' })
  })

  test('[E143] but another process, is looked at by its files and read when they change', async () => {
    const bench = await open()
    const id = await bench.start({ a: { wait: '1h' } })
    await waits(bench, id, 'a')
    await bench.executor.find(id)?.pause('ada', null)
    const port = createChildRuns(() => bench.context)
    const changed = port.changed(id, never).then(() => 'changed')
    expect(await Promise.race([changed, sleep(2500, 'still')])).toBe('still')
    const ref = nativeRef(bench.context, id)
    await makeCheckpoint(bench.context, { ref, name: 'x' }, { signal: never })
    expect(await Promise.race([changed, sleep(60_000, 'still', { ref: false })])).toBe('changed')
  })
})

describe('limits', () => {
  test('[E138] a retry of a step with items is one of each item, and none of the round over them', async () => {
    const bench = await open()
    const run = await bench.run({
      all: {
        run: 'echo >> "tries-$N"; test "$N" = 2',
        environment: { N: '${{ item }}' },
        forEach: [1, 2],
        retry: { attempts: 3, delay: '1ms' },
      },
    })
    expect(run.status).toBe('failed')
    expect([await bench.text('tries-1'), await bench.text('tries-2')]).toEqual(['\n\n\n', '\n'])
  })

  test('[E139] a moment beyond all calendars fails its gate, and is cut for a retry; the run goes on', async () => {
    const bench = await open()
    const run = await bench.run({
      ask: { gate: { expires: '99999999999999d' } },
      other: { run: 'true' },
    })
    expect(statuses(run)).toEqual({ ask: 'failed', other: 'succeeded' })
    expect(run.error).toMatchObject({
      name: 'Expression',
      message: expect.stringContaining('gate.expires'),
    })
    const policy = { attempts: 2, delay: '9999999999d', maxDelay: '9999999999d' }
    const delayMs = retryDelayMs(policy, { failedTries: 1, chance: 0 }) ?? NaN
    expect(new Date(Date.now() + delayMs).getUTCFullYear()).toBeLessThan(2200)
  })

  test('[E140] a line or a name of a variable with the character NUL fails its step, without the value', async () => {
    const bench = await open()
    const run = await bench.run({
      line: { run: 'echo a\0b' },
      name: { run: 'true', environment: { 'A\0B': 'secret' } },
      other: { run: 'true' },
    })
    expect(statuses(run)).toEqual({ line: 'failed', name: 'failed', other: 'succeeded' })
    const message = stateOf(run, 'name')?.attempts.at(-1)?.error?.message ?? ''
    expect(message).toContain('the character NUL')
    expect(message).not.toContain('secret')
  })

  test('[E141] what a child or all items together return is no larger than what is kept', async () => {
    const functions = new Map([['large', () => 'x'.repeat(9 * 1024 * 1024)]])
    const bench = await open({ functions })
    await write(bench, 'child.json', {
      name: 'child',
      steps: { a: { run: 'echo four' } },
      output: '${{ steps.a.output }}',
    })
    const run = await bench.run({
      all: { function: 'large', forEach: [1, 2] },
      few: { run: 'echo 12345', forEach: [1, 2, 3], maxOutput: 10 },
      child: { workflow: './child.json', maxOutput: 3 },
    })
    expect(statuses(run)).toMatchObject({
      all: 'failed',
      'all[1]': 'succeeded',
      few: 'succeeded',
      child: 'failed',
    })
    for (const name of ['all', 'child'])
      expect(stateOf(run, name)?.attempts.at(-1)?.error?.name).toBe('OutputTooLarge')
  })
})

describe('a step with a run of its own that is retried', () => {
  test('[E146] goes on with the run that failed: what succeeded in it is not repeated', async () => {
    const bench = await open()
    await write(bench, 'child.json', {
      name: 'child',
      steps: {
        charge: { run: 'echo >> charged' },
        tell: { run: 'test -e told || { echo > told; exit 1; }', needs: ['charge'] },
      },
      output: 'paid',
    })
    const run = await bench.run({
      pay: { workflow: './child.json', retry: { attempts: 2, delay: '10ms' } },
    })
    expect(run.status).toBe('completed')
    expect(stateOf(run, 'pay')).toMatchObject({
      output: 'paid',
      attempts: [{ outcome: 'failed' }, { outcome: 'succeeded' }],
    })
    expect(await bench.text('charged')).toBe('\n')
    expect((await bench.store.list()).filter(({ run: id }) => id !== null)).toHaveLength(2)
  })

  test('[E146] asks nobody twice: what is in doubt in it fails the step again, and is not run', async () => {
    const bench = await open({ graceMs: 300 })
    await write(bench, 'child.json', {
      name: 'child',
      steps: { charge: { run: 'echo >> charged; sleep 30' } },
    })
    const run = await bench.run({
      pay: { workflow: './child.json', timeout: '2s', retry: { attempts: 3, delay: '10ms' } },
    })
    expect(run.status).toBe('failed')
    expect(await bench.text('charged')).toBe('\n')
  })
})

describe('a step that is tried', () => {
  test('[E142] ends when its caller gives up, also before it began', async () => {
    const bench = await open({ graceMs: 300 })
    const { id } = await bench.run({ a: { run: 'test ! -e slow || { echo > began; sleep 30; }' } })
    const input = { ref: nativeRef(bench.context, id), step: step('a'), checkpoint: null }
    const given = new AbortController()
    given.abort()
    await expect(tryStep(bench.context, input, { signal: given.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
    await writeFile(join(bench.root, 'slow'), '')
    const later = new AbortController()
    const tried = tryStep(bench.context, input, { signal: later.signal })
    await until('it began', async () => (await bench.text('began').catch(() => '')) !== '')
    later.abort()
    expect((await tried).outcome).toBe('cancelled')
  })
})

describe('a wait', () => {
  test('[E144] is over at its moment by the clock, also where the machine slept meanwhile', async () => {
    let sleptMs = 0
    const now = () => new Date(Date.now() + sleptMs).toISOString()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { live, close } = await carriedByClock('8h', now)
    const ends: string[] = []
    void live?.done.then((status) => ends.push(status))
    await vi.advanceTimersByTimeAsync(5000)
    expect(ends).toEqual([])
    sleptMs = 8 * 3600 * 1000
    for (let second = 0; second < 40 && ends.length === 0; second++) {
      await vi.advanceTimersByTimeAsync(1000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(ends).toEqual(['completed'])
    vi.useRealTimers()
    await close()
  })

  test('[E147] is not missed where its moment comes between two looks at the clock', async () => {
    const begin = Date.parse('2026-01-02T03:04:05.000Z')
    const clock = { atMs: begin, ticksMs: 0 }
    const { live, close } = await carriedByClock('100ms', () => {
      const now = new Date(clock.atMs).toISOString()
      clock.atMs += clock.ticksMs
      return now
    })
    await sleep(50)
    clock.atMs = begin + 99
    clock.ticksMs = 1
    const end = await Promise.race([live?.done, sleep(60_000, 'still waiting', { ref: false })])
    await close()
    expect(end).toBe('completed')
  })
})

/** An executor over memory, with a clock of the test's own, and one run that is carried by it. */
async function carriedByClock(wait: string, now: () => string) {
  const machine = createMemoryMachine('one')
  const store = createMemoryStore({ now, randomId, machine })
  const facts = { now, randomId, sha256, controlDirectory: null, emit: () => undefined }
  const executor = await createExecutor({ store, machine, ...facts })
  const definition = WorkflowDefinition.parse({ name: 'nap', steps: { a: { wait } } })
  const place = { user: null, host: null, folder: null, environment: [] }
  const id = RunId.parse('nap-1')
  const unnamed = { source: null, digest: null, lineage: null, inputs: {}, place }
  const context = { store, executor, sha256, controlSocket: null } as unknown as ServiceContext // what a launch needs
  await launchRun(context, createRun({ id, definition, at: now(), ...unnamed }))
  return {
    live: executor.find(id),
    close: async () => {
      await executor.close()
      await store.close()
    },
  }
}

async function resume(context: ServiceContext, id: RunId): Promise<void> {
  const input = contract['resume.plan'].input.parse({ ref: nativeRef(context, id) })
  const { rev, digest, asOf } = await planResumeOf(context, input)
  await startResume(context, { ...input, rev, digest, asOf })
}

async function removeRun({ root }: Workbench, id: RunId): Promise<void> {
  const files = await readdir(root, { recursive: true })
  for (const file of files)
    if (file.includes(id)) await rm(join(root, file), { recursive: true, force: true })
}

function requestFor(folder: string) {
  return {
    parent: RunId.parse('parent'),
    depth: 1,
    step: step('go'),
    definition: './child.json',
    folder,
    inputs: {},
    isRetry: false,
  }
}
