import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { awfText, context, failedId, sampleText, samples, setOf, type Sample } from './awfSets.ts'

const renamed = (text: string) => text.replace('"CurrentStep": "error"', '"CurrentStep": "eror"')
const plan = (sample: Sample, from: string | null, change = (text: string) => text) => {
  const [document] = samples[sample]
  const set = setOf(document, change(sampleText(sample)), {
    'workflows/deploy.yaml': awfText('sets/awf/workflows/deploy.yaml'),
    'workflows/nofail.yaml': awfText('sets/awf/workflows/nofail.yaml'),
  })
  return awf.resume(set, { from }, context)
}
const does = ({ steps }: ReturnType<typeof plan>) => steps.map((step) => [step.step, step.does])

test('[F38] a plain resume of a run that failed into an end reaches the end again', () => {
  const planned = plan('failed', null)
  expect(planned.command).toEqual(['awf', 'resume', failedId, '--storage', '.'])
  expect(does(planned)).toEqual([
    ['build', 'reuse'],
    ['test', 'reuse'],
    ['error', 'unknown'],
  ])
  expect(planned.warnings[0]).toBe(
    'AWF goes on with error, the end to which the failure led, and fails again. Resume from test.',
  )
  expect(planned.problems).toEqual([])
})

test('[F38] from a step: it runs whatever its state is, newer ones are deleted, and what follows runs', () => {
  const planned = plan('failed', 'test')
  expect(planned.command).toEqual(['awf', 'resume', failedId, '--from', 'test', '--storage', '.'])
  expect(does(planned)).toEqual([
    ['build', 'reuse'],
    ['test', 'run'],
    ['release', 'run'],
  ])
  const back = plan('failed', 'build')
  expect(does(back)).toEqual([
    ['build', 'runAgain'],
    ['test', 'run'],
    ['release', 'run'],
  ])
  expect(back.warnings).toContain('AWF runs "build" again although it is finished.')
  expect(back.warnings).toContain('AWF deletes the states of test, with their outputs.')
})

test('[F38] previous is the step other than the current one that ended last', () => {
  expect(does(plan('failed', 'previous'))[1]).toEqual(['test', 'run'])
  expect(does(plan('cancelled', 'previous'))[0]).toEqual(['build', 'runAgain'])
})

test('[F39] a run that was killed: its finished step runs again, and the next one may have begun', () => {
  const planned = plan('cancelled', null, killed)
  expect(does(planned)).toEqual([
    ['build', 'runAgain'],
    ['slow', 'run'],
  ])
  expect(planned.warnings).toEqual([
    'AWF runs "build" again although it is finished.',
    'AWF deletes the states of slow, with their outputs.',
    'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
    'AWF runs the hooks of the start of the workflow again.',
    'Nothing keeps two resumes of one run apart: see that no other AWF works on it.',
    'In its history.db the run stays what it was when it first ended, also after it is completed.',
  ])
  expect(plan('failed', null).warnings).toContain(
    'AWF loads /Inputs/replicas as 9007199254740992, not 9007199254740993: give it again with --input.',
  )
})

test.each([
  ['completed', null, 'The run is completed: AWF refuses to resume it.'],
  [
    'pending',
    null,
    'The state names no current step: AWF has nothing to go on with. Run the workflow again.',
  ],
  [
    'failed',
    'release',
    'release has no state in this run: AWF goes on only from a step that has one.',
  ],
  ['failed', '--help', '--help begins with a hyphen: AWF takes it for an option.'],
  ['truncated', null, 'AWF cannot load the state: The text ends inside a string. Repair it first.'],
] as const)('[F38] what AWF refuses is said: %s from %s', (sample, from, problem) => {
  const planned = plan(sample, from)
  expect(planned.command).toBe(null)
  expect(planned.problems).toContain(problem)
})

test('[F38] a state that AWF does not load is not resumed', () => {
  const planned = plan('failed', 'test', (text) => text.replace('"ExitCode": 0', '"ExitCode": 0.5'))
  expect(planned).toMatchObject({
    command: null,
    problems: ['/ExitCode is not a whole number: AWF refuses the whole file.'],
  })
})

test('[F38] a step that the definition has no more is told', () => {
  expect(plan('failed', 'test', renamed).problems).toEqual([
    'The definition of deploy has no state eror any more: AWF refuses to resume the run.',
  ])
})

function killed(text: string): string {
  return text
    .replace('"Status": "cancelled"', '"Status": "running"')
    .replace('"CurrentStep": "slow"', '"CurrentStep": "build"')
}
