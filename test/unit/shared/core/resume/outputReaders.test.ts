import { expect, it } from 'vitest'
import { readSentences } from '../../../../../shared/core/resume/outputReaders.ts'
import type { ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { makeDefinition, makeStep, step } from './makeRun.ts'
import { planOf, runWith } from './planOf.ts'

const definition = {
  ...makeDefinition({
    charge: { sideEffects: 'external' },
    receipt: {
      needs: [step('charge')],
      environment: {
        ID: '${{ steps.charge.output.id }}',
        OF: '${{ steps.charge.output.lines[0] }}',
      },
    },
    label: { needs: [step('charge')] },
    report: { needs: [step('label')], when: 'steps.charge.status == "succeeded"' },
  }),
  output: '${{ steps.charge.output }}',
}
const steps = {
  charge: makeStep('running'),
  receipt: makeStep('pending'),
  label: makeStep('pending'),
  report: makeStep('pending'),
}
const doubt = (decisions: ResumeInput['decisions'], given: object = {}) =>
  planOf({
    run: runWith(definition, { ...steps, ...given }),
    decisions,
    traces: { charge: { kind: 'gone' } },
  })
const rowOf = (plan: ReturnType<typeof planOf>, name: string) =>
  plan.steps.find((row) => row.step === name)
const happened = (output: Json) => doubt({ charge: { kind: 'happened', output } })
const said = (plan: ReturnType<typeof planOf>) =>
  plan.notes.flatMap(({ about, sentence }) => (about === 'output' ? [sentence] : []))

it('[R111] a step in doubt is told with who gets its output', () => {
  const readBy = [
    {
      step: 'receipt',
      reads: [
        { name: 'steps.charge.output.id', path: ['id'] },
        { name: 'steps.charge.output.lines', path: ['lines'] },
      ],
    },
    { step: 'label', reads: [] },
    { step: null, reads: [{ name: 'steps.charge.output', path: [] }] },
  ]
  expect(rowOf(doubt({}), 'charge')?.readBy).toEqual(readBy)
  expect(rowOf(happened({ id: 7 }), 'charge')?.readBy).toEqual(readBy)
  expect(rowOf(doubt({}), 'receipt')?.readBy).toEqual([])
})

it('[R111] who has ended already gets it no more', () => {
  const plan = doubt({}, { receipt: makeStep('succeeded'), label: makeStep('succeeded') })
  expect(rowOf(plan, 'charge')?.readBy.map((reader) => reader.step)).toEqual([null])
})

it('[R112] what is read and not given is told', () => {
  expect(said(happened({ id: 7, lines: ['a'] }))).toEqual([])
  expect(said(happened({ id: null }))).toEqual([
    'receipt reads steps.charge.output.id, steps.charge.output.lines, which the output that you give for charge does not have.',
  ])
  expect(said(happened(null))).toEqual([
    'receipt reads steps.charge.output.id, steps.charge.output.lines, which the output that you give for charge does not have.',
    'The output of the workflow reads steps.charge.output, which the output that you give for charge does not have.',
  ])
  expect(said(doubt({ charge: { kind: 'rerun' } }))).toEqual([])
})

it('[R113] what is read by name is told a sentence a reader, and not who only needs the step', () => {
  const row = rowOf(doubt({}), 'charge')
  expect(row === undefined ? [] : readSentences(row)).toEqual([
    'receipt reads steps.charge.output.id, steps.charge.output.lines',
    'The output of the workflow reads steps.charge.output',
  ])
})

it('[R111] nobody gets the output of a step that nobody is asked about', () => {
  const plan = planOf({ run: runWith(definition, { ...steps, charge: makeStep('pending') }) })
  expect(plan.steps.map(({ readBy }) => readBy)).toEqual([[], [], [], []])
})
