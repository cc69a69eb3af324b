import { afterEach, describe, expect, test } from 'vitest'
import { createWorkbench, isAlive, until, type Workbench } from './workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const statuses = (run: Awaited<ReturnType<Workbench['read']>>) =>
  Object.fromEntries(Object.entries(run.steps).map(([step, { status }]) => [step, status]))

const slowly = (id: string) => `echo begin ${id} >> order; sleep 0.3; echo end ${id} >> order`

describe('a run', () => {
  test('[E5] a diamond runs its middle at the same time, each step after what it needs', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      top: { run: slowly('top') },
      left: { run: slowly('left'), needs: ['top'] },
      right: { run: slowly('right'), needs: ['top'] },
      bottom: { run: slowly('bottom'), needs: ['left', 'right'] },
    })
    expect(run.status).toBe('completed')
    const order = (await bench.text('order')).trim().split('\n')
    expect(order.slice(0, 2)).toEqual(['begin top', 'end top'])
    expect(order.slice(2, 4).toSorted()).toEqual(['begin left', 'begin right'])
    expect(order.slice(6)).toEqual(['begin bottom', 'end bottom'])
  })

  test('[E5] no more steps run at once than the definition says', async () => {
    bench = await createWorkbench()
    const step = { run: 'echo b >> order; sleep 0.1; echo e >> order' }
    const run = await bench.run({ a: step, b: step, c: step }, { parallel: 1 })
    expect(run.status).toBe('completed')
    expect(await bench.text('order')).toBe('b\ne\nb\ne\nb\ne\n')
  })

  test('[E17] a success and its checkpoint are one write, and the intent stands before it', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'true' }, b: { run: 'true', needs: ['a'] } })
    expect(await bench.records(run.id)).toEqual([
      'runCreated',
      'runStarted',
      'checkpoint null',
      'stepStarted a',
      'stepSucceeded a',
      'checkpoint a',
      'stepStarted b',
      'stepSucceeded b',
      'checkpoint b',
      'runCompleted',
      'keyframe',
    ])
    expect(run.checkpoints.map(({ name, progress, parent }) => [name, progress, parent])).toEqual([
      ['start', 0, null],
      ['a', 0.5, 'cp-3'],
      ['b', 1, 'cp-6'],
    ])
    expect(run.checkpoints.every(({ id, seq }) => id === `cp-${seq}`)).toBe(true)
  })

  test('[E20] the head of a run that rests holds all of its journal', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'true' } })
    const head = JSON.parse(await bench.text(bench.store.layout.head(run.id))) as typeof run & {
      run: typeof run
    }
    expect(head.run.journal.seq).toBe((await bench.records(run.id)).length)
    expect((await bench.store.read(run.id)).holder).toBeNull()
  })

  test('[E6] a step that fails is tried again after its delay', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: {
        run: 'echo x >> tries; test "$(wc -l < tries)" -ge 3',
        retry: { attempts: 3, delay: '50ms' },
      },
    })
    expect(run.status).toBe('completed')
    expect(run.steps['a' as never]).toMatchObject({
      status: 'succeeded',
      attempts: [{ outcome: 'failed' }, { outcome: 'failed' }, { number: 3, outcome: 'succeeded' }],
    })
  })

  test('[E6] when the last try fails, the run fails with its error', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'echo broken pipe >&2; exit 7', retry: { attempts: 2, delay: '20ms' } },
    })
    expect(run.status).toBe('failed')
    expect(run.error).toMatchObject({
      name: 'ExitCode',
      code: '7',
      message: 'The command of step a ended with exit code 7: broken pipe',
    })
    expect(await bench.text('tries').catch(() => 'none')).toBe('none')
  })

  test('[E7] a timeout ends the whole tree of processes', async () => {
    bench = await createWorkbench({ graceMs: 300 })
    const run = await bench.run({
      a: { run: 'sh -c \'trap "" TERM; echo $$ > child; sleep 60\' & sleep 60', timeout: '2s' },
    })
    expect(run.error).toMatchObject({
      name: 'Timeout',
      message: 'Step a did not end within 2s and was ended.',
    })
    const child = Number(await bench.text('child'))
    await until('the grandchild is gone', () => !isAlive(child))
  })

  test('[E151] an external step in doubt is tried again only where its policy names the failure', async () => {
    bench = await createWorkbench({ graceMs: 300 })
    const slow = { run: 'sleep 60', timeout: '300ms' }
    const again = { attempts: 2, delay: '10ms' }
    const run = await bench.run({
      charge: { ...slow, retry: again },
      named: { ...slow, retry: { ...again, on: ['Timeout'] } },
      harmless: { ...slow, retry: again, sideEffects: 'none' },
    })
    const triesOf = (step: string) => run.steps[step as never]?.attempts.length
    expect([triesOf('charge'), triesOf('named'), triesOf('harmless')]).toEqual([1, 2, 2])
    expect(run.steps['charge' as never]?.attempts[0]?.error?.message).toContain(
      'name Timeout in `retry.on`',
    )
  })

  test('[E8] what needs a failed step is skipped, and what does not runs on', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      bad: { run: 'exit 1' },
      behind: { run: 'true', needs: ['bad'] },
      further: { run: 'true', needs: ['behind'] },
      beside: { run: 'sleep 0.2' },
    })
    expect(run.status).toBe('failed')
    expect(statuses(run)).toEqual({
      bad: 'failed',
      behind: 'skipped',
      further: 'skipped',
      beside: 'succeeded',
    })
    expect(run.steps['behind' as never]).toMatchObject({ skippedBy: 'dependency' })
  })

  test('[E8] a step that may fail stops nothing', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      bad: { run: 'exit 1', continueOnError: true },
      behind: { run: 'true', needs: ['bad'] },
    })
    expect(run.status).toBe('completed')
    expect(statuses(run)).toEqual({ bad: 'failed', behind: 'succeeded' })
  })

  test('[E9] a cancelled run ends its processes and says so', async () => {
    bench = await createWorkbench({ graceMs: 300 })
    const id = await bench.start({
      a: { run: 'echo $$ > pid; sleep 60' },
      b: { run: 'true', needs: ['a'] },
    })
    await until('the step runs', async () => /\d\n/.test(await bench.text('pid').catch(() => '')))
    await bench.executor.find(id)?.cancel('ada', 'wrong input')
    const run = await bench.read(id)
    expect(run.status).toBe('cancelled')
    expect(statuses(run)).toEqual({ a: 'cancelled', b: 'pending' })
    expect(isAlive(Number(await bench.text('pid')))).toBe(false)
    expect(bench.executor.live()).toEqual([])
  })

  test('[E9] cancelling while a retry waits does not wait for it', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'exit 1', retry: { attempts: 2, delay: '1h' } } })
    await until(
      'it waits',
      async () => (await bench.read(id)).steps['a' as never]?.['status'] === 'waiting',
    )
    await bench.executor.find(id)?.cancel('ada', null)
    expect(statuses(await bench.read(id))).toEqual({ a: 'cancelled' })
  })

  test('[E10] a paused run lets its steps end and begins no other', async () => {
    bench = await createWorkbench()
    const id = await bench.start({
      a: { run: 'echo a > a.began; sleep 0.4' },
      b: { run: 'true', needs: ['a'] },
    })
    await until('the step runs', async () => (await bench.text('a.began').catch(() => '')) !== '')
    await bench.executor.find(id)?.pause('ada', 'lunch')
    const run = await bench.read(id)
    expect(run.status).toBe('paused')
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'pending' })
    expect((await bench.store.read(id)).holder).toBeNull()
  })

  test('[E11] a run stops after the step that was named', async () => {
    bench = await createWorkbench()
    const run = await bench.run(
      { a: { run: 'true' }, b: { run: 'true', needs: ['a'] }, c: { run: 'true', needs: ['b'] } },
      { stopAfter: 'b' },
    )
    expect(run.status).toBe('paused')
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'succeeded', c: 'pending' })
  })

  test('[E8] steps that need each other are a failure, not a wait', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'true', needs: ['b'] },
      b: { run: 'true', needs: ['a'] },
    })
    expect(run.status).toBe('failed')
    expect(run.error?.name).toBe('Blocked')
  })
})

