import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startResume } from '../../../../electron/services/startResume.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, until, type Workbench } from './workbench.ts'

const benches: Workbench[] = []
afterEach(async () => {
  for (const bench of benches.splice(0).toReversed()) await bench.close()
})

async function open(options: Parameters<typeof createWorkbench>[0] = {}): Promise<Workbench> {
  const bench = await createWorkbench(options)
  benches.push(bench)
  return bench
}

/** Another host on the same folder, closed before the first. */
async function another(bench: Workbench): Promise<Workbench> {
  const next = await bench.another()
  benches.push(next)
  return next
}

const statuses = (run: Run) =>
  Object.fromEntries(Object.entries(run.steps).map(([step, { status }]) => [step, status]))
const stepOf = (run: Run, step: string) => run.steps[step as never]

async function waits(bench: Workbench, id: RunId, step: string): Promise<void> {
  await until(
    `${step} waits`,
    async () => stepOf(await bench.read(id), step)?.['status'] === 'waiting',
  )
}

async function resume(bench: Workbench, id: RunId): Promise<Run> {
  const input = contract['resume.plan'].input.parse({ ref: nativeRef(bench.context, id) })
  const { plan, rev, digest, asOf } = await planResumeOf(bench.context, input)
  expect(plan.problems).toEqual([])
  await startResume(bench.context, { ...input, rev, digest, asOf })
  return bench.read(id)
}

describe('a condition', () => {
  test('[E94] is asked once all that a step needs has ended: false skips it, and what needs it goes on', async () => {
    const bench = await open()
    const run = await bench.run(
      {
        a: { run: 'echo 3' },
        no: { run: 'echo no >> ran', needs: ['a'], when: 'inputs.go' },
        yes: { run: 'echo yes >> ran', needs: ['a'], when: 'steps.a.output == "3"' },
        behind: { run: 'true', needs: ['no'] },
      },
      { inputs: { go: false } },
    )
    expect(run.status).toBe('completed')
    expect(statuses(run)).toEqual({
      a: 'succeeded',
      no: 'skipped',
      yes: 'succeeded',
      behind: 'succeeded',
    })
    expect(stepOf(run, 'no')?.['skippedBy']).toBe('condition')
    expect(await bench.text('ran')).toBe('yes\n')
  })

  test('[E95] that looks at outcomes decides alone, whatever became of the needs; any other does not outvote a failure', async () => {
    const bench = await open()
    const run = await bench.run({
      bad: { run: 'exit 1' },
      clean: { run: 'true', needs: ['bad'], when: 'failed()' },
      tell: { run: 'true', needs: ['bad'], when: 'steps.bad.status == "failed"' },
      plain: { run: 'true', needs: ['bad'], when: 'true' },
      good: { run: 'true', needs: ['bad'], when: 'succeeded()' },
    })
    expect(run.status).toBe('failed')
    expect(statuses(run)).toEqual({
      bad: 'failed',
      clean: 'succeeded',
      tell: 'succeeded',
      plain: 'skipped',
      good: 'skipped',
    })
    expect([stepOf(run, 'plain')?.['skippedBy'], stepOf(run, 'good')?.['skippedBy']]).toEqual([
      'dependency',
      'condition',
    ])
  })

  test('[E96] that cannot be answered fails its step, with the reason', async () => {
    const bench = await open()
    const run = await bench.run({ a: { run: 'true', when: 'inputs.missing > 3' } })
    expect(run.status).toBe('failed')
    expect(run.error).toMatchObject({
      name: 'Expression',
      message: expect.stringContaining('missing'),
    })
  })
})

