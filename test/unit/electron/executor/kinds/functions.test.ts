import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { StepFunction } from '../../../../../electron/executor/kinds/stepFunction.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, until, type Workbench } from '../workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

describe('a function step', () => {
  test('[E89] calls the function of the program, and returns a copy of its JSON', async () => {
    const kept: { n: number; list: number[] } = { n: 1, list: [1] }
    const seen: unknown[] = []
    await withFunctions({
      keep: () => kept,
      look: async (given, { run, step, attempt, key, inputs, needs, signal, log }) => {
        kept.list.push(2)
        seen.push({ given, run, step, attempt, key, inputs, needs, aborted: signal.aborted })
        log('looked')
        await sleep(1)
        log('twice')
      },
    })
    const run = await bench.run(
      {
        keep: { function: 'keep' },
        look: { function: 'look', needs: ['keep'], with: { x: '${{ steps.keep.output.n }}' } },
      },
      { inputs: { a: 1 } },
    )
    expect(outputOf(run, 'keep')).toEqual({ n: 1, list: [1] })
    expect(outputOf(run, 'look')).toBeNull()
    expect(seen).toEqual([
      {
        given: { x: 1 },
        run: run.id,
        step: 'look',
        attempt: 1,
        key: `${run.id}/look`,
        inputs: { a: 1 },
        needs: { keep: { n: 1, list: [1] } },
        aborted: false,
      },
    ])
    expect(run.steps['look' as never]?.attempts[0]).toMatchObject({ process: null, exitCode: null })
    expect(await bench.text(bench.store.layout.log(run.id, 'look', 1))).toBe('looked\ntwice\n')
  })

  test('[E89] what it does to its argument, the inputs and the needs does not reach the run', async () => {
    await withFunctions({
      spoil: (given, { inputs }) => {
        Object.assign(given as object, { own: 1 })
        Object.assign(inputs['list'] as object, [9])
        return true
      },
    })
    const run = await bench.run(
      { a: { function: 'spoil', with: { list: '${{ inputs.list }}' } } },
      { inputs: { list: [1] } },
    )
    expect(run.inputs).toEqual({ list: [1] })
  })

  test('[E90] what it throws or returns wrongly fails the step, in every way a function can', async () => {
    await withFunctions({
      thrown: () => {
        throw Object.assign(new RangeError('too far'), { code: 'FAR' })
      },
      rejected: () => Promise.reject(new Error('')),
      odd: () => {
        throw null
      },
      proxy: () => {
        throw new Proxy(new Error('x'), {
          get: () => {
            throw new Error('no')
          },
        })
      },
      map: () => new Map(),
      large: () => 'x'.repeat(100),
    })
    const run = await bench.run({
      thrown: { function: 'thrown' },
      rejected: { function: 'rejected' },
      odd: { function: 'odd' },
      proxy: { function: 'proxy' },
      map: { function: 'map' },
      large: { function: 'large', maxOutput: 50 },
      missing: { function: 'mising' },
    })
    expect(errorOf(run, 'thrown')).toMatchObject({
      name: 'RangeError',
      message: 'too far',
      code: 'FAR',
    })
    expect(errorOf(run, 'thrown')?.stack).toContain('functions.test.ts')
    expect(errorOf(run, 'rejected')?.message).toBe('It threw an error without a message.')
    expect(errorOf(run, 'odd')?.message).toBe('It threw null, which is no Error.')
    expect(errorOf(run, 'proxy')?.name).toBe('Error')
    expect(errorOf(run, 'map')?.message).toContain('it is a Map')
    expect(errorOf(run, 'large')?.name).toBe('OutputTooLarge')
    expect(await bench.text(bench.store.layout.log(run.id, 'large', 1))).toContain('x'.repeat(100))
    expect(errorOf(run, 'missing')?.message).toContain(
      'has thrown, rejected, odd, proxy, map, large.',
    )
  })

  test('[E90] a program without functions says who can go on', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { function: 'x' } })
    expect(errorOf(run, 'a')).toMatchObject({ name: 'FunctionNotFound' })
    expect(errorOf(run, 'a')?.message).toContain('Resume the run with the program that started it.')
  })

  test('[E91] its signal is aborted at the timeout and at a cancel', async () => {
    const reasons: string[] = []
    let calls = 0
    await withFunctions({
      wait: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          calls += 1
          signal.addEventListener('abort', () => {
            reasons.push(String(signal.reason))
            reject(signal.reason)
          })
        }),
    })
    const run = await bench.run({ a: { function: 'wait', timeout: '50ms' } })
    expect(errorOf(run, 'a')).toMatchObject({ name: 'Timeout' })
    expect(errorOf(run, 'a')?.message).toBe('Step a did not end within 50ms and was ended.')
    const id = await bench.start({ a: { function: 'wait' } })
    await until('it runs', () => calls === 2)
    await bench.executor.find(id)?.cancel('ada', 'enough')
    expect((await bench.read(id)).status).toBe('cancelled')
    expect(reasons[0]).toContain('its time is over')
    expect(reasons[1]).toContain('it is cancelled')
  })

  test('[E91] one that ignores it is left behind after the grace, which is said, and is not tried beside itself', async () => {
    await withFunctions({ deaf: () => new Promise(() => undefined) })
    const run = await bench.run({
      a: { function: 'deaf', timeout: '30ms', retry: { attempts: 3, delay: '1ms' } },
    })
    expect(errorOf(run, 'a')?.message).toBe(
      'Step a did not end within 30ms. The function of step a was told to stop and did not within 100 ms; it may still go on in the program.',
    )
    expect(run.steps['a' as never]?.attempts.length).toBe(1)
  })

  test('[E92] after its host is gone it is in doubt, as any step that left no report', async () => {
    await withFunctions({ deaf: () => new Promise(() => undefined) })
    const id = await bench.start({ a: { function: 'deaf' } })
    await until('it runs', async () => (await bench.records(id)).includes('stepStarted a'))
    const run = await bench.read(id)
    expect(await bench.executor.trace(run, 'a' as never)).toEqual({ kind: 'gone' })
  })
})

async function withFunctions(functions: Record<string, StepFunction>): Promise<void> {
  bench = await createWorkbench({ graceMs: 100, functions: new Map(Object.entries(functions)) })
}

function outputOf(run: Run, step: string): unknown {
  const state = run.steps[step as never]
  if (state?.status !== 'succeeded')
    throw new Error(`${step}: ${JSON.stringify(errorOf(run, step))}`)
  return state.output
}

function errorOf(run: Run, step: string) {
  return run.steps[step as never]?.attempts.at(-1)?.error
}
