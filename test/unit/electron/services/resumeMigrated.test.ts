import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  applyMigration,
  planMigrationOf,
  rollbackMigration,
} from '../../../../electron/services/migrateDocuments.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import { inputFor, type ResumeInput } from './resumeInput.ts'

let bench: Workbench
afterEach(() => bench.close())

const fixtures = join(import.meta.dirname, '../../../fixtures/versions')
const batch = { signal: new AbortController().signal, progress: () => undefined }

async function migrate(fixture: string): Promise<RunId> {
  await mkdir(join(bench.root, 'runs'), { recursive: true })
  await copyFile(join(fixtures, fixture), join(bench.root, 'runs/old.json'))
  const input = { rev: null, documents: null, asOf: null, digest: null, offset: 0, limit: 500 }
  const { rev, digest, asOf } = await planMigrationOf(bench.context, input)
  const { rows } = await applyMigration(bench.context, { ...input, asOf, rev, digest }, batch)
  expect(rows).toMatchObject([{ outcome: 'done' }])
  return RunId.parse(rows[0]?.result)
}

async function resume(input: ResumeInput): Promise<Run> {
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  const { ref } = await startResume(bench.context, { ...input, digest, rev, asOf })
  const id = RunId.parse(ref.document)
  await bench.executor.find(id)?.done
  return bench.read(id)
}

const write = (name: string, steps: object, more: object = {}) =>
  writeFile(join(bench.root, name), JSON.stringify({ name: 'deploy', steps, ...more }))

describe('a migrated run, which carries no definition', () => {
  test('[M14] says that its file has to be named, and goes on by the one that is', async () => {
    bench = await createWorkbench()
    const run = await migrate('2/etl-7.json')
    const refused = await planResumeOf(bench.context, inputFor(run))
    expect(refused.plan.problems).toContain(
      'The run does not carry its definition. Name the file that it is in, and use the definition as it is now.',
    )
    await write('etl.json', {
      extract: { run: 'echo extract >> done' },
      load: { run: 'echo load >> done', needs: ['extract'] },
    })
    const named = inputFor(run, { definition: 'current', definitionFile: 'etl.json' })
    const { plan } = await planResumeOf(bench.context, named)
    expect(plan.steps.map(({ step, action }) => [step, action])).toEqual([
      ['extract', 'reuse'],
      ['load', 'run'],
    ])
    const after = await resume(named)
    expect(after.status).toBe('completed')
    expect(await bench.text('done')).toBe('load\n')
    expect(after.workflow.source).toBe(join(bench.root, 'etl.json'))

    const back = await rollbackMigration(bench.context, { runs: [run] }, batch)
    expect(back.rows).toMatchObject([
      { outcome: 'failed', cause: expect.stringContaining('went on after') },
    ])
  })

  test('[M14] of version 1 goes on with its steps under the names that they have now', async () => {
    bench = await createWorkbench()
    const run = await migrate('1/deploy-20250102-101500.json')
    const inputs = { env: { type: 'string' } }
    await write(
      'deploy.json',
      {
        build: { run: 'echo build >> done' },
        database: { run: 'echo database >> done', needs: ['build'] },
      },
      { inputs },
    )
    const named = inputFor(run, { definition: 'current', definitionFile: 'deploy.json' })
    const { plan } = await planResumeOf(bench.context, named)
    expect(plan.definition).toMatchObject({
      missing: ['migrate'],
      added: ['database'],
      proposed: [{ was: 'migrate', now: 'database', because: 'position' }],
    })
    expect(plan.problems.join()).toContain('You may mean to map migrate to database.')

    const after = await resume({ ...named, mapping: { migrate: 'database' as never } })
    expect(after.status).toBe('completed')
    expect(await bench.text('done')).toBe('database\n')
    expect(Object.keys(after.steps)).toEqual(['build', 'database'])
    expect(await bench.records(run)).toContain('edited')
  })

  test('[M14] a file that is none is a problem of the plan', async () => {
    bench = await createWorkbench()
    const run = await migrate('2/etl-7.json')
    const named = inputFor(run, { definition: 'current', definitionFile: 'gone.json' })
    const { plan } = await planResumeOf(bench.context, named)
    expect(plan.ready).toBe(false)
    expect(plan.problems.join()).toContain('There is no file gone.json')
  })
})