describe('a wait', () => {
  test('[E97] is over at its moment, also when the host was another one by then', async () => {
    const bench = await open()
    const id = await bench.start({ a: { wait: '1500ms' }, b: { run: 'true', needs: ['a'] } })
    await waits(bench, id, 'a')
    const before = stepOf(await bench.read(id), 'a')?.['waitingOn']
    expect((await bench.read(id)).status).toBe('waiting')
    await bench.executor.close()

    const next = await another(bench)
    const resumed = await resume(next, id)
    expect(stepOf(resumed, 'a')?.['waitingOn']).toEqual(before)
    await next.executor.find(id)?.done
    const run = await next.read(id)
    expect(run.status).toBe('completed')
    const { attempts } = stepOf(run, 'a') as {
      attempts: { startedAt: string; finishedAt: string }[]
    }
    const [attempt] = attempts
    expect(
      Date.parse(attempt?.finishedAt ?? '') - Date.parse(attempt?.startedAt ?? ''),
    ).toBeGreaterThan(1400)
  })

  test('[E97] until a moment that is past is over at once; one that is none fails the step', async () => {
    const bench = await open()
    const run = await bench.run(
      { a: { wait: { until: 'inputs.at' } }, b: { wait: { until: 'inputs.odd' } } },
      { inputs: { at: '2020-01-01T00:00:00Z', odd: 'tomorrow' } },
    )
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'failed' })
    expect(run.error?.message).toContain('a moment with a time zone')
  })
})

describe('a gate', () => {
  const gate = {
    gate: {
      message: 'Deploy ${{ inputs.version }}?',
      who: 'release team',
      fields: {
        amount: { type: 'integer', minimum: 1 },
        note: { type: 'string', default: 'none' },
      },
    },
  }

  test('[E98] waits with its form, and an approval gives the values that were filled in', async () => {
    const bench = await open()
    const id = await bench.start(
      {
        ask: gate,
        pay: {
          run: 'echo $AMOUNT',
          needs: ['ask'],
          environment: { AMOUNT: '${{ steps.ask.output.amount }}' },
        },
      },
      { inputs: { version: '1.2' } },
    )
    await waits(bench, id, 'ask')
    expect(stepOf(await bench.read(id), 'ask')?.['waitingOn']).toMatchObject({
      kind: 'gate',
      message: 'Deploy 1.2?',
      who: 'release team',
    })
    const live = bench.executor.find(id)
    const said = { step: 'ask' as never, by: 'ada', reason: null }
    await expect(
      live?.decide({ ...said, decision: 'approved', values: { amount: 0, colour: 'red' } }),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('amount') })
    expect((await bench.read(id)).journal.seq).toBe(4)
    await live?.decide({ ...said, decision: 'approved', values: { amount: 5 } })
    await live?.done
    const run = await bench.read(id)
    expect(run.status).toBe('completed')
    expect(stepOf(run, 'ask')?.['output']).toEqual({ amount: 5, note: 'none' })
    expect(stepOf(run, 'pay')?.['output']).toBe('5')
    expect(stepOf(run, 'ask')?.['attempts']).toMatchObject([{ number: 1, outcome: 'succeeded' }])
  })

  test('[E99] a rejection fails the step with who and why; a second decision is refused', async () => {
    const bench = await open()
    const id = await bench.start({ ask: { gate: {} }, b: { wait: '300ms' } })
    await waits(bench, id, 'ask')
    const live = bench.executor.find(id)
    const said = { step: 'ask' as never, by: 'ada', reason: 'too early', values: {} }
    await live?.decide({ ...said, decision: 'rejected' })
    await expect(live?.decide({ ...said, decision: 'approved' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('it is failed'),
    })
    await live?.done
    const run = await bench.read(id)
    expect(run.error).toMatchObject({
      name: 'GateRejected',
      message: 'Rejected by ada: too early.',
    })
  })

  test('[E100] one that expires is decided as it says, and rejected where it says nothing', async () => {
    const bench = await open()
    const run = await bench.run({
      yes: {
        gate: {
          expires: '100ms',
          onExpiry: 'approve',
          fields: { n: { type: 'integer', default: 2 } },
        },
      },
      no: { gate: { expires: '100ms' } },
      open: { gate: { expires: '100ms', onExpiry: 'approve', fields: { n: { type: 'integer' } } } },
    })
    expect(statuses(run)).toEqual({ yes: 'succeeded', no: 'failed', open: 'failed' })
    expect(stepOf(run, 'yes')?.['output']).toEqual({ n: 2 })
    expect(stepOf(run, 'open')?.['attempts']).toMatchObject([
      { error: { message: expect.stringContaining('cannot be approved without a person') } },
    ])
  })

  test('[E101] where checkpoints are made on gates there is one before and one after the decision', async () => {
    const bench = await open({ checkpoint: { frequency: 'on_gates', interval: 1 } })
    const run = await bench.run({
      a: { run: 'true' },
      ask: { gate: { expires: '50ms', onExpiry: 'approve' }, needs: ['a'] },
    })
    expect(run.checkpoints.map(({ trigger, name, progress }) => [trigger, name, progress])).toEqual(
      [
        ['start', 'start', 0],
        ['gate', 'before ask', 0.5],
        ['gate', 'ask', 1],
      ],
    )
  })

  test('[E102] goes on waiting after a restart', async () => {
    const bench = await open()
    const id = await bench.start({ ask: { gate: { expires: '2s', onExpiry: 'approve' } } })
    await waits(bench, id, 'ask')
    const before = stepOf(await bench.read(id), 'ask')?.['waitingOn']
    await bench.executor.close()
    const next = await another(bench)
    const resumed = await resume(next, id)
    expect(stepOf(resumed, 'ask')?.['waitingOn']).toEqual(before)
    await next.executor.find(id)?.done
    expect((await next.read(id)).status).toBe('completed')
  })
})

