import { expect, test } from 'vitest'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { createRunDraft } from '../../../../../shared/core/run/runDraft.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { costOf } from '../../../../processorTime.ts'
import { began, checkpoint, recordOf, sampleRun, succeeded } from './sampleRun.ts'

test('[J35] a record costs the same however many steps, checkpoints and decisions the run has', () => {
  const few = costPerRecord(300)
  const many = costPerRecord(12_000)
  expect(many).toBeLessThan(few * 10)
})

test('[J34] a snapshot that is changed by nobody is taken again and again', () => {
  const draft = createRunDraft(sampleRun())
  draft.add(recordOf(began('build'), 1))
  const first = draft.snapshot()
  draft.add(recordOf(succeeded('build'), 2))
  const second = draft.snapshot()
  expect(first.steps).toMatchObject({ build: { status: 'running' } })
  expect(second.steps).toMatchObject({ build: { status: 'succeeded' } })
  expect(draft.counts()).toMatchObject({ succeeded: 1, running: 0, pending: 3 })
})

/** The best of some tries, each over a whole run. */
function costPerRecord(steps: number): number {
  const names = Array.from({ length: steps }, (_, index) => `s${index}`)
  const records = names.flatMap((step, index) => [
    recordOf(began(step), index * 3 + 1),
    recordOf(succeeded(step), index * 3 + 2),
    recordOf(checkpoint(`cp-${index}`, step), index * 3 + 3),
  ])
  const run = wideRun(names)
  const cost = costOf(() => {
    const draft = createRunDraft(run)
    for (const record of records) {
      draft.add(record)
      draft.counts()
      draft.lastCheckpoint()
    }
  })
  return cost / records.length
}

function wideRun(names: readonly string[]) {
  const steps = Object.fromEntries(names.map((name) => [name, { run: 'true' }]))
  const definition = WorkflowDefinition.parse({ name: 'wide', steps })
  const { id, createdAt: at, place, lineage } = sampleRun()
  const unnamed = { source: null, digest: null, inputs: {} }
  return createRun({ id, definition, at, place, lineage, ...unnamed })
}
