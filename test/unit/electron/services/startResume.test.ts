import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openRun } from '../../../../electron/services/openRun.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { startRun } from '../../../../electron/services/startRun.ts'
import { RunId, StepId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, until, type Workbench } from '../executor/workbench.ts'
import { inputFor, type ResumeInput } from './resumeInput.ts'

let bench: Workbench
afterEach(() => bench.close())

async function resume(input: ResumeInput): Promise<Run> {
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  const { ref, observed } = await startResume(bench.context, { ...input, digest, rev, asOf })
  expect(observed).toBe(true)
  const id = RunId.parse(ref.document)
  await bench.executor.find(id)?.done
  return bench.read(id)
}

const step = (run: Run, name: string) => run.steps[name as never] as unknown as Run['steps'][never]

describe('resuming', () => {
  test('[E26] a failed run goes on with the step that failed, and repeats none that succeeded', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'echo a >> done' },
      b: {
        run: 'test -e ready && echo b >> done',
        needs: ['a'],
        retry: { attempts: 2, delay: '10ms' },
      },
      c: { run: 'echo c >> done', needs: ['b'] },
    })
    expect(run.status).toBe('failed')
    await writeFile(join(bench.root, 'ready'), '')
    const after = await resume(inputFor(run))
    expect(after.status).toBe('completed')
    expect(await bench.text('done')).toBe('a\nb\nc\n')
    expect(step(after, 'b')).toMatchObject({
      attempts: [{}, {}, { number: 3, outcome: 'succeeded' }],
    })
    expect(await bench.records(run.id)).toContain('runResumed')
  })

  test('[E26] a paused run goes on', async () => {
    bench = await createWorkbench()
    const run = await bench.run(
      { a: { run: 'true' }, b: { run: 'true', needs: ['a'] } },
      { stopAfter: 'a' },
    )
    expect((await resume(inputFor(run))).status).toBe('completed')
  })

  test('[E26] a plan that is not the one that was approved is refused', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'exit 1' } })
    const input = inputFor(run)
    const { digest, rev, asOf } = await planResumeOf(bench.context, input)
    const stale = { code: 'stale', message: expect.stringContaining('Review the plan again.') }
    await expect(
      startResume(bench.context, { ...input, digest: 'sha256:other', rev, asOf }),
    ).rejects.toMatchObject(stale)
    await resume(input)
    await expect(startResume(bench.context, { ...input, digest, rev, asOf })).rejects.toMatchObject(
      stale,
    )
  })

  test('[E26] a run that is carried is not taken', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'until [ -e go ]; do sleep 0.02; done' } })
    const input = inputFor(id)
    const other = await bench.another()
    await until('a runs', async () => step(await bench.read(id), 'a').status === 'running')
    const { digest, rev, asOf, plan } = await planResumeOf(other.context, input)
    expect(plan.ready).toBe(false)
    await expect(startResume(other.context, { ...input, digest, rev, asOf })).rejects.toMatchObject(
      { code: 'locked' },
    )
    await other.close()
    await writeFile(join(bench.root, 'go'), '')
    await bench.executor.find(id)?.done
  })

  test('[E15] an external step that vanished is asked about, and the answer is recorded', async () => {
    bench = await createWorkbench()
    const id = await bench.start({
      pay: { run: 'echo paid >> done; sleep 60', sideEffects: 'external' },
      send: { run: 'cat "$UNSTUCK_NEEDS" >> done', needs: ['pay'] },
    })
    await until('it paid', async () => (await bench.text('done').catch(() => '')) !== '')
    await bench.executor.close()
    const group = step(await bench.read(id), 'pay').attempts[0]?.process?.processGroup ?? 0
    process.kill(-group, 'SIGKILL')
    const other = await createWorkbench({ root: bench.root })
    const input = inputFor(id)
    await until('it is in doubt', async () => {
      const { plan } = await planResumeOf(other.context, input)
      return plan.steps[0]?.action === 'ask'
    })
    const open = await planResumeOf(other.context, input)
    await expect(startResume(other.context, { ...input, ...open })).rejects.toMatchObject({
      code: 'invalid-input',
    })

    const decided = inputFor(id, {
      decisions: { [StepId.parse('pay')]: { kind: 'happened', output: { id: 7 } } },
    })
    const { digest, rev, asOf } = await planResumeOf(other.context, decided)
    await startResume(other.context, { ...decided, digest, rev, asOf })
    await other.executor.find(id)?.done
    const after = await other.read(id)
    expect(after.status).toBe('completed')
    expect(after.decisions).toMatchObject([{ step: 'pay', decision: 'happened', by: 'ada' }])
    expect(await bench.text('done')).toBe('paid\n{"pay":{"id":7}}')
    await other.close()
  })

  test('[E15] a step that may run again does so, and the journal says by which rule', async () => {
    bench = await createWorkbench()
    const id = await bench.start({
      a: { run: 'echo a >> done; test "$UNSTUCK_ATTEMPT" = 2 || sleep 60', sideEffects: 'none' },
    })
    await until('a began', async () => (await bench.text('done').catch(() => '')) !== '')
    await bench.executor.close()
    const group = step(await bench.read(id), 'a').attempts[0]?.process?.processGroup ?? 0
    process.kill(-group, 'SIGKILL')
    const other = await createWorkbench({ root: bench.root })
    const input = inputFor(id)
    await until(
      'it is gone',
      async () => (await planResumeOf(other.context, input)).plan.steps[0]?.action === 'run',
    )
    const { digest, rev, asOf } = await planResumeOf(other.context, input)
    await startResume(other.context, { ...input, digest, rev, asOf })
    await other.executor.find(id)?.done
    const after = await other.read(id)
    expect(after.status).toBe('completed')
    expect(after.decisions).toMatchObject([{ step: 'a', decision: 'rerun', by: 'unstuck' }])
    expect(step(after, 'a').attempts).toMatchObject([{ outcome: 'cancelled' }, { number: 2 }])
    await other.close()
  })

  test('[E15] a living step whose host was closed and that is then killed fails as interrupted', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'echo a > began; sleep 60', retry: { attempts: 3 } } })
    // Not only meant to begin: what had not begun when its host was closed is run by the next one.
    await until('a began', async () => (await bench.text('began').catch(() => '')) !== '')
    await bench.executor.close()
    const other = await createWorkbench({ root: bench.root })
    const input = inputFor(id)
    const { digest, rev, asOf, plan } = await planResumeOf(other.context, input)
    expect(plan.steps[0]?.action).toBe('await')
    await startResume(other.context, { ...input, digest, rev, asOf })
    const group = step(await bench.read(id), 'a').attempts[0]?.process?.processGroup ?? 0
    process.kill(-group, 'SIGKILL')
    await other.executor.find(id)?.done
    const after = await other.read(id)
    expect(after.status).toBe('failed')
    expect(after.error?.name).toBe('Interrupted')
    expect(step(after, 'a').attempts.length).toBe(1)
    await other.close()
  })
})