describe('items', () => {
  test('[E103] each runs as a step of its own, no more at once than allowed, and their outputs are a list', async () => {
    const bench = await open()
    const run = await bench.run(
      {
        all: {
          run: 'echo b >> order; sleep 0.1; echo e >> order; echo "$ITEM-$INDEX"',
          environment: { ITEM: '${{ item }}', INDEX: '${{ index }}' },
          forEach: { items: 'inputs.names', parallel: 1 },
        },
        sum: { run: 'true', needs: ['all'], environment: { ALL: '${{ steps.all.output }}' } },
      },
      { inputs: { names: ['x', 'y', 'z'] } },
    )
    expect(run.status).toBe('completed')
    expect(stepOf(run, 'all')?.['output']).toEqual(['x-0', 'y-1', 'z-2'])
    expect(statuses(run)).toMatchObject({
      'all[0]': 'succeeded',
      'all[2]': 'succeeded',
      all: 'succeeded',
    })
    expect(await bench.text('order')).toBe('b\ne\nb\ne\nb\ne\n')
  })

  test('[E104] one that fails fails the step after all have ended; where it may fail its output is null', async () => {
    const bench = await open()
    const step = { run: 'exit $CODE', environment: { CODE: '${{ item }}' }, forEach: [0, 3, 0] }
    const run = await bench.run({ strict: step, lenient: { ...step, continueOnError: true } })
    expect(statuses(run)).toMatchObject({
      strict: 'failed',
      'strict[1]': 'failed',
      'strict[2]': 'succeeded',
      lenient: 'succeeded',
    })
    expect(stepOf(run, 'lenient')?.['output']).toEqual(['', null, ''])
    expect(run.error).toMatchObject({
      name: 'Items',
      code: 'ExitCode',
      message: expect.stringContaining(
        '1 of the 3 items of step strict did not succeed; the first is strict[1]',
      ),
    })
  })

  test('[E105] an empty list is done at once; what is no list fails the step', async () => {
    const bench = await open()
    const run = await bench.run(
      { none: { run: 'true', forEach: [] }, odd: { run: 'true', forEach: 'inputs.odd' } },
      { inputs: { odd: 7 } },
    )
    expect(statuses(run)).toEqual({ none: 'succeeded', odd: 'failed' })
    expect(stepOf(run, 'none')?.['output']).toEqual([])
  })

  test('[E106] a resume runs again only the items that had not succeeded', async () => {
    const bench = await open()
    const id = (
      await bench.run({
        all: {
          run: 'echo $ITEM >> ran; test "$ITEM" != 2 -o -e fixed',
          environment: { ITEM: '${{ item }}' },
          forEach: [1, 2, 3],
          sideEffects: 'none',
        },
      })
    ).id
    expect((await bench.read(id)).status).toBe('failed')
    await writeFile(join(bench.root, 'fixed'), '')
    await resume(bench, id)
    await bench.executor.find(id)?.done
    const run = await bench.read(id)
    expect(run.status).toBe('completed')
    expect((await bench.text('ran')).trim().split('\n').toSorted()).toEqual(['1', '2', '2', '3'])
  })
})

