import { expect, test } from 'vitest'
import { applyMapEdit, unmappedSteps } from '../../../../../shared/core/edit/applyMapEdit.ts'
import type { MapEdit } from '../../../../../shared/core/edit/edit.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { at, makeCheckpoint, makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'

const decision = {
  seq: 3,
  at: at(3),
  step: step('charge'),
  decision: 'skip',
  by: 'ada',
  reason: null,
} as const
const before = makeRun({
  steps: {
    build: makeStep('succeeded'),
    charge: makeStep('failed'),
    'charge[0]': makeStep('failed'),
    mail: makeStep('pending'),
  },
  checkpoints: [makeCheckpoint(3, { step: step('charge') }), makeCheckpoint(4)],
  decisions: [decision],
})

function mapTo(
  steps: readonly string[],
  mapping: Readonly<Record<string, string>> = {},
  name = 'shop',
): MapEdit {
  const definition = { ...makeDefinition(Object.fromEntries(steps.map((one) => [one, {}]))), name }
  const workflow = { ...before.workflow, version: '2', definition }
  const pairs = Object.entries(mapping).map(([was, now]) => [was, step(now)])
  return { kind: 'mapSteps', workflow, mapping: Object.fromEntries(pairs) as MapEdit['mapping'] }
}

test('[M21] what ran stands under its new name, in checkpoints and decisions too; what is new is pending', () => {
  const applied = applyMapEdit(
    before,
    mapTo(['build', 'pay', 'mail', 'audit', 'log'], { charge: 'pay', other: 'x' }),
  )
  if (applied.kind === 'refused') throw new Error(applied.sentence)
  expect(Object.entries(applied.run.steps).map(([name, { status }]) => [name, status])).toEqual([
    ['build', 'succeeded'],
    ['pay', 'failed'],
    ['pay[0]', 'failed'],
    ['mail', 'pending'],
    ['audit', 'pending'],
    ['log', 'pending'],
  ])
  expect(applied.run.workflow.version).toBe('2')
  expect(applied.run.checkpoints.map((one) => one.step)).toEqual(['pay', null])
  expect(applied.run.decisions.map((one) => one.step)).toEqual(['pay'])
  expect(applied.also).toEqual(['New and pending: audit, log.'])
})

test('[M21] where every step has its place nothing is added', () => {
  expect(applyMapEdit(before, mapTo(['build', 'charge', 'mail']))).toMatchObject({
    kind: 'ok',
    also: [],
  })
})

const completed: Run = { ...before, status: 'completed', finishedAt: at(9) }
test.each<[Run, MapEdit, string, string]>([
  [completed, mapTo(['build']), '/workflow', 'It is completed: nothing of it is left to run.'],
  [
    before,
    mapTo(['build'], {}, 'other'),
    '/workflow',
    'It is a run of shop, and the definition is that of other.',
  ],
  [
    before,
    mapTo(['build', 'mail']),
    '/steps/charge',
    'The definition has no step charge, and nothing stands for it. Map it.',
  ],
  [
    before,
    mapTo(['mail']),
    '/steps/build',
    'The definition has none of the steps build, charge, and nothing stands for it. Map it.',
  ],
  [
    before,
    mapTo(['build', 'mail'], { charge: 'pay' }),
    '/workflow',
    'The definition has no step pay, to which charge is mapped.',
  ],
  [
    before,
    mapTo(['build', 'pay'], { charge: 'pay', mail: 'pay' }),
    '/workflow',
    'Both charge and mail are mapped to pay. A step stands for one only.',
  ],
  [
    before,
    mapTo(['build', 'mail'], { charge: 'mail' }),
    '/workflow',
    'charge is mapped to mail, which is a step of the run itself. Map that one too.',
  ],
])('[M21] a run that has no place there is refused: %#', (run, edit, path, sentence) => {
  expect(applyMapEdit(run, edit)).toEqual({ kind: 'refused', path, sentence })
})

test('[M21] two steps can change places', () => {
  const applied = applyMapEdit(
    before,
    mapTo(['build', 'charge', 'mail'], { charge: 'mail', mail: 'charge' }),
  )
  expect(applied).toMatchObject({
    kind: 'ok',
    run: { steps: { mail: { status: 'failed' }, charge: { status: 'pending' } } },
  })
})

test('[M22] what has no place is told, with what may stand for it', () => {
  expect(unmappedSteps(before, mapTo(['build', 'charged', 'mail']).workflow)).toMatchObject({
    missing: ['charge'],
    added: ['charged'],
  })
})
