import { expect, test } from 'vitest'
import { tryRun } from '../../../../../shared/core/graph/tryRun.ts'
import { RunId, StepId } from '../../../../../shared/schema/ids.ts'
import type { Run, StepState } from '../../../../../shared/schema/run.ts'
import { at, makeCheckpoint, makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'

const id = RunId.parse('try-1')

function tried(name: string, base: Run) {
  const { definition } = base.workflow
  if (definition === null) throw new Error('It has a definition.')
  const made = tryRun(base, { definition, step: StepId.parse(name), id, at: at(99) })
  if (made.kind === 'problem') throw new Error(made.problem)
  return made.run
}

function baseOf(
  definition: ReturnType<typeof makeDefinition>,
  steps: Readonly<Record<string, StepState>>,
): Run {
  const workflow = { name: 'shop', version: '1', source: null, digest: null, definition }
  return makeRun({ workflow, steps })
}

const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }

test('[W37] the copy has what the run was given, and nothing of what it went through', () => {
  const base = makeRun({
    status: 'failed',
    finishedAt: at(10),
    inputs: { to: 'x' },
    variables: { seen: 1 },
    error: { name: 'ExitCode', message: 'no', code: '1', stack: null },
    checkpoints: [makeCheckpoint(3)],
    lineage: { parent: RunId.parse('other'), checkpoint: null, relation: 'fork' },
    steps: {
      build: makeStep('succeeded', { output: 3 }),
      charge: makeStep('failed'),
      mail: makeStep('waiting', {
        waitingOn: { kind: 'gate', since: at(1), who: null, message: null },
      }),
    },
  })
  const { workflow, steps, ...rest } = tried('charge', base)
  const { workflow: _, steps: before, ...given } = base
  expect(rest).toEqual({
    ...given,
    id,
    status: 'pending',
    createdAt: at(99),
    startedAt: null,
    updatedAt: at(99),
    finishedAt: null,
    error: null,
    checkpoints: [],
    decisions: [],
    lineage: null,
    journal: { seq: 0, sum: '' },
  })
  expect(workflow).toEqual(base.workflow)
  expect(steps).toEqual({
    build: before['build' as never],
    charge: { ...nothing, status: 'pending' },
    mail: { ...makeStep('waiting'), status: 'skipped', skippedBy: 'person' },
  })
})

test('[W37] a step that goes over items begins its round anew', () => {
  const definition = makeDefinition({ each: { forEach: [1, 2] }, other: { forEach: [1] } })
  const item = makeStep('succeeded', { item: 1 })
  const steps = {
    each: makeStep('failed'),
    'each[0]': item,
    other: makeStep('succeeded'),
    'other[0]': item,
  }
  expect(tried('each', baseOf(definition, steps)).steps).toEqual({
    each: { ...nothing, status: 'pending' },
    other: steps.other,
    'other[0]': item,
  })
})

test('[W37] a need that may fail keeps nothing from being tried', () => {
  const definition = makeDefinition({
    lint: { continueOnError: true },
    send: { needs: [step('lint')] },
  })
  const base = baseOf(definition, { lint: makeStep('failed'), send: makeStep('pending') })
  expect(tried('send', base).steps).toMatchObject({ lint: { status: 'failed' } })
})
