import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench, filesIn } from './cliBench.ts'

const cli = createCliBench()
const { write, workflow, unstuck, output, call, started, refOf, newestIs } = cli

describe('[X1] through the command line: what is asked of a run that goes on', () => {
  it('[X1] run.pause', async () => {
    const steps = Array.from({ length: 100 }, (_, index) => [`s${index}`, 'sleep 0.1'])
    write('long.yaml', workflow(Object.fromEntries(steps)))
    const running = unstuck(['run', 'long.yaml', '--trust', '--json'])
    await newestIs('running')

    const paused = await output('run.pause', ['pause', 'latest'])

    expect(paused).toEqual({ status: 'paused', observed: true })
    expect(await running).toMatchObject({ exit: 9 })
  })

  it('[X1] run.cancel', async () => {
    const running = unstuck(['run', 'slow.yaml', '--trust', '--json'])
    await newestIs('running')

    const cancelled = await output('run.cancel', ['cancel', 'latest', '--reason', 'enough'])

    expect(cancelled).toEqual({ status: 'cancelled', observed: true })
    expect(await running).toMatchObject({ exit: 130 })
  })

  it('[X1] run.decide: another process decides at the gate of a run that goes on, and of one that rests', async () => {
    const gate = { fields: { amount: { type: 'integer', minimum: 1 } } }
    const steps = { ask: { gate }, pay: { run: 'true', needs: ['ask'], sideEffects: 'none' } }
    write('gate.yaml', JSON.stringify({ name: 'gate', steps }))
    const running = unstuck(['run', 'gate.yaml', '--trust', '--json'])
    await newestIs('waiting')
    const wrong = await unstuck(['approve', 'latest', 'ask', '--value', 'amount=0'])
    expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('amount') })

    const decided = await output('run.decide', ['approve', 'latest', '--value', 'amount=3'])

    expect(decided.observed).toBe(true)
    expect(await running).toMatchObject({ exit: 0 })

    const second = unstuck(['run', 'gate.yaml', '--json'])
    await newestIs('waiting')
    await unstuck(['pause', 'latest'])
    await second
    const rejected = await unstuck(['reject', 'latest', '--reason', 'no'])
    expect(rejected.out).toContain('Go on: unstuck resume')
    expect((await unstuck(['approve', 'latest'])).err).toContain('waits for a decision')
  })

  it('[X1] run.retry and run.checkpoint', async () => {
    const retry = { attempts: 2, delay: '1h' }
    const steps = {
      a: { run: 'test -e again || { touch again; exit 1; }', retry, sideEffects: 'none' },
    }
    write('retry.yaml', JSON.stringify({ name: 'retry', steps }))
    const running = unstuck(['run', 'retry.yaml', '--trust', '--json'])
    await newestIs('waiting')

    const made = await output('run.checkpoint', ['checkpoint', 'latest', '--name', 'by hand'])
    const retried = await output('run.retry', ['retry', 'latest'])

    expect([made.observed, retried.observed]).toEqual([true, true])
    expect(await running).toMatchObject({ exit: 0 })
    const later = await output('run.checkpoint', ['checkpoint', 'latest'])
    const { checkpoints } = await call('run.checkpoints', { ref: await refOf('latest') })
    expect(checkpoints.map(({ id, name }) => [id, name])).toEqual(
      expect.arrayContaining([
        [made.checkpoint, 'by hand'],
        [later.checkpoint, 'manual'],
      ]),
    )
  })

  it('[X1] step.try: one step alone, of which nothing is recorded', async () => {
    const run = await started('bad.yaml', 8)
    const before = await output('run.get', ['show', run])
    const tried = await output('step.try', ['try', run, 'a'], 8)
    write('fixed', '')
    const again = await output('step.try', ['try', run, 'a'])

    expect(tried).toMatchObject({ outcome: 'failed', exitCode: 1 })
    expect(again).toMatchObject({ outcome: 'succeeded', exitCode: 0, output: '""' })
    expect((await output('run.get', ['show', run])).rev).toBe(before.rev)
    expect((await unstuck(['try', run, 'b'])).err).toContain('needs a')
  })

  it('[X22] a step whose effects may do harm is tried only with --yes', async () => {
    write('pay.yaml', JSON.stringify({ name: 'pay', steps: { pay: { run: 'echo paid >> paid' } } }))
    const run = await started('pay.yaml')
    const refused = await unstuck(['try', run, 'pay'])
    expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('Say --yes') })
    await output('step.try', ['try', run, 'pay', '--yes'])
    expect(readFileSync(join(cli.workspace, 'paid'), 'utf8')).toBe('paid\npaid\n')
  })

  it('[E116] with persistence off a run is carried as any other, and leaves nothing in the workspace', async () => {
    write('unstuck.json', JSON.stringify({ persistence: { enabled: false } }))
    const before = new Set(filesIn(cli.workspace))
    const said = await unstuck(['run', 'ok.yaml', '--trust'])
    expect(said).toMatchObject({ exit: 0, err: '' })
    expect(said.out).toContain('Nothing of it is kept')
    expect(said.out).toContain('b succeeded.')
    expect(new Set(filesIn(cli.workspace))).toEqual(before)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('unstuck-run-'))).toEqual([])
    expect((await output('run.list', ['list'])).rows).toEqual([])
  })
})