describe('forking', () => {
  test('[E27] an earlier checkpoint makes a new run that takes over what had succeeded', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'echo a >> done; echo from-a', sideEffects: 'none' },
      b: { run: 'echo b >> done', needs: ['a'], sideEffects: 'none' },
      c: { run: 'cat "$UNSTUCK_NEEDS" >> done', needs: ['a', 'b'], sideEffects: 'none' },
    })
    const from = run.checkpoints.find(({ name }) => name === 'a')?.id
    const fork = await resume(inputFor(run, { from: from ?? null }))
    expect(fork.id).not.toBe(run.id)
    expect(fork.status).toBe('completed')
    expect(fork.lineage).toEqual({ parent: run.id, checkpoint: from, relation: 'fork' })
    expect(await bench.text('done')).toBe('a\nb\n{"a":"from-a","b":""}b\n{"a":"from-a","b":""}')
    expect((await bench.read(run.id)).journal).toEqual(run.journal)
    expect(step(fork, 'a')).toEqual(step(run, 'a'))
    expect(fork.checkpoints[0]).toMatchObject({ name: 'start', progress: 1 / 3 })
  })

  test('[E27] the run it comes from names it, also where nothing was read before', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'true' }, b: { run: 'exit 1', needs: ['a'] } })
    await bench.run({ a: { run: 'true' } })
    const fork = await resume(inputFor(run, { fork: true, decisions: {} }))
    const { ref } = inputFor(run)
    const forks = [{ run: fork.id, checkpoint: null }]
    expect((await openRun(bench.context, { ref })).forks).toEqual(forks)
    await rm(join(bench.root, bench.store.layout.head(fork.id)))
    const cold = { ...bench.context, index: createRunIndex() }
    expect((await openRun(cold, { ref })).forks).toEqual(forks)
    expect((await openRun(cold, { ref })).forks).toEqual(forks)
  })

  test('[E27] inputs may be replaced, and unknown ones are refused', async () => {
    bench = await createWorkbench()
    const text = JSON.stringify({
      name: 'f',
      inputs: { x: 1, y: 2 },
      steps: { a: { run: 'cat "$UNSTUCK_INPUTS" >> seen', sideEffects: 'none' } },
    })
    await writeFile(join(bench.root, 'f.json'), text)
    const { ref } = await startRun(bench.context, { definition: 'f.json', inputs: {} })
    const id = RunId.parse(ref.document)
    await bench.executor.find(id)?.done
    const from = (await bench.read(id)).checkpoints[0]?.id
    await resume(inputFor(id, { from: from ?? null, inputs: { x: 5 } }))
    expect(await bench.text('seen')).toBe('{"x":1,"y":2}{"x":5,"y":2}')
    await expect(
      resume(inputFor(id, { from: from ?? null, inputs: { z: 5 } })),
    ).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  test('[E26] the definition as it is now can be used', async () => {
    bench = await createWorkbench()
    const file = join(bench.root, 'f.json')
    await writeFile(file, JSON.stringify({ name: 'f', steps: { a: { run: 'exit 1' } } }))
    const { ref } = await startRun(bench.context, { definition: 'f.json', inputs: {} })
    const id = RunId.parse(ref.document)
    await bench.executor.find(id)?.done
    await writeFile(
      file,
      JSON.stringify({
        name: 'f',
        steps: { a: { run: 'true' }, b: { run: 'true', needs: ['a'] } },
      }),
    )
    const after = await resume(inputFor(id, { definition: 'current' }))
    expect(after.status).toBe('completed')
    expect(Object.keys(after.steps)).toEqual(['a', 'b'])
    expect(after.workflow.definition?.steps).toMatchObject({ a: { run: 'true' } })
  })

  test('[E26] a damaged run is to be repaired first', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'exit 1' } })
    const head = join(bench.root, bench.store.layout.head(run.id))
    await writeFile(head, '{ "format": "unstuck", "version": 3, oops')
    await expect(planResumeOf(bench.context, inputFor(run))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('Repair it, then resume it.'),
    })
  })
})
