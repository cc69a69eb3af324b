import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkRun } from '../../../../electron/services/checkRun.ts'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { applyRepair, planRepairOf, undoRepair } from '../../../../electron/services/repairRun.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const refOf = (run: RunId) =>
  ({ workspace: 'bench', format: 'unstuck', document: run, item: null }) as const

/** Builds, pays (an external effect), and mails once that is allowed. */
const order = {
  build: { run: 'echo built >> done', sideEffects: 'none' },
  pay: { run: 'echo paid >> done', needs: ['build'], sideEffects: 'external' },
  mail: { run: 'test -e ready && echo mailed >> done', needs: ['pay'], sideEffects: 'external' },
}

function resumeInput(run: RunId): HandlerInput<'resume.plan'> {
  const from = { from: null, fork: false, inputs: null, decisions: {}, stopAfter: null, asOf: null }
  return { ref: refOf(run), definition: 'recorded', ...from }
}

async function resume(run: RunId): Promise<void> {
  const input = resumeInput(run)
  const { rev, digest, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, rev, digest, asOf })
  await bench.executor.find(run)?.done
}

async function repair(run: RunId, context: ServiceContext = bench.context): Promise<string> {
  const input = { ref: refOf(run), rejected: [], source: null, asOf: null }
  const { rev, digest, asOf } = await planRepairOf(context, input)
  return (await applyRepair(context, { ...input, rev, digest, asOf })).backup
}

const journalOf = ({ id }: Run) => join(bench.root, bench.store.layout.journal(id))

/** Makes a line of the journal one that does not fit: the one behind the first that this text is in. */
async function damageBehind(run: Run, text: string): Promise<void> {
  const lines = (await readFile(journalOf(run), 'utf8')).split('\n')
  const index = lines.findIndex((line) => line.includes(text)) + 1
  const broken = lines.with(index, (lines[index] ?? '').replace('"at":"20', '"at":"19'))
  await writeFile(journalOf(run), broken.join('\n'))
}

describe('undoing a repair', () => {
  test('[E28] is refused once the run went on, and changes nothing', async () => {
    bench = await createWorkbench()
    const run = await bench.run(order)
    await appendFile(journalOf(run), '{"seq":99,"at":"2026')
    const backup = await repair(run.id)
    await writeFile(join(bench.root, 'ready'), '')
    await resume(run.id)
    const before = await readFile(journalOf(run), 'utf8')

    await expect(undoRepair(bench.context, { ref: refOf(run.id), backup })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('went on'),
    })
    expect(await readFile(journalOf(run), 'utf8')).toBe(before)
    expect((await bench.read(run.id)).status).toBe('completed')
  })

  test('[E28] can itself be undone while nothing happened in between', async () => {
    bench = await createWorkbench()
    const run = await bench.run(order)
    await damageBehind(run, '"type":"stepSucceeded"')
    const ref = refOf(run.id)
    const backup = await repair(run.id)
    const repaired = await readFile(journalOf(run), 'utf8')
    const undone = await undoRepair(bench.context, { ref, backup })
    expect(undone.observed).toBe(true)
    expect(await undoRepair(bench.context, { ref, backup: undone.backup })).toMatchObject({
      observed: true,
    })
    expect(await readFile(journalOf(run), 'utf8')).toBe(repaired)
  })
})

describe('records that were lost', () => {
  test('[E28] an external step that ran is asked about, although the repaired journal does not know of it', async () => {
    bench = await createWorkbench()
    const run = await bench.run(order)
    // The head is gone, and what stood behind the damage ends before the next whole state.
    await damageBehind(run, '"step":"build"')
    const lines = (await readFile(journalOf(run), 'utf8')).split('\n')
    const end = lines.findIndex((line) => line.includes('"type":"runFailed"'))
    await writeFile(journalOf(run), `${lines.slice(0, end).join('\n')}\n`)
    await rm(join(bench.root, bench.store.layout.head(run.id)))
    await repair(run.id)

    const { plan } = await planResumeOf(bench.context, resumeInput(run.id))
    expect(plan.steps.map(({ step, action, rule }) => [step, action, rule])).toEqual([
      ['build', expect.stringMatching(/run|adopt/), expect.any(String)],
      ['pay', 'ask', 'S28'],
      ['mail', 'ask', 'S28'],
    ])
    expect(plan.ready).toBe(false)
    expect(await bench.text('done')).toBe('built\npaid\n')
  })
})

describe('a repair that is cut short', () => {
  test('[E29] behind its cut leaves a finding, and the next one brings everything back', async () => {
    bench = await createWorkbench()
    const run = await bench.run(order)
    await damageBehind(run, '"type":"stepSucceeded"')
    await rm(join(bench.root, bench.store.layout.head(run.id)))
    const whole = (await checkRun(bench.context, { ref: refOf(run.id) })).findings
    expect(whole.map(({ severity }) => severity)).toContain('error')

    const { store } = bench
    const open: typeof store.open = async (...options) => ({
      ...(await store.open(...options)),
      append: () => Promise.reject(new Error('the machine stopped')),
    })
    await expect(repair(run.id, { ...bench.context, store: { ...store, open } })).rejects.toThrow(
      'the machine stopped',
    )

    const { health } = await checkRun(bench.context, { ref: refOf(run.id) })
    expect(health).toBe('damaged')
    await repair(run.id)
    expect(await bench.read(run.id)).toMatchObject({ status: 'failed', steps: run.steps })
  })
})
