import { afterEach, describe, expect, test } from 'vitest'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { usualDurations, usualOfRuns } from '../../../../electron/services/usualDurations.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

const benches: Workbench[] = []
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close()
})

async function open(): Promise<Workbench> {
  const bench = await createWorkbench()
  benches.push(bench)
  return bench
}

const quick = { a: { run: 'true' }, b: { run: 'test -e ready', needs: ['a'] } }
const passes = { a: { run: 'true' }, b: { run: 'true', needs: ['a'] } }

/** The same run with its step having taken that long. */
function took(run: Run, ms: number): Run {
  const attempts = run.steps['a' as never]?.['attempts'] as Run['steps'][never]['attempts'] // of its schema
  const [attempt] = attempts
  if (attempt === undefined) throw new Error('It has no attempt.')
  const finishedAt = new Date(Date.parse(attempt.startedAt) + ms).toISOString()
  const state = {
    ...(run.steps['a' as never] as Run['steps'][never]),
    attempts: [{ ...attempt, finishedAt }],
  }
  return { ...run, steps: { a: state } as Run['steps'] } // one step of those that it had
}

describe('how long a step usually takes', () => {
  test('[G53] the middle of what it took, and what nearly all reach, from three runs on', async () => {
    const bench = await open()
    const run = await bench.run(passes)
    const runs = [5, 1, 4, 2, 300].map((ms) => took(run, ms))
    expect(usualOfRuns(runs)).toEqual({ a: { medianMs: 4, p95Ms: 300, runs: 5 } })
    expect(usualOfRuns(runs.slice(0, 2))).toEqual({})
  })

  test('[G53] only runs of its workflow that completed count, and not the run itself', async () => {
    const bench = await open()
    await bench.run(passes)
    await bench.run(passes)
    const failed = await bench.run(quick)
    expect(await usualDurations(bench.context, failed)).toEqual({})

    const last = await bench.run(passes)
    bench.context.usual.clear()
    expect(Object.keys(await usualDurations(bench.context, failed))).toEqual(['a', 'b'])
    bench.context.usual.clear()
    expect(await usualDurations(bench.context, last)).toEqual({})
  })

  test('[G54] a resume plan tells it, and what is approved stays the same when another run completes', async () => {
    const bench = await open()
    for (const _ of [1, 2, 3]) await bench.run(passes)
    const failed = await bench.run(quick)
    const input = contract['resume.plan'].input.parse({ ref: nativeRef(bench.context, failed.id) })
    const shown = await planResumeOf(bench.context, input)
    expect(shown.plan.steps.map(({ expectedMs }) => typeof expectedMs)).toEqual([
      'number',
      'number',
    ])

    bench.context.usual.clear()
    for (const _ of [1, 2]) await bench.run({ a: { run: 'sleep 0.3' }, b: { run: 'sleep 0.3' } })
    bench.context.usual.clear()
    const again = await planResumeOf(bench.context, { ...input, asOf: shown.asOf })
    expect(again.digest).toBe(shown.digest)
  })
})
