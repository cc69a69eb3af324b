import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { cancelRun } from '../../../../electron/services/cancelRun.ts'
import { makeCheckpoint } from '../../../../electron/services/makeCheckpoint.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { findChildren } from '../../../../electron/services/planResumeOfChildren.ts'
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
  const { ref } = await startResume(bench.context, { ...input, digest, rev, asOf })
  const id = RunId.parse(ref.document)
  await bench.executor.find(id)?.done
  return bench.read(id)
}

const stateOf = (run: Run, name: string) => run.steps[StepId.parse(name)]

async function startFile(path: string, definition: object): Promise<Run> {
  await writeFile(join(bench.root, path), JSON.stringify(definition))
  const { ref } = await startRun(bench.context, { definition: path, inputs: {} })
  const id = RunId.parse(ref.document)
  await bench.executor.find(id)?.done
  return bench.read(id)
}

describe('a plan made of a workspace', () => {
  test('[S32] an external step that was cancelled while it ran is asked about, and the answer is followed', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ pay: { run: 'echo paid >> done; sleep 60' } })
    await until('it paid', async () => (await bench.text('done').catch(() => '')) !== '')
    const { ref } = inputFor(id)
    await cancelRun(bench.context, { ref, reason: null }, { signal: new AbortController().signal })
    const { plan } = await planResumeOf(bench.context, inputFor(id))
    expect(plan.steps).toMatchObject([{ action: 'ask', rule: 'S32' }])
    const decisions = { [StepId.parse('pay')]: { kind: 'happened', output: 'r1' } as const }
    const after = await resume(inputFor(id, { decisions }))
    expect(after.status).toBe('completed')
    expect(stateOf(after, 'pay')).toMatchObject({ status: 'succeeded', output: 'r1' })
    expect(await bench.text('done')).toBe('paid\n')
  })

  test('[S35] [S45] a fork never charges a second time by itself, and keeps the key of the original', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'true', sideEffects: 'none' },
      pay: {
        run: 'echo "$UNSTUCK_IDEMPOTENCY_KEY" >> done; echo receipt',
        needs: ['a'],
        sideEffects: 'external',
      },
      send: { run: 'cat "$UNSTUCK_NEEDS" >> seen', needs: ['pay'], sideEffects: 'none' },
    })
    const from = run.checkpoints.find(({ name }) => name === 'a')?.id ?? null
    const input = inputFor(run, { from })
    const fork = await resume(input)
    expect(fork.status).toBe('completed')
    expect(await bench.text('done')).toBe(`${run.id}/pay\n`)
    expect(await bench.text('seen')).toBe('{"pay":"receipt"}{"pay":"receipt"}')
    expect(stateOf(fork, 'pay')).toMatchObject({ status: 'succeeded', key: `${run.id}/pay` })
    expect(fork.decisions).toMatchObject([{ step: 'pay', decision: 'happened', by: 'unstuck' }])

    const again = { [StepId.parse('pay')]: { kind: 'rerun' } as const }
    const second = await resume({ ...input, decisions: again })
    expect(await bench.text('done')).toBe(`${run.id}/pay\n${second.id}/pay\n`)
  })

  test('[S38] edited variables and inputs are in the run before a step of it runs', async () => {
    bench = await createWorkbench()
    const run = await startFile('f.json', {
      name: 'f',
      inputs: { to: 'x' },
      steps: { a: { run: 'cat "$UNSTUCK_INPUTS" >> seen; test -e ok', sideEffects: 'none' } },
    })
    await writeFile(join(bench.root, 'ok'), '')
    const variables = { set: { tries: 3 }, remove: [] }
    const after = await resume(inputFor(run, { inputs: { to: 'y' }, variables }))
    expect(after).toMatchObject({
      status: 'completed',
      variables: { tries: 3 },
      inputs: { to: 'y' },
    })
    expect(await bench.text('seen')).toBe('{"to":"x"}{"to":"y"}')
    const stays = await planResumeOf(bench.context, inputFor(run, { inputs: {}, fork: true }))
    expect(stays.plan.notes).toEqual([])
    const wrong = await planResumeOf(bench.context, inputFor(run, { inputs: { nobody: 1 } }))
    expect(wrong.plan.ready).toBe(false)
    expect(wrong.plan.problems.join(' ')).toContain('nobody')
  })

  test('[S42] [S43] a renamed step keeps its result, and the run goes on under its new name', async () => {
    bench = await createWorkbench()
    const steps = {
      old: { run: 'echo old >> done; echo result', sideEffects: 'none' },
      next: { run: 'test -e ok && cat "$UNSTUCK_NEEDS" >> seen', needs: ['old'] },
    }
    const run = await startFile('f.json', { name: 'f', steps })
    await writeFile(join(bench.root, 'ok'), '')
    const renamed = {
      name: 'f',
      steps: { fresh: steps.old, next: { ...steps.next, needs: ['fresh'] } },
    }
    await writeFile(join(bench.root, 'f.json'), JSON.stringify(renamed))
    const input = inputFor(run, { definition: 'current' })
    expect((await planResumeOf(bench.context, input)).plan.problems.join()).toContain(
      'You may mean to map old to fresh.',
    )
    const after = await resume({ ...input, mapping: { old: StepId.parse('fresh') } })
    expect(after.status).toBe('completed')
    expect(Object.keys(after.steps).toSorted()).toEqual(['fresh', 'next'])
    expect(await bench.text('done')).toBe('old\n')
    expect(await bench.text('seen')).toBe('{"fresh":"result"}')
  })

  test('[S39] a working folder and a module that are gone are said before anything runs', async () => {
    bench = await createWorkbench()
    await mkdir(join(bench.root, 'work'))
    const run = await bench.run({
      a: { run: 'exit 1', workingFolder: 'work', sideEffects: 'none' },
      b: { module: './later.ts#go', needs: ['a'] },
    })
    expect((await planResumeOf(bench.context, inputFor(run))).plan.notes).toMatchObject([
      { about: 'file', sentence: expect.stringContaining('later.ts of b does not exist yet') },
    ])
    await rm(join(bench.root, 'work'), { recursive: true })
    const { plan } = await planResumeOf(bench.context, inputFor(run))
    expect(plan.problems).toEqual([
      `The working folder ${join(bench.root, 'work')} of a does not exist. Put it back, or correct the definition and use it as it is now.`,
    ])
  })

  test('[S37] user, host and environment are compared by name', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'exit 1', environment: { MODE: 'x' } } })
    const elsewhere = { ...bench.context, account: 'bob', hostName: 'lab' }
    const { plan } = await planResumeOf(elsewhere, inputFor(run))
    expect(plan.notes.map(({ about }) => about)).toEqual(['user', 'host', 'environment'])
    expect(plan.ready).toBe(true)
  })

  test('[T161] what the steps would get of this place is said by name, with the values masked', async () => {
    bench = await createWorkbench()
    const passed = { passEnvironment: ['TOKEN', 'AWS_*', 'ABSENT'] }
    const run = await bench.run({
      a: { run: 'exit 1', environment: { OWN: '1' }, ...passed },
      b: { run: 'true', needs: ['a'] },
    })
    const environment = { TOKEN: 's3cret', AWS_KEY: 'key', OTHER: 'x', PATH: '/bin' }
    const here = { ...bench.context, environment }
    const { plan } = await planResumeOf(here, inputFor(run))
    expect(plan.notes).toEqual([
      {
        about: 'environment',
        sentence: 'a gets the variables AWS_KEY=••••••, OWN=••••••, TOKEN=••••••.',
      },
      { about: 'environment', sentence: 'a gets no ABSENT: not set here, and asked for.' },
    ])
    expect(plan.ready).toBe(true)
  })

  test('[S48] a workspace that is not trusted is a problem of the plan', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'exit 1' } })
    await bench.context.trust.setTrusted(false)
    const { plan } = await planResumeOf(bench.context, inputFor(run))
    expect(plan.problems).toEqual(['This workspace is not trusted, so nothing in it is executed.'])
  })

  test('[S44] functions are refused where this process does not have them', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { function: 'make' } })
    expect((await planResumeOf(bench.context, inputFor(run))).plan.problems).toEqual([
      'a is a function of the program that began the run: only that program can resume it.',
    ])
    const program = { ...bench.context, functions: new Map([['make', () => null]]) }
    expect((await planResumeOf(program, inputFor(run))).plan.ready).toBe(true)
  })

  test('[S50] a plan of very many steps is sent with those that ask, and applied with all', async () => {
    bench = await createWorkbench()
    const steps = Object.fromEntries(
      Array.from({ length: 4000 }, (_, index) => [
        `step-with-a-long-name-${index}`,
        { run: 'true', needs: ['first'], sideEffects: 'none' },
      ]),
    )
    const run = await bench.run({ first: { run: 'exit 1' }, ...steps })
    const { plan } = await planResumeOf(bench.context, inputFor(run))
    expect(plan.steps.length + plan.unlisted).toBe(4001)
    expect(plan.unlisted).toBeGreaterThan(0)
    expect(JSON.stringify(plan).length).toBeLessThan(1_000_000)
  })
})

