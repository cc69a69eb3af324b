import { expect, test } from 'vitest'
import { attemptRules } from '../../../../../shared/core/diagnose/attemptRules.ts'
import type { DiagnosisRow } from '../../../../../shared/core/diagnose/diagnoseFacts.ts'
import type { Attempt, Run, RunError } from '../../../../../shared/schema/run.ts'
import { at, makeAttempt, makeDefinition, makeRun, makeStep } from '../resume/makeRun.ts'

/** The rows of one rule; of the facts these rules look at the run alone. */
function rowsOf(rule: string, run: Run): readonly DiagnosisRow[] {
  const facts = {
    run,
    health: 'ok',
    version: 3,
    liveness: 'none',
    holder: null,
    heldHere: false,
    inDoubt: [],
    traces: {},
    findings: [],
    trusted: true,
    now: at(30),
    formatLabel: 'Unstuck',
  } as const
  return attemptRules.find(({ id }) => id === rule)?.find(facts) ?? []
}

function sentencesOf(run: Run): readonly string[] {
  return rowsOf('G42', run).map(({ sentence }) => sentence)
}

function errorOf(message: string, name = 'Refused', code: string | null = null): RunError {
  return { name, message, code, stack: null }
}

function attemptsOf(errors: readonly (RunError | null)[]): readonly Attempt[] {
  return errors.map((error, index) =>
    makeAttempt(index + 1, { outcome: 'failed', error, finishedAt: at(index + 2) }),
  )
}

function runOf(
  status: 'failed' | 'waiting' | 'running' | 'succeeded',
  attempts: readonly Attempt[],
  given: Partial<Run> = {},
): Run {
  return makeRun({ ...given, steps: { build: makeStep(status, { attempts: [...attempts] }) } })
}

const passedOver = {
  ...makeRun().workflow,
  definition: makeDefinition({ build: { continueOnError: true } }),
}

test('[G42] two alike attempts of a failed step, whatever numbers and further lines are in their text', () => {
  const errors = [
    errorOf('connection 17 refused\nlater'),
    errorOf('connection 18 refused\nat noon'),
  ]
  expect(rowsOf('G42', runOf('failed', attemptsOf(errors)))).toEqual([
    {
      severity: 'attention',
      sentence: 'build failed 2 times with the same error: another attempt alone will hardly help.',
      evidence: [
        { label: 'Error', value: 'Refused: connection 18 refused\nat noon' },
        { label: 'First', value: at(2) },
        { label: 'Last', value: at(3) },
      ],
      action: { kind: 'openStep', label: 'Look at build', step: 'build' },
      step: 'build',
      log: { step: 'build', attempt: 2 },
    },
  ])
})

test('[G42] only the newest attempts that ended alike count: another message, class or code is another error', () => {
  const same = errorOf('disk 1 is full')
  const others = [
    errorOf('no answer'),
    errorOf('disk 1 is full', 'Other'),
    errorOf('disk 1 is full', 'Refused', 'E1'),
    null,
  ]
  for (const other of others) {
    expect(rowsOf('G42', runOf('failed', attemptsOf([same, other])))).toEqual([])
    const [found] = rowsOf('G42', runOf('failed', attemptsOf([same, other, same, same])))
    expect(found?.sentence).toContain('failed 2 times')
    expect(found?.evidence[1]).toEqual({ label: 'First', value: at(4) })
  }
})

test('[G42] while it still tries, two attempts are no sign and three are, and the one that runs is none', () => {
  const same = errorOf('no answer')
  const running = makeAttempt(4)
  const thrice = [
    'build failed 3 times with the same error: another attempt alone will hardly help.',
  ]
  expect(sentencesOf(runOf('waiting', attemptsOf([same, same])))).toEqual([])
  expect(sentencesOf(runOf('waiting', attemptsOf([same, same, same])))).toEqual(thrice)
  expect(sentencesOf(runOf('running', [...attemptsOf([same, same, same]), running]))).toEqual(
    thrice,
  )
  expect(sentencesOf(runOf('running', [...attemptsOf([same, same]), running]))).toEqual([])
  expect(sentencesOf(runOf('failed', [running]))).toEqual([])
})

test('[G42] [G43] nothing of a run that is over, of a step that went well, or of one that may fail', () => {
  const lost = errorOf('its file is gone', 'OutputLost')
  const twice = attemptsOf([lost, lost])
  for (const rule of ['G42', 'G43']) {
    expect(rowsOf(rule, runOf('failed', twice))).toHaveLength(1)
    expect(rowsOf(rule, runOf('failed', twice, { status: 'completed' }))).toEqual([])
    expect(rowsOf(rule, runOf('failed', twice, { status: 'cancelled' }))).toEqual([])
    expect(rowsOf(rule, runOf('succeeded', twice))).toEqual([])
    expect(rowsOf(rule, runOf('failed', twice, { workflow: passedOver }))).toEqual([])
    const unknown = { ...makeRun().workflow, definition: null }
    expect(rowsOf(rule, runOf('failed', twice, { workflow: unknown }))).toHaveLength(1)
  }
})

test.each([
  ['OutputTooLarge', 'returned too much'],
  ['OutputLost', 'returned something that was lost'],
  ['InvalidOutput', 'returned something that cannot be kept'],
  ['NoResult', 'returned nothing'],
  ['Expression', 'needs something that is not there'],
])('[G43] %s: it is said that the step %s', (name, what) => {
  const error = errorOf(`Step build: ${'x'.repeat(10)} and why`, name)
  expect(rowsOf('G43', runOf('failed', attemptsOf([error])))).toEqual([
    {
      severity: 'attention',
      sentence: `build ${what}: xxxxxxxxxx and why`,
      evidence: [{ label: 'Error', value: `${name}: Step build: xxxxxxxxxx and why` }],
      action: { kind: 'openStep', label: 'Look at build', step: 'build' },
      step: 'build',
      log: { step: 'build', attempt: 1 },
    },
  ])
})

test('[G42] [G43] of a very long error the first 2,000 characters are evidence', () => {
  const error = errorOf('y'.repeat(5000), 'NoResult')
  const run = runOf('failed', attemptsOf([error, error]))
  for (const rule of ['G42', 'G43'])
    expect(rowsOf(rule, run)[0]?.evidence[0]?.value).toBe(`NoResult: ${'y'.repeat(2000)}`)
})

test('[G43] any other error, none, and a step that was never tried say nothing of an output', () => {
  for (const attempts of [attemptsOf([errorOf('x')]), attemptsOf([null]), []])
    expect(rowsOf('G43', runOf('failed', attempts))).toEqual([])
})
