import { expect, test } from 'vitest'
import { check } from '../../../../../shared/core/integrity/check.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { makeDefinition, makeRun, makeStep, step, type RunParts } from '../resume/makeRun.ts'

function said(run: Run, rule: string) {
  return check(run)
    .filter((finding) => finding.rule === rule)
    .map(({ pointer, sentence }) => [pointer, sentence])
}

function withSteps(steps: RunParts['steps'], definition = makeRun().workflow.definition): Run {
  return makeRun({
    steps: { ...makeRun().steps, ...steps },
    workflow: { ...makeRun().workflow, definition },
  })
}

const openNeed = (status: string, need: string) => [
  ['/steps/charge/status', `The step charge is ${status}, but build, which it needs, is ${need}.`],
]

test('[I53] a step that runs or is done, with a need that has not ended', () => {
  const charge = { charge: makeStep('running') }
  expect(said(withSteps(charge), 'I53')).toEqual(openNeed('running', 'pending'))
  expect(said(withSteps({ charge: makeStep('succeeded') }), 'I53')).toEqual(
    openNeed('succeeded', 'pending'),
  )
  expect(said(withSteps({ ...charge, build: makeStep('running') }), 'I53')).toEqual(
    openNeed('running', 'running'),
  )
  const others = Object.fromEntries(
    Object.entries(makeRun().steps).filter(([name]) => name !== 'build'),
  )
  expect(said(makeRun({ steps: { ...others, ...charge } }), 'I53')).toEqual(
    openNeed('running', 'pending'),
  )
})

test('[I53] a step that has not begun, or whose needs have ended, is sound', () => {
  expect(said(withSteps({ charge: makeStep('failed') }), 'I53')).toEqual([])
  expect(said(withSteps({ build: makeStep('running') }), 'I53')).toEqual([])
  const begun = { charge: makeStep('running'), build: makeStep('succeeded') }
  expect(said(withSteps(begun), 'I53')).toEqual([])
  expect(said(withSteps({ odd: makeStep('running') }), 'I53')).toEqual([])
})

const looking = (when: string) =>
  makeDefinition({ build: {}, charge: { needs: [step('build')], when }, mail: {} })

test('[I53] a step that looks at how its needs ended may run before they do once more', () => {
  const steps = { charge: makeStep('running') }
  expect(said(withSteps(steps, looking('failed()')), 'I53')).toEqual([])
  expect(said(withSteps(steps, looking('inputs.go == true')), 'I53')).toHaveLength(1)
})

test('[I54] the name and version of the run are those of the definition that it carries', () => {
  const { workflow } = makeRun()
  const definition = workflow.definition === null ? null : { ...workflow.definition, version: '2' }
  const told = (given: Partial<Run['workflow']>) =>
    said(makeRun({ workflow: { ...workflow, ...given } }), 'I54')
  expect(told({ name: 'mail', version: '1' })).toEqual([
    ['/workflow/definition', 'The run is one of mail 1, but carries the definition of shop.'],
  ])
  expect(told({ definition, version: null })).toEqual([
    ['/workflow/definition', 'The run is one of shop, but carries the definition of shop 2.'],
  ])
  expect(told({ definition, version: '2' })).toEqual([])
  expect(told({ version: '7' })).toEqual([])
})

test.each([
  `SHA256:${'0'.repeat(64)}`,
  `sha256:${'0'.repeat(63)}`,
  `sha256:${'0'.repeat(65)}`,
  `xsha256:${'0'.repeat(64)}`,
  `sha256:${'G'.repeat(64)}`,
])('[I55] %s is no digest', (digest) => {
  const run = makeRun({ workflow: { ...makeRun().workflow, digest } })
  expect(said(run, 'I55')).toEqual([
    ['/workflow/digest', `The digest of the definition is none: ${digest.slice(0, 80)}`],
  ])
})

test('[I55] of a long one the start is told', () => {
  const run = makeRun({ workflow: { ...makeRun().workflow, digest: 'x'.repeat(200) } })
  expect(said(run, 'I55')[0]?.[1]).toHaveLength(
    'The digest of the definition is none: '.length + 80,
  )
})

test('[I25] a run without a definition has nothing to contradict', () => {
  const steps = { odd: makeStep('running') }
  const workflow = { ...makeRun().workflow, name: 'other', definition: null }
  expect(check(makeRun({ workflow, steps }))).toEqual([])
})