describe('a run of its own', () => {
  test('[S49] that failed is gone on with, and nothing that succeeded in it is repeated', async () => {
    bench = await createWorkbench()
    const child = {
      name: 'child',
      steps: {
        pay: { run: 'echo paid >> done' },
        send: { run: 'test -e ok', needs: ['pay'] },
      },
    }
    await writeFile(join(bench.root, 'child.json'), JSON.stringify(child))
    const run = await bench.run({
      part: { workflow: './child.json' },
      end: { run: 'true', needs: ['part'] },
    })
    expect(run.status).toBe('failed')
    await writeFile(join(bench.root, 'ok'), '')
    const { plan } = await planResumeOf(bench.context, inputFor(run))
    expect(plan.steps[0]).toMatchObject({ step: 'part', action: 'run', rule: 'S49' })
    expect(plan.steps[0]?.reason).toContain('what succeeded in it is not repeated')
    const after = await resume(inputFor(run))
    expect(after.status).toBe('completed')
    expect(await bench.text('done')).toBe('paid\n')
  })

  test('[S53] also from the newest checkpoint; a fork asks, and a run of somebody else is left alone', async () => {
    bench = await createWorkbench()
    const steps = {
      pay: { run: 'echo paid >> done' },
      send: { run: 'test -e ok', needs: ['pay'] },
    }
    await writeFile(join(bench.root, 'child.json'), JSON.stringify({ name: 'child', steps }))
    const part = { workflow: './child.json' }
    const run = await bench.run({ part })
    expect(run.status).toBe('failed')
    const { signal } = new AbortController()
    const asked = { ref: inputFor(run).ref, name: 'rest' }
    const { checkpoint: newest } = await makeCheckpoint(bench.context, asked, { signal })
    const rows = async (changes: Partial<ResumeInput>) =>
      (await planResumeOf(bench.context, inputFor(run, changes))).plan
    await writeFile(join(bench.root, 'ok'), '')
    const forked = await rows({ fork: true })
    expect(forked.steps).toMatchObject([{ step: 'part', action: 'ask', rule: 'S15' }])
    const from = await rows({ from: newest })
    expect(from.mode).toBe('same')
    expect(from.steps).toMatchObject([{ step: 'part', action: 'run', rule: 'S49' }])

    const stored = await bench.store.read(run.id)
    const own = { opened: { stored }, base: run, isFork: false, depth: 0 }
    expect(Object.keys(await findChildren(bench.context, own))).toEqual(['part'])
    const base = { ...run, id: RunId.parse('somebody-else') }
    expect(await findChildren(bench.context, { ...own, base })).toEqual({})
    expect((await resume(inputFor(run, { from: newest }))).status).toBe('completed')
    expect(await bench.text('done')).toBe('paid\n')
  })

  test('[S49] a question of it is decided there first', async () => {
    bench = await createWorkbench()
    const pay = { run: 'echo paid >> done; sleep 60', timeout: '500ms' }
    await writeFile(
      join(bench.root, 'child.json'),
      JSON.stringify({ name: 'child', steps: { pay } }),
    )
    const run = await bench.run({ part: { workflow: './child.json' } })
    const { plan } = await planResumeOf(bench.context, inputFor(run))
    expect(plan.problems).toEqual([
      expect.stringMatching(
        /^Decide about pay of the run child-\S+ first: resume that run, then this one\.$/,
      ),
    ])
  })
})
