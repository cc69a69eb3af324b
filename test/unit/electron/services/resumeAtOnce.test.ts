import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readStoredRun } from '../../../../electron/services/openStoredRun.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { comparableRun } from '../../../../shared/core/diff/blame.ts'
import type { Change } from '../../../../shared/core/diff/change.ts'
import { diff } from '../../../../shared/core/diff/diff.ts'
import { readRunAt } from '../../../../shared/core/reading/readRunAt.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import { inputFor, type ResumeInput } from './resumeInput.ts'

let bench: Workbench
afterEach(() => bench.close())

/** What was planned, and what the records did that the resume wrote before the first step ran. */
async function plannedAndDone(before: Run, input: ResumeInput) {
  const { plan, digest, rev, asOf } = await planResumeOf(bench.context, input)
  const { ref } = await startResume(bench.context, { ...input, digest, rev, asOf })
  const id = RunId.parse(ref.document)
  await bench.executor.find(id)?.done
  const { journal } = (await readStoredRun(bench.context, id)).stored
  const records = journal?.records ?? []
  const first = records.find(
    ({ record }) => record.seq > before.journal.seq * Number(id === before.id) && isOfStep(record),
  )
  const after = journal && readRunAt(journal, (first?.record.seq ?? 0) - 1)
  if (after === null) throw new Error('The run cannot be read at its first step.')
  const { changes } = diff(comparableRun(before), comparableRun(after))
  const planned = (plan.atOnce?.changes ?? []).map(({ kind, path }) => ({ kind, path }))
  return { plan, planned, done: changes.map(told).filter(({ path }) => !ownOfFork.has(path)) }
}

const isOfStep = ({ type }: { readonly type: string }) => type === 'stepStarted'
const told = ({ kind, path }: Change) => ({ kind, path })
/** They are another run's in a fork, and no plan knows them. */
const ownOfFork = new Set(['/id', '/createdAt', '/startedAt'])

const steps = {
  a: { run: 'echo one', sideEffects: 'none' },
  b: { run: 'test -e ok', needs: ['a'], sideEffects: 'none' },
} as const

async function startFailing(): Promise<Run> {
  bench = await createWorkbench()
  const run = await bench.run(steps)
  await writeFile(join(bench.root, 'ok'), '')
  return run
}

describe('before and after a resume', () => {
  test('[D69] a plan shows what the resume then writes before its first step runs', async () => {
    const run = await startFailing()
    const variables = { set: { tries: 3 }, remove: [] }
    const { plan, planned, done } = await plannedAndDone(run, inputFor(run, { variables }))
    expect(planned).toEqual(done)
    expect(plan.atOnce?.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: '/status', before: '"failed"', after: '"running"' }),
        expect.objectContaining({
          path: '/steps/b/status',
          before: '"failed"',
          after: '"pending"',
        }),
        expect.objectContaining({ kind: 'added', path: '/variables/tries', after: '3' }),
      ]),
    )
  })

  test('[D69] a fork is shown beside the state that it goes on from', async () => {
    const run = await startFailing()
    const from = run.checkpoints.find(({ name }) => name === 'a')
    const { journal } = (await readStoredRun(bench.context, run.id)).stored
    const base = journal && readRunAt(journal, from?.seq ?? 0)
    if (!base) throw new Error('The run has no state at its checkpoint.')
    const input = inputFor(run, { from: from?.id ?? null })
    const { planned, done } = await plannedAndDone(base, input)
    expect(planned).toEqual(done)
    expect(planned).toContainEqual({ kind: 'changed', path: '/lineage' })
  })
})