describe('a child run', () => {
  test('[E107] is a run of its own with its inputs, and its output is that of the step', async () => {
    const bench = await open()
    await write(bench, 'child.json', {
      name: 'child',
      inputs: { n: { type: 'integer' } },
      steps: { a: { run: 'echo $N', environment: { N: '${{ inputs.n }}' } } },
      output: { said: '${{ steps.a.output }}' },
    })
    const run = await bench.run({ go: { workflow: './child.json', with: { n: 4 } } })
    expect(run.status).toBe('completed')
    expect(stepOf(run, 'go')?.['output']).toEqual({ said: '4' })
    const id = (await bench.store.list()).find(({ run: each }) => each?.startsWith('child'))?.run
    const child = await bench.read(id as RunId)
    expect(child.lineage).toMatchObject({ parent: run.id, relation: 'child', step: 'go', depth: 1 })
  })

  test('[E108] one that fails, or cannot be started, fails the step with its error', async () => {
    const bench = await open()
    await write(bench, 'bad.json', { name: 'bad', steps: { a: { run: 'exit 4' } } })
    const run = await bench.run({
      bad: { workflow: './bad.json' },
      odd: { workflow: './bad.json', with: { x: 1 } },
      gone: { workflow: './gone.json' },
    })
    expect(statuses(run)).toEqual({ bad: 'failed', odd: 'failed', gone: 'failed' })
    const errors = ['bad', 'odd', 'gone'].map((step) => {
      const attempts = stepOf(run, step)?.['attempts'] as {
        error: { name: string; message: string }
      }[]
      return attempts[0]?.error
    })
    expect(errors[0]).toMatchObject({
      name: 'ExitCode',
      message: expect.stringMatching(/^Run bad-.* failed: /),
    })
    expect(errors[1]?.message).toContain('`x` is not asked for')
    expect(errors[2]?.message).toContain('no file')
  })

  test('[E109] is cancelled and paused with its parent, and goes on with it', async () => {
    const bench = await open({ graceMs: 300 })
    await write(bench, 'slow.json', {
      name: 'slow',
      steps: { a: { run: 'echo >> began; sleep 2' }, b: { run: 'echo >> done', needs: ['a'] } },
    })
    const id = await bench.start({ go: { workflow: './slow.json' } })
    await until('it began', async () => (await bench.text('began').catch(() => '')) !== '')
    const child = childOf(await bench.read(id), 'go')?.run as RunId
    await bench.executor.find(id)?.pause('ada', null)
    expect([(await bench.read(id)).status, (await bench.read(child)).status]).toEqual([
      'paused',
      'paused',
    ])
    await resume(bench, id)
    await bench.executor.find(id)?.done
    expect([(await bench.read(id)).status, (await bench.read(child)).status]).toEqual([
      'completed',
      'completed',
    ])
    expect(await bench.text('began')).toBe('\n')

    const other = await bench.start({ go: { workflow: './slow.json' } })
    await waits(bench, other, 'go')
    const second = childOf(await bench.read(other), 'go')?.run as RunId
    await until('it is there', () => bench.executor.find(second) !== null)
    await bench.executor.find(other)?.cancel('ada', 'wrong')
    expect([(await bench.read(other)).status, (await bench.read(second)).status]).toEqual([
      'cancelled',
      'cancelled',
    ])
  })

  test('[E109] a cancel that comes while the parent pauses ends a child that was paused already', async () => {
    const bench = await open({ graceMs: 300 })
    await write(bench, 'gate.json', { name: 'gated', steps: { ask: { gate: {} } } })
    const id = await bench.start({ go: { workflow: './gate.json' }, slow: { run: 'sleep 30' } })
    await waits(bench, id, 'go')
    const child = childOf(await bench.read(id), 'go')?.run as RunId
    await until('the child waits', async () => (await bench.store.entry(child)) !== null)
    await waits(bench, child, 'ask')
    const live = bench.executor.find(id)
    const paused = live?.pause('ada', null)
    await until('the child is paused', async () => (await bench.read(child)).status === 'paused')
    await live?.cancel('ada', 'enough')
    await paused
    expect([(await bench.read(id)).status, (await bench.read(child)).status]).toEqual([
      'cancelled',
      'cancelled',
    ])
  })

  test('[E110] after a restart the parent resumes it, and never makes a second one', async () => {
    const bench = await open()
    await write(bench, 'slow.json', {
      name: 'slow',
      steps: {
        a: { run: 'echo >> began; sleep 0.4; echo >> ended', sideEffects: 'none' },
        b: { wait: '400ms', needs: ['a'] },
      },
    })
    const id = await bench.start({ go: { workflow: './slow.json' } })
    await until('it began', async () => (await bench.text('began').catch(() => '')) !== '')
    await bench.executor.close()
    const next = await another(bench)
    await resume(next, id)
    await next.executor.find(id)?.done
    expect((await next.read(id)).status).toBe('completed')
    const runs = (await next.store.list()).flatMap(({ run }) => (run === null ? [] : [run]))
    expect(runs).toHaveLength(2)
    expect(await next.text('ended')).toBe('\n')
  })

  test('[E222] a child that somebody else holds for a moment goes on once it is free', async () => {
    const bench = await open()
    await write(bench, 'slow.json', { name: 'slow', steps: { a: { wait: '1s' } } })
    const id = await bench.start({ go: { workflow: './slow.json' } })
    await waits(bench, id, 'go')
    const child = childOf(await bench.read(id), 'go')?.run as RunId
    await until('it began', () => bench.executor.find(child) !== null)
    await bench.executor.close()
    const held = await bench.store.open(child, { purpose: 'edit', controlSocket: null })
    const next = await another(bench)
    await resume(next, id)
    // Long enough to ask for the child once; a shorter time would prove less, and fail nothing.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(next.executor.find(child)).toBeNull()
    const annotations = { pinned: true, colour: null, note: null, tags: [] }
    await held.append([{ type: 'annotated', annotations, by: 'ada' }], { durable: true })
    await held.release()
    expect(await next.executor.find(id)?.done).toBe('completed')
    expect((await next.read(child)).status).toBe('completed')
  })

  test('[E111] a workflow that begins itself ends with a failure that says so', async () => {
    const bench = await open()
    await write(bench, 'self.json', { name: 'self', steps: { a: { workflow: './self.json' } } })
    const run = await bench.run({ go: { workflow: './self.json' } })
    expect(run.status).toBe('failed')
    expect(run.error).toMatchObject({
      name: 'Recursion',
      message: expect.stringContaining('16 runs stand above'),
    })
  })
})

