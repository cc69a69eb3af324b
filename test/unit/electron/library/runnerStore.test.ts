import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { createRunner } from '../../../../electron/library/createRunner.ts'
import { defineSteps } from '../../../../electron/library/defineSteps.ts'
import { readRunnerRun } from '../../../../electron/library/readRunnerRun.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { openFileStore } from '../store/storeFixtures.ts'
import { sessionFolder } from './sessionFixtures.ts'

const child = fileURLToPath(new URL('./runnerChild.ts', import.meta.url))

afterEach(() => {
  delete process.env['UNSTUCK_RESUME']
})

describe('a runner with a store', () => {
  test('[B21] records a run like any other, and never its context', async () => {
    const store = await sessionFolder()
    const workflow = defineSteps({ name: 'stored', version: '1' })
      .needing<{ password: string }>()
      .step('use', {
        sideEffects: 'none',
        run: ({ context, log }) => (log('used'), context.password.length),
      })
    const runner = createRunner({ workflow, store, context: { password: 'hunter2-secret' } })
    const { run } = await runner.run()
    expect(run).toBe(runner.runId())
    const recorded = await read(store, run, 'stored')
    expect(recorded).toMatchObject({
      status: 'completed',
      workflow: {
        name: 'stored',
        version: '1',
        definition: { steps: { use: { function: 'use' } } },
      },
      steps: { use: { status: 'succeeded', output: 14 } },
    })
    expect(recorded.checkpoints.map(({ name }) => name)).toContain('start')
    expect(JSON.stringify(recorded)).not.toContain('hunter2')
    expect(await readFile(join(store, 'logs', recorded.id, 'use.1.log'), 'utf8')).toBe('used\n')
  })

  test('[B22] the command that resumes it is recorded', async () => {
    const store = await sessionFolder()
    const workflow = defineSteps({ name: 'commands' }).step('a', { run: () => 1 })
    const own = await createRunner({ workflow, store }).run()
    const { workflow: recorded } = await read(store, own.run, 'commands')
    expect(recorded['resumeCommand']).toEqual([
      'env',
      `UNSTUCK_RESUME=${own.run}`,
      process.execPath,
      ...process.execArgv,
      ...process.argv.slice(1),
    ])
    const resumeCommand = ['npm', 'run', 'import', '--', '--run', '{run}']
    const given = await createRunner({ workflow, store, resumeCommand }).run()
    const { workflow: other } = await read(store, given.run, 'commands')
    expect(other['resumeCommand']).toEqual(['npm', 'run', 'import', '--', '--run', given.run])
  })

  test('[B23] a failed run is gone on with: what succeeded is reused', async () => {
    const store = await sessionFolder()
    const ran: string[] = []
    const first = await createRunner({ workflow: flaky(ran, false), store }).run()
    expect(first.status).toBe('failed')
    const second = createRunner({ workflow: flaky(ran, true), store, resume: first.run ?? '' })
    expect(await second.run()).toMatchObject({
      status: 'completed',
      run: first.run,
      outputs: { b: 'a b' },
    })
    expect(ran).toEqual(['a', 'b', 'b'])
    const third = createRunner({ workflow: flaky(ran, true), store, resume: first.run ?? '' })
    expect(await third.run()).toMatchObject({ status: 'completed', outputs: { b: 'a b' } })
    expect(ran).toEqual(['a', 'b', 'b'])
  })

  test('[B23] a paused run is gone on with', async () => {
    const store = await sessionFolder()
    const ran: string[] = []
    const runner = createRunner({
      workflow: flaky(ran, true, () => void runner.pause('lunch')),
      store,
    })
    const paused = await runner.run()
    expect(paused).toMatchObject({ status: 'paused', steps: { a: { status: 'success' } } })
    const { status } = await createRunner({
      workflow: flaky(ran, true),
      store,
      resume: paused.run ?? '',
    }).run()
    expect([status, ...ran]).toEqual(['completed', 'a', 'b'])
  })

  test('[B24] a resume without a context that steps need is refused with that reason, and changes nothing', async () => {
    const store = await sessionFolder()
    const workflow = defineSteps({ name: 'needy' })
      .needing<{ isUp: boolean }>()
      .step('a', {
        sideEffects: 'none',
        run: ({ context }) => {
          if (!context.isUp) throw new Error('down')
          return 'up'
        },
      })
    const first = await createRunner({ workflow, store, context: { isUp: false } }).run()
    const before = await read(store, first.run, 'needy')
    const context = undefined as unknown as { isUp: boolean }
    const lacking = createRunner({ workflow, store, resume: first.run ?? '', context })
    await expect(lacking.run()).rejects.toThrow(
      `Run ${first.run} has to run a, which need the program's context, and none was given.`,
    )
    expect(await read(store, first.run, 'needy')).toEqual(before)
    const whole = createRunner({
      workflow,
      store,
      resume: first.run ?? '',
      context: { isUp: true },
    })
    expect(await whole.run()).toMatchObject({ status: 'completed' })
  })

  test('[B25] what is no run of this workflow, or has other inputs, is refused', async () => {
    const store = await sessionFolder()
    const workflow = defineSteps({ name: 'one', inputs: { n: 1 } }).step('a', {
      run: () => {
        throw new Error('no')
      },
    })
    const { run } = await createRunner({ workflow, store }).run()
    const resume = run ?? ''
    const other = defineSteps({ name: 'two' }).step('a', { run: () => 1 })
    await expect(createRunner({ workflow: other, store, resume }).run()).rejects.toThrow(
      'is of the workflow one, and this is two',
    )
    await expect(createRunner({ workflow, store, resume, inputs: { n: 2 } }).run()).rejects.toThrow(
      'other inputs',
    )
    await expect(
      createRunner({ workflow, store, resume: 'never-20260101t000000z-aaaaaa' }).run(),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(createRunner({ workflow, store, resume: '../up' }).run()).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(createRunner({ workflow, resume }).run()).rejects.toThrow('without the store')
    await expect(createRunner({ workflow, store, resume, snapshot: {} }).run()).rejects.toThrow(
      'no snapshot',
    )
  })

  test('[B26] a program that is killed in a step with external effects asks, and never repeats it by itself', async () => {
    const folder = await sessionFolder()
    const started = spawn(process.execPath, [child, folder, 'hang'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [told] = (await once(started.stdout, 'data')) as [Buffer]
    started.kill('SIGKILL')
    await once(started, 'exit')
    const run = String(told).trim()

    const recorded = await read(folder, run, 'payment')
    expect(recorded.workflow['resumeCommand']).toEqual([
      'env',
      `UNSTUCK_RESUME=${run}`,
      process.execPath,
      child,
      folder,
      'hang',
    ])
    const asked = await output([
      'env',
      `UNSTUCK_RESUME=${run}`,
      process.execPath,
      child,
      folder,
      'go',
    ])
    expect(asked).toContain('Decide about charge')
    const decided = await output([
      'env',
      `UNSTUCK_RESUME=${run}`,
      process.execPath,
      child,
      folder,
      'happened',
    ])
    expect(decided).toContain(
      `${run} completed {"prepare":1,"charge":"ch_1","ship":"shipped ch_1"}`,
    )
    expect(await readFile(join(folder, 'charges'), 'utf8')).toBe('charged\n')
  }, 120_000)

  test('[B26] the environment names a run once, and only one of this workflow', async () => {
    const store = await sessionFolder()
    const ran: string[] = []
    const { run } = await createRunner({ workflow: flaky(ran, false), store }).run()
    process.env['UNSTUCK_RESUME'] = run ?? ''
    const other = defineSteps({ name: 'other' }).step('a', { run: () => 1 })
    const fresh = await createRunner({ workflow: other, store }).run()
    expect(fresh.run).not.toBe(run)
    const resumed = await createRunner({ workflow: flaky(ran, true), store }).run()
    expect(resumed.run).toBe(run)
    expect(process.env['UNSTUCK_RESUME']).toBeUndefined()
  })
})

function flaky(ran: string[], isUp: boolean, onFirst: () => void = () => undefined) {
  return defineSteps({ name: 'flaky' })
    .step('a', {
      sideEffects: 'none',
      run: () => {
        ran.push('a')
        onFirst()
        return 'a'
      },
    })
    .step('b', {
      needs: ['a'],
      sideEffects: 'none',
      run: ({ needs }) => {
        ran.push('b')
        if (!isUp) throw new Error('down')
        return `${needs.a} b`
      },
    })
}

async function read(folder: string, run: string | null, workflow: string): Promise<Run> {
  return readRunnerRun(await openFileStore(folder), RunId.parse(run), workflow)
}

async function output([program = '', ...parameters]: readonly string[]): Promise<string> {
  const started = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: string[] = []
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  await once(started, 'close')
  return chunks.join('')
}
