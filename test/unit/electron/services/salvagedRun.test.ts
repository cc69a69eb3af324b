import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { applyRepair, planRepairOf } from '../../../../electron/services/repairRun.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { StepId, type RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

const refOf = (run: RunId) =>
  ({ workspace: 'bench', format: 'unstuck', document: run, item: null }) as const

/** Builds, pays (an external effect), and mails once that is allowed. */
const order = {
  build: { run: 'echo built >> done', sideEffects: 'none' },
  pay: { run: 'echo paid >> done', needs: ['build'], sideEffects: 'external' },
  mail: { run: 'test -e ready && echo mailed >> done', needs: ['pay'], sideEffects: 'external' },
}

type Said = Partial<Pick<HandlerInput<'resume.plan'>, 'decisions' | 'acceptLoss'>>

function inputOf(run: RunId, said: Said = {}): HandlerInput<'resume.plan'> {
  const from = { from: null, fork: false, inputs: null, decisions: {}, stopAfter: null, asOf: null }
  return { ref: refOf(run), definition: 'recorded', ...from, ...said }
}

async function resume(run: RunId, said: Said = {}): Promise<void> {
  const input = inputOf(run, said)
  const { rev, digest, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, rev, digest, asOf })
  await bench.executor.find(run)?.done
}

async function repair(run: RunId, source: string) {
  const input = { ref: refOf(run), rejected: [], source, asOf: null }
  const { plan, rev, digest, asOf } = await planRepairOf(bench.context, input)
  expect(plan.problems).toEqual([])
  await applyRepair(bench.context, { ...input, rev, digest, asOf })
  return plan
}

/** Without journal and logs only the head tells of a run. */
async function loseAllButHead(run: RunId): Promise<string> {
  await rm(join(bench.root, bench.store.layout.journal(run)))
  await rm(join(bench.root, 'logs'), { recursive: true, force: true })
  return join(bench.root, bench.store.layout.head(run))
}

test('[R90] a finished step that a cut head does not tell whole is asked about, and not repeated', async () => {
  const { id } = await bench.run(order)
  expect(await bench.text('done')).toBe('built\npaid\n')
  const head = await loseAllButHead(id)
  const text = await readFile(head, 'utf8')
  await writeFile(head, text.slice(0, text.indexOf('"pay": {', text.indexOf('"steps": {\n')) + 30))

  const plan = await repair(id, 'salvage')
  expect(plan.inDoubt).toEqual(['pay', 'mail'])
  expect(plan.fixes.filter(({ rule }) => rule === 'R90')).toMatchObject([
    { pointer: '/steps/pay', reason: expect.stringContaining('{"status":"succeeded"') },
    { pointer: '/steps/mail', reason: null },
  ])

  const { plan: asked } = await planResumeOf(bench.context, inputOf(id))
  expect(asked.steps.map(({ step, action }) => [step, action])).toEqual([
    ['build', 'reuse'],
    ['pay', 'ask'],
    ['mail', 'ask'],
  ])
  await expect(resume(id)).rejects.toThrow('Decide about pay')
  expect(await bench.text('done')).toBe('built\npaid\n')

  await writeFile(join(bench.root, 'ready'), '')
  await resume(id, {
    decisions: {
      [StepId.parse('pay')]: { kind: 'happened', output: null },
      [StepId.parse('mail')]: { kind: 'rerun' },
    },
  })
  expect(await bench.text('done')).toBe('built\npaid\nmailed\n')
  expect((await bench.read(id)).status).toBe('completed')
})

test('[R92] behind records that are lost a resume first wants to hear that somebody knows', async () => {
  const id = await bench.start(order, { stopAfter: 'build' })
  await bench.executor.find(id)?.done
  const early = await readFile(join(bench.root, bench.store.layout.head(id)))
  await resume(id)
  expect(await bench.text('done')).toBe('built\npaid\n')
  await writeFile(await loseAllButHead(id), early)

  const plan = await repair(id, 'head')
  expect(plan.lost).toMatchObject({ maybe: ['pay', 'mail'], unnamed: 0, records: null })
  const { plan: asked } = await planResumeOf(bench.context, inputOf(id))
  expect(asked).toMatchObject({
    ready: false,
    loss: { steps: ['pay', 'mail'], accepted: false },
    problems: [expect.stringContaining('2 steps pay, mail may have run')],
  })
  await expect(resume(id)).rejects.toThrow('may have run')
  const fork = await planResumeOf(bench.context, { ...inputOf(id), fork: true })
  expect(fork.plan.ready).toBe(false)
  expect(await bench.text('done')).toBe('built\npaid\n')

  await resume(id, { acceptLoss: true })
  expect(await bench.text('done')).toBe('built\npaid\npaid\n')
  // Whoever let it go on knew.
  expect((await planResumeOf(bench.context, inputOf(id))).plan.loss).toBeNull()
})