describe('what is asked of a run that goes on', () => {
  test('[E112] a waiting retry is made now', async () => {
    const bench = await open()
    const id = await bench.start({
      a: { run: 'test -e again || { echo > again; exit 1; }', retry: { attempts: 2, delay: '1h' } },
    })
    await waits(bench, id, 'a')
    const live = bench.executor.find(id)
    await live?.retry('a' as never)
    expect(await live?.done).toBe('completed')
    await expect(live?.retry('a' as never)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('[E113] a named checkpoint is made while it goes on', async () => {
    const bench = await open()
    const id = await bench.start({ a: { wait: '300ms' } })
    await waits(bench, id, 'a')
    const checkpoint = await bench.executor.find(id)?.checkpoint('by hand')
    await bench.executor.find(id)?.done
    expect((await bench.read(id)).checkpoints.find((each) => each.id === checkpoint)).toMatchObject(
      {
        name: 'by hand',
        trigger: 'manual',
        progress: 0,
      },
    )
  })

  test('[E114] a journal that was replaced meanwhile ends the run at its next checkpoint', async () => {
    const bench = await open()
    const id = await bench.start({
      a: { run: `sleep 0.2; for f in runs/*/*.jsonl; do mv "$f" "$f.away"; echo x > "$f"; done` },
      b: { run: 'echo > b.done', needs: ['a'] },
    })
    const live = bench.executor.find(id)
    await live?.done
    expect(live?.problem()).not.toBeNull()
    expect(await bench.text('b.done').catch(() => 'never')).toBe('never')
  })
})

async function write(bench: Workbench, name: string, text: object): Promise<void> {
  await mkdir(bench.root, { recursive: true })
  await writeFile(join(bench.root, name), JSON.stringify(text))
}
function childOf(run: Run, step: string) {
  return stepOf(run, step)?.['waitingOn'] as { run: RunId } | null // a step that waits for a run
}
