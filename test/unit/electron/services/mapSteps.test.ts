import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyBatchEdit, planBatchEdit } from '../../../../electron/services/batchEdit.ts'
import { readLog } from '../../../../electron/services/readFiles.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { searchLogs } from '../../../../electron/services/searchLogs.ts'
import { undoEdit } from '../../../../electron/services/undoEdit.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract, type CallInput } from '../../../../shared/contract/contract.ts'
import { check } from '../../../../shared/core/integrity/check.ts'
import { StepId, type RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

const following = { signal: neverCancelled, progress: () => undefined }
const steps = {
  build: { run: 'true' },
  migrate: { run: 'exit 1', needs: ['build'] },
}

function edit(mapping: Record<string, string>, definition = 'now.json') {
  return { kind: 'mapSteps', definition, mapping } as const
}

function plan(runs: string[], mapping: Record<string, string>) {
  const input = contract['edit.batch.plan'].input.parse({ runs, edit: edit(mapping) })
  return planBatchEdit(bench.context, input, following)
}

async function apply(input: CallInput<'edit.batch.apply'>) {
  const whole = contract['edit.batch.apply'].input.parse(input)
  return (await applyBatchEdit(bench.context, whole, following)).rows
}

/** The definition in which `migrate` is `database`, and a step is new. */
async function changeDefinition(name: string, more: object = {}): Promise<void> {
  const now = {
    build: { run: 'true' },
    database: { run: 'exit 1', needs: ['build'] },
    announce: { run: 'true', needs: ['database'] },
    ...more,
  }
  await writeFile(join(bench.root, 'now.json'), JSON.stringify({ name, steps: now }))
}

describe('runs of a definition that changed', () => {
  it('[M21] [M23] go over by one mapping, with a reason, and each can be undone', async () => {
    const failed = [await bench.run(steps), await bench.run(steps)]
    const runs = failed.map(({ id }) => id)
    await changeDefinition(failed[0]?.workflow.name ?? '')

    const { plan: shown, ...approval } = await plan(runs, { migrate: 'database' })
    expect(shown).toMatchObject({ counts: { ready: 2, unchanged: 0, refused: 0 }, failures: [] })
    expect(shown.rows[0]?.sentence).toContain('New and pending: announce.')
    const rows = await apply({
      ...approval,
      runs,
      edit: edit({ migrate: 'database' }),
      reason: 'r',
    })

    expect(rows.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    const [id] = runs as [RunId] // two were run
    const after = await bench.read(id)
    expect(Object.entries(after.steps).map(([step, state]) => [step, state?.status])).toEqual(
      expect.arrayContaining([
        ['build', 'succeeded'],
        ['database', 'failed'],
        ['announce', 'pending'],
      ]),
    )
    expect(after.steps).not.toHaveProperty('migrate')
    expect(check(after).filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(await bench.records(id)).toContain('edited')
    expect((await plan(runs, { migrate: 'database' })).plan.counts).toMatchObject({ unchanged: 2 })

    await undoEdit(bench.context, { ref: nativeRef(bench.context, id), seq: null, reason: null })
    expect((await bench.read(id)).steps).toEqual(failed[0]?.steps)
  })

  it('[M27] the logs of a step that was renamed are read and searched under its new name', async () => {
    const { id, workflow } = await bench.run({
      build: { run: 'true' },
      migrate: { run: 'echo schema is locked; exit 1', needs: ['build'] },
    })
    await changeDefinition(workflow.name)
    const { plan: _, ...approval } = await plan([id], { migrate: 'database' })
    const mapped = edit({ migrate: 'database' })
    await apply({ ...approval, runs: [id], edit: mapped, reason: 'r' })

    const ref = nativeRef(bench.context, id)
    const step = StepId.parse('database')
    const asked = contract['run.log'].input.parse({ ref, step, attempt: 1 })
    expect((await readLog(bench.context, asked, following)).text).toBe('schema is locked\n')
    const query = contract['log.search'].input.parse({ ref, query: 'locked' })
    const { matches } = await searchLogs(bench.context, query, following)
    expect(matches).toMatchObject([{ step, attempt: 1, text: 'schema is locked' }])
    const other = { ...asked, attempt: 2 }
    await expect(readLog(bench.context, other, following)).rejects.toThrow('There is no log of')
  })

  it('[M22] without a mapping nothing is done: it is said what is missing, for how many, and what may stand for it', async () => {
    const failed = [await bench.run(steps), await bench.run(steps)]
    const done = await bench.run({ build: { run: 'true' } })
    await changeDefinition(done.workflow.name)

    const { plan: shown } = await plan([...failed.map(({ id }) => id), done.id], {})

    expect(shown.counts).toEqual({ ready: 0, unchanged: 0, refused: 3 })
    expect(shown.failures?.map(({ cause, count }) => [cause, count])).toEqual([
      ['The definition has no step migrate, and nothing stands for it. Map it.', 2],
      ['It is completed: nothing of it is left to run.', 1],
    ])
    expect(shown.unmapped).toMatchObject({
      missing: [{ step: 'migrate', runs: 2 }],
      proposed: [{ was: 'migrate', now: 'database' }],
    })
  })

  it('[M21] a mapping that does not fit, and the definition of another workflow, are refused', async () => {
    const { id, workflow } = await bench.run({ ...steps, clean: { run: 'true' } })
    await changeDefinition(workflow.name, { clean: { run: 'true' } })
    const problem = async (mapping: Record<string, string>) =>
      (await plan([id], mapping)).plan.rows[0]?.sentence

    expect(await problem({ migrate: 'nowhere' })).toContain('has no step nowhere')
    expect(await problem({ migrate: 'clean' })).toContain('Map that one too')
    expect(await problem({ migrate: 'database', clean: 'database' })).toContain('for one only')
    await changeDefinition('another')
    expect(await problem({ migrate: 'database' })).toContain('the definition is that of another')
  })

  it('[M23] a run is stale when the definition changed since it was shown', async () => {
    const { id, workflow } = await bench.run(steps)
    await changeDefinition(workflow.name)
    const { plan: _, ...approval } = await plan([id], { migrate: 'database' })
    await changeDefinition(workflow.name, { more: { run: 'true' } })

    const rows = await apply({
      ...approval,
      runs: [id],
      edit: edit({ migrate: 'database' }),
      reason: 'r',
    })
    expect(rows.map(({ outcome }) => outcome)).toEqual(['stale'])
  })
})
