import { describe, expect, test } from 'vitest'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { Run } from '../../../../../shared/schema/run.ts'
import { RunId, StepId } from '../../../../../shared/schema/ids.ts'
import { definition, moment, sampleRun } from './sampleRun.ts'

const pending = { status: 'pending', attempts: [], output: null, waitingOn: null, skippedBy: null }

describe('createRun', () => {
  test('[J19] makes a pending run with every step of its definition', () => {
    const run = sampleRun()
    expect(Run.parse(run)).toEqual(run)
    expect(run).toMatchObject({ status: 'pending', createdAt: moment(0), journal: { seq: 0 } })
    expect(Object.entries(run.steps)).toEqual([
      ['build', pending],
      ['test', pending],
      ['deploy', pending],
      ['notify', pending],
    ])
  })

  test('[J19] takes over the steps that a fork is given', () => {
    const done = { ...pending, status: 'succeeded' as const, attempts: [], output: 3 }
    const run = createRun({
      id: RunId.parse('fork-1'),
      definition,
      source: null,
      digest: null,
      inputs: {},
      at: moment(0),
      place: sampleRun().place,
      lineage: { parent: RunId.parse('release-1'), checkpoint: null, relation: 'fork' },
      steps: { [StepId.parse('build')]: done },
    })
    expect(Object.values(run.steps).map(({ status }) => status)).toEqual([
      'succeeded',
      'pending',
      'pending',
      'pending',
    ])
    expect(run.lineage?.parent).toBe('release-1')
  })
})
