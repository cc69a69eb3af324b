import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRunner } from '../../../../electron/library/createRunner.ts'
import { defineSteps } from '../../../../electron/library/defineSteps.ts'

describe('a runner', () => {
  test('[B13] hands inputs, context and what a step needs to its function', async () => {
    const workflow = defineSteps({ name: 'orders', inputs: { url: 'a' } })
      .needing<{ db: string[] }>()
      .step('fetch', { run: ({ inputs, context }) => ({ rows: [inputs.url, ...context.db] }) })
      .step('count', { needs: ['fetch'], run: async ({ needs }) => needs.fetch.rows.length })
      .step('nothing', { run: () => undefined })
    const runner = createRunner({ workflow, inputs: { url: 'b' }, context: { db: ['x'] } })
    const result = await runner.run()
    expect(result).toMatchObject({ status: 'completed', run: null, error: null })
    expect(result.outputs).toEqual({ fetch: { rows: ['b', 'x'] }, count: 2, nothing: null })
  })

  test('[B14] tells at any time what has ended, with data, error and timing', async () => {
    const waiting: (() => void)[] = []
    const gate = new Promise<void>((resolve) => waiting.push(resolve))
    const workflow = defineSteps({ name: 'parts' })
      .step('good', { run: () => ({ n: 1 }) })
      .step('bad', {
        needs: ['good'],
        retry: { attempts: 2, delay: 0.001 },
        run: () => {
          throw Object.assign(new RangeError('too far'), { code: 'E7' })
        },
      })
      .step('after', { needs: ['bad'], run: () => 1 })
      .step('slow', { needs: ['good'], run: () => gate })
    const runner = createRunner({ workflow })
    expect(runner.snapshot()).toEqual({})
    const ended = runner.run()
    while (runner.snapshot()['bad'] === undefined) await sleep(5)
    expect(runner.snapshot()['slow']).toBeUndefined()
    waiting[0]?.()
    const { status, error, steps } = await ended
    expect({ status, error }).toMatchObject({ status: 'failed', error: { name: 'RangeError' } })
    expect(steps).toEqual(runner.snapshot())
    expect(JSON.parse(JSON.stringify(steps))).toEqual(steps)
    expect(steps).toMatchObject({
      good: { status: 'success', data: { n: 1 }, error: null, timing: { attempts: 1 } },
      bad: {
        status: 'failure',
        data: null,
        error: { name: 'RangeError', message: 'too far', code: 'E7' },
        timing: { attempts: 2, durationMs: expect.any(Number) },
      },
      after: { status: 'skipped', skippedBy: 'dependency', timing: null },
      slow: { status: 'success' },
    })
  })

  test('[B15] of a snapshot successes never run again and count as met, the rest runs', async () => {
    const ran: string[] = []
    const workflow = (isUp: boolean) =>
      defineSteps({ name: 'resumed' })
        .step('charge', {
          run: () => {
            ran.push('charge')
            return { id: 'ch_1' }
          },
        })
        .step('ship', {
          needs: ['charge'],
          run: ({ needs }) => {
            ran.push('ship')
            if (!isUp) throw new Error('down')
            return `shipped ${needs.charge.id}`
          },
        })
        .step('mail', {
          needs: ['ship'],
          run: ({ needs }) => {
            ran.push('mail')
            return needs.ship
          },
        })
    const first = await createRunner({ workflow: workflow(false) }).run()
    const snapshot: typeof first.steps = JSON.parse(JSON.stringify(first.steps))
    const second = createRunner({ workflow: workflow(true), snapshot })
    expect(Object.keys(second.snapshot())).toEqual(['charge'])
    const { status, outputs, steps } = await second.run()
    expect(ran).toEqual(['charge', 'ship', 'ship', 'mail'])
    expect(status).toBe('completed')
    expect(outputs.mail).toBe('shipped ch_1')
    expect(steps['charge']).toEqual(first.steps['charge'])
  })

  test('[B15] a snapshot of another program is taken, as far as it has status and data', async () => {
    const workflow = defineSteps({ name: 'other' })
      .step('a', { run: () => 'run again' })
      .step('b', { run: () => 2 })
    const snapshot = {
      a: {
        status: 'success',
        message: 'ok',
        data: { id: 1 },
        metrics: { startTime: 1.5, endTime: 2, duration: 0.5 },
      },
      b: { status: 'failure', error: 'no' },
    } as const
    const { steps } = await createRunner({ workflow, snapshot }).run()
    expect(steps).toMatchObject({
      a: { status: 'success', data: { id: 1 }, timing: null },
      b: { status: 'success', data: 2 },
    })
  })

  test('[B15] a snapshot that names another step, or no status, is refused', () => {
    const workflow = defineSteps({ name: 'strict' }).step('build', { run: () => 1 })
    const unknown = { biuld: { status: 'success' } } as const
    expect(() => createRunner({ workflow, snapshot: unknown })).toThrow(
      'The snapshot has a result of biuld, which is no step of strict. Was it build?',
    )
    const odd = { build: { status: 'done' as 'success' } }
    expect(() => createRunner({ workflow, snapshot: odd })).toThrow(/build\.status/)
  })

  test('[B16] without a store nothing is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unstuck-runner-'))
    onTestFinished(() =>
      rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
    )
    const workflow = defineSteps({ name: 'quiet' }).step('a', {
      run: ({ log }) => {
        log('nobody reads this')
        return process.cwd()
      },
    })
    await createRunner({ workflow, folder }).run()
    expect(await readdir(folder)).toEqual([])
    await expect(access('/unstuck-in-memory')).rejects.toThrow('ENOENT')
  })

  test('[B17] cancel and timeout abort the signal; the run ends as cancelled or failed', async () => {
    let begun = 0
    const waiting = defineSteps({ name: 'waits' })
      .step('wait', {
        run: ({ signal }) => {
          begun += 1
          return sleep(10_000, null, { signal })
        },
      })
      .step('after', { needs: ['wait'], run: () => 1 })
    const runner = createRunner({ workflow: waiting })
    const ended = runner.run()
    await expect.poll(() => begun).toBe(1)
    await runner.cancel('Enough.')
    expect(await ended).toMatchObject({
      status: 'cancelled',
      steps: { wait: { status: 'cancelled' } },
    })

    const control = new AbortController()
    const signalled = createRunner({ workflow: waiting, signal: control.signal }).run()
    await expect.poll(() => begun).toBe(2)
    control.abort()
    expect(await signalled).toMatchObject({ status: 'cancelled' })

    const timed = defineSteps({ name: 'timed' }).step('wait', {
      timeout: 0.05,
      run: ({ signal }) => sleep(10_000, null, { signal }),
    })
    expect(await createRunner({ workflow: timed }).run()).toMatchObject({
      status: 'failed',
      error: { name: 'Timeout' },
    })
  })

  test('[B17] a runner that was told to stop before it began begins nothing', async () => {
    const workflow = defineSteps({ name: 'never' }).step('a', { run: () => 1 })
    const aborted = createRunner({ workflow, signal: AbortSignal.abort() })
    await expect(aborted.run()).rejects.toMatchObject({ code: 'cancelled' })
    await expect(createRunner({ workflow }).pause()).rejects.toThrow('has not begun')
  })

  test('[B29] that could not begin has nothing to cancel, and says so at once', async () => {
    const workflow = defineSteps({ name: 'cut' }).step('a', { run: () => 1 })
    const runner = createRunner({ workflow, signal: AbortSignal.abort() })
    await expect(runner.run()).rejects.toMatchObject({ code: 'cancelled' })
    await expect(runner.cancel()).resolves.toBeUndefined()
    const nowhere = createRunner({ workflow, store: '/dev/null/nowhere' })
    await expect(nowhere.run()).rejects.toThrow()
    await expect(nowhere.pause()).resolves.toBeUndefined()
  })

  test('[B18] conditions, lists and other kinds of steps are those of a definition', async () => {
    const workflow = defineSteps({ name: 'kinds', inputs: { deploy: false } })
      .step('list', { run: () => ['a', 'b', 'c'] })
      .forEach('each', {
        needs: ['list'],
        items: 'steps.list.output',
        parallel: 2,
        run: ({ item, index }) => `${index} ${JSON.stringify(item)}`,
      })
      .step('deploy', { when: 'inputs.deploy', run: () => 'deployed' })
      .add('shell', { run: 'echo from a shell', sideEffects: 'none' })
    const { status, outputs, steps } = await createRunner({ workflow }).run()
    expect(status).toBe('completed')
    expect(outputs).toMatchObject({
      each: ['0 "a"', '1 "b"', '2 "c"'],
      deploy: null,
      shell: 'from a shell',
    })
    expect(steps['deploy']).toMatchObject({ status: 'skipped', skippedBy: 'condition' })
  })

  test('[B18] a definition with functions that are named is run with them', async () => {
    const runner = createRunner({
      workflow: {
        name: 'named',
        steps: {
          one: { function: 'double', with: { n: 21 } },
          two: { function: 'last', needs: ['one'] },
        },
      },
      functions: {
        double: ({ argument }) => (argument as { n: number }).n * 2,
        last: ({ needs }) => needs['one'] ?? null,
      },
    })
    expect((await runner.run()).outputs).toEqual({ one: 42, two: 42 })
  })

  test('[B19] what cannot be run is refused before anything runs, with every problem', () => {
    const steps = defineSteps({ name: 'wrong', inputs: { n: { type: 'integer' } } })
    expect(() => steps.step('a', { run: () => 1 }).step('a', { run: () => 2 })).toThrow(
      'two steps a',
    )
    const loose = steps.step('a', { when: 'inputs.m > 1', run: () => 1 })
    expect(() => createRunner({ workflow: loose, inputs: { n: 1 } })).toThrow(/inputs\.m/)
    const fine = steps.step('a', { run: () => 1 })
    expect(() => createRunner({ workflow: fine })).toThrow(
      '`n` is missing: expected a whole number',
    )
    expect(() => createRunner({ workflow: fine, inputs: { n: 1.5 } })).toThrow('`n`')
    const definition = { name: 'named', steps: { a: { function: 'gone' } } }
    expect(() => createRunner({ workflow: definition })).toThrow(
      'Step a of named is the function gone, which was not given.',
    )
  })

  test('[B19] what a function returns has to be JSON', async () => {
    const workflow = defineSteps({ name: 'odd' }).step('a', { run: () => new Map([[1, 2]]) })
    expect(await createRunner({ workflow }).run()).toMatchObject({
      status: 'failed',
      error: { name: 'InvalidOutput' },
    })
  })

  test('[B20] steps that need a context do not run without one', async () => {
    const workflow = defineSteps({ name: 'needy' })
      .needing<{ db: string }>()
      .step('read', { run: ({ context }) => context.db })
    const forgetful = createRunner({ workflow, context: undefined as unknown as { db: string } })
    await expect(forgetful.run()).rejects.toThrow(
      /needy has to run read, which need the program's context, and none was given/,
    )
  })
})