describe('a disk that refuses', () => {
  test('[E16] no further step begins, the running one goes on in its wrapper, and the reason is kept', async () => {
    let appends = 0
    bench = await createWorkbench({
      wrapWriter: (writer) => ({
        ...writer,
        append: async (bodies, how) => {
          appends += 1
          if (appends === 3) throw new Error('the disk is full')
          return writer.append(bodies, how)
        },
      }),
    })
    const id = await bench.start({
      a: { run: 'true' },
      b: { run: 'sleep 0.5; echo b > b.done' },
      c: { run: 'echo c > c.done', needs: ['a'] },
    })
    const live = bench.executor.find(id)
    expect(await live?.done).toBe('running')
    expect(bench.executor.problem(id)?.message).toContain('the disk is full')
    await expect(live?.pause('ada', null)).rejects.toThrow('the disk is full')
    await until('b ended', async () => (await bench.text('b.done').catch(() => '')) === 'b\n')
    expect(await bench.text('c.done').catch(() => 'never')).toBe('never')
    expect((await bench.store.read(id)).holder).toBeNull()
  })

  test('[E1] where the intent cannot be written, nothing happens', async () => {
    let appends = 0
    bench = await createWorkbench({
      wrapWriter: (writer) => ({
        ...writer,
        append: async (bodies, how) => {
          appends += 1
          if (appends === 2) throw new Error('the disk is full')
          return writer.append(bodies, how)
        },
      }),
    })
    const id = await bench.start({ a: { run: 'echo a > a.done' } })
    await bench.executor.find(id)?.done
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await bench.text('a.done').catch(() => 'never')).toBe('never')
  })
})

describe('a wrapper that was killed alone', () => {
  test('[E13] what it had started is waited for before the step counts as interrupted', async () => {
    bench = await createWorkbench()
    const id = await bench.start({
      a: { run: 'echo > a.began; sleep 0.8; echo > a.done' },
    })
    await until('a began', async () => (await bench.text('a.began').catch(() => '')) !== '')
    const run = await bench.read(id)
    process.kill(run.steps['a' as never]?.['attempts']?.[0]?.['process']?.['pid'] ?? 0, 'SIGKILL')
    expect(await bench.executor.trace(run, 'a' as never)).toMatchObject({ kind: 'alive' })
    await bench.executor.find(id)?.done
    expect(await bench.text('a.done')).toBe('\n')
    expect((await bench.read(id)).error?.name).toBe('Interrupted')
  })
})

describe('an attempt whose folder is taken away while it runs', () => {
  test('[E15] is in doubt, and an external one is not tried again', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: {
        run: 'echo a >> done; mv "$(dirname "$UNSTUCK_OUTPUT")" taken',
        sideEffects: 'external',
        retry: { attempts: 3, delay: '10ms' },
      },
    })
    expect(run.error?.name).toBe('Interrupted')
    expect(await bench.text('done')).toBe('a\n')
  })
})
