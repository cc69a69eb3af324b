import { expect, test } from 'vitest'
import { hasRested, observedSentence } from '../../../../renderer/features/resume/observed.ts'
import { resumeCommand } from '../../../../renderer/features/resume/resumeCommand.ts'
import { planSentence } from '../../../../renderer/features/resume/resumeText.ts'
import type { RunDetail } from '../../../../shared/contract/runs.ts'
import { ResumePlan, type ResumeStepAction } from '../../../../shared/core/resume/resumePlan.ts'
import type { StepStatus } from '../../../../shared/schema/run.ts'

const choices = {
  from: null,
  fork: false,
  definition: 'recorded',
  stopAfter: null,
  answers: {},
  inputsText: null,
  variables: null,
  mapping: {},
  acceptLoss: false,
} as const

function planOf(
  steps: readonly (readonly [ResumeStepAction, StepStatus])[],
  mode: ResumePlan['mode'] = 'same',
): ResumePlan {
  return ResumePlan.parse({
    run: 'pay-1',
    mode,
    from: null,
    steps: steps.map(([action, status], index) => ({
      step: `s${index}`,
      action,
      status,
      rule: 'S1',
      reason: '',
      sideEffects: 'none',
      expectedMs: null,
      options: [],
      decision: null,
    })),
    definition: {
      use: 'recorded',
      changed: false,
      missing: [],
      added: [],
      altered: [],
      problem: null,
    },
    stopAfter: null,
    problems: [],
    ready: true,
  })
}

test('the sentence counts what is reused, what runs again and what runs', () => {
  const plan = planOf([
    ['reuse', 'succeeded'],
    ['reuse', 'succeeded'],
    ['run', 'failed'],
    ['run', 'pending'],
  ])

  expect(planSentence(plan)).toBe('2 steps are reused, 1 runs again, 1 runs.')
})

test('a fork says that it is one', () => {
  expect(planSentence(planOf([['run', 'pending']], 'fork'))).toBe('In a fork: 1 runs.')
})

test('the command line says every choice, quoted for a shell', () => {
  const command = resumeCommand('pay-1', {
    ...choices,
    from: 'cp-2',
    fork: true,
    definition: 'current',
    definitionFile: '',
    stopAfter: 'charge',
    inputsText: '{"note":"it\'s"}',
    answers: {
      charge: { kind: 'happened', outputText: '{"id": 7}' },
      notify: { kind: 'rerun' },
      ledger: { kind: 'happened', outputText: '{' },
    },
  })

  expect(command).toBe(
    "unstuck resume pay-1 --from cp-2 --fork --current-definition --stop-after charge --input 'note=\"it'\\''s\"' --decide charge=happened --output 'charge={\"id\":7}' --decide notify=rerun",
  )
})

test.each([
  ['running', 'alive', false],
  ['running', 'unknown', false],
  ['pending', 'none', false],
  ['running', 'interrupted', true],
  ['failed', 'none', true],
  ['completed', 'none', true],
] as const)('%s and %s: rested is %s', (status, liveness, rested) => {
  expect(hasRested(detailOf(status, liveness))).toBe(rested)
})

test('done is said of a run that was read back as completed, and of no other', () => {
  const said = [
    observedSentence(null),
    observedSentence(detailOf('running', 'alive')),
    observedSentence(detailOf('failed', 'none')),
    observedSentence(detailOf('completed', 'none')),
  ]

  expect(said.map((sentence) => sentence.startsWith('Done'))).toEqual([false, false, false, true])
})

/** Only what the sentences look at. */
function detailOf(status: string, liveness: RunDetail['liveness']): RunDetail {
  return { liveness, diagnoses: [], run: { status, steps: [], stepsTotal: 0 } } as never
}
