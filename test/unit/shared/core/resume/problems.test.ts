import { describe, expect, test } from 'vitest'
import {
  at,
  makeAttempt,
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
  step,
} from './makeRun.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import type { ResumeDecision, StepTrace } from '../../../../../shared/core/resume/resumePlan.ts'
import { planOf, runWith } from './planOf.ts'

const names = (count: number, start = 's') =>
  Array.from({ length: count }, (_, index) => `${start}${index}`)
const each = <Value>(keys: readonly string[], value: Value) =>
  Object.fromEntries(keys.map((key) => [key, value]))
const pending = makeStep('pending')

describe('what forbids a resume', () => {
  test('[S21] [S22] the run itself: its kind, its end, and whoever carries it', () => {
    expect(problemsIn({ run: makeRun({ kind: 'session', steps: {} }) })).toEqual([
      'shop-20260102t000000z-abcd is a session, which has no steps that could be run.',
    ])
    expect(problemsIn({ liveness: 'alive' })).toEqual([
      'A process carries the run right now. Wait for it, pause it, or make a fork.',
    ])
    expect(problemsIn({ liveness: 'unknown' })).toEqual([
      'The process that holds the run may still live; from here that cannot be told. Look on its machine, or make a fork.',
    ])
    expect(problemsIn({ liveness: 'none' })).toEqual([])
  })

  test('[S21] a completed run is forked only from a checkpoint that it has left behind', () => {
    const done = makeStep('succeeded')
    const run = makeRun({ status: 'completed', steps: { build: done, charge: done, mail: done } })
    const from = makeCheckpoint(5)
    const isRefused = (given: Parameters<typeof planOf>[0]) =>
      planOf({ run, latest: run, ...given }).problems.some((one) =>
        one.startsWith('The run is completed.'),
      )
    expect(isRefused({ fork: true })).toBe(true)
    expect(isRefused({ fork: true, from, isLatest: true })).toBe(true)
    expect(isRefused({ from, isLatest: true })).toBe(true)
    expect(isRefused({ from, isLatest: false })).toBe(false)
  })

  test('[S40] of a checkpoint that is not sound the first flaw is told, and how many others there are', () => {
    const torn = makeStep('running', { tries: 0 })
    const run = makeRun({ steps: { build: torn, charge: torn, mail: torn } })
    const [problem] = planOf({
      run,
      latest: run,
      from: makeCheckpoint(5),
      isLatest: false,
    }).problems
    expect(problem).toEqual(
      'The state at checkpoint after record 5 is not sound: The step build is running, but has no attempt that is open. (2 more like this.) Choose another checkpoint, or repair the run.',
    )
    expect(planOf({ run }).problems.filter((one) => one.includes('not sound'))).toEqual([])
  })

  test('[S40] a flaw of the definition is told of the definition, not of the checkpoint', () => {
    const definition = makeDefinition({ a: { needs: [step('b')] }, b: { needs: [step('a')] } })
    const run = runWith(definition, { a: pending, b: pending })
    const given = { run, latest: run, from: makeCheckpoint(5), isLatest: false }
    expect(planOf(given).problems).toEqual([
      'The steps a -> b -> a need each other in a circle: none of them can start.',
    ])
  })

  test('[S23] a run without any definition is planned all the same, and says only that', () => {
    const file = { what: 'module', path: '/srv/m.ts' } as const
    const place = { user: 'ada', host: 'mill', folder: null, environment: [] }
    const run = makeRun({ steps: { build: makeStep('failed', { key: 'k' }), charge: pending } })
    const plan = planOf({
      run,
      definition: null,
      current: null,
      here: place,
      missingFiles: { build: [file] },
      lost: { maybe: ['build'], unnamed: 0, records: 1 },
    })
    expect(plan.steps.map(({ action, rule }) => [action, rule])).toEqual([
      ['blocked', 'S20'],
      ['blocked', 'S20'],
    ])
    expect(plan.problems).toEqual([
      'The run does not carry its definition. Name the file that it is in, and use the definition as it is now.',
    ])
    expect(plan.notes).toEqual([])
    expect(plan.byProgram).toBe(false)
  })

  test('[S23] without a definition it is said where one could come from', () => {
    const run = makeRun()
    expect(planOf({ run, definition: null, current: null }).problems).toEqual([
      'The run does not carry its definition. Name the file that it is in, and use the definition as it is now.',
    ])
    expect(planOf({ run, current: null, use: 'current' }).problems).toEqual([
      'There is no definition to go by as it is now: it cannot be read.',
    ])
  })

  test('[S23] [M13] steps that the definition lost, without a guess', () => {
    const current = makeDefinition({ build: { sideEffects: 'none' } })
    expect(planOf({ current, use: 'current' }).problems).toEqual([
      'The definition as it is now has no step charge, mail. Use the recorded one, put them back, or map them to the steps that it has instead.',
    ])
  })

  test('[S23] [M13] without a recorded definition the steps of the run are compared, items by their step', () => {
    const run = makeRun({ steps: { build: pending, scan: pending, 'scan[0]': pending } })
    const compared = (steps: Parameters<typeof makeDefinition>[0]) => {
      const current = makeDefinition(steps)
      const { changed, missing, added, altered } = planOf({
        run,
        definition: null,
        current,
        use: 'current',
      }).definition
      return { changed, missing, added, altered }
    }
    expect(compared({ build: {}, scan: { forEach: ['a'] } })).toEqual({
      changed: false,
      missing: [],
      added: [],
      altered: [],
    })
    expect(compared({ build: {} })).toEqual({
      changed: true,
      missing: ['scan'],
      added: [],
      altered: [],
    })
    expect(compared({ build: {}, scan: {}, mail: {} })).toEqual({
      changed: true,
      missing: [],
      added: ['mail'],
      altered: [],
    })
    expect(compared({ build: {}, mail: {} })).toEqual({
      changed: true,
      missing: ['scan'],
      added: ['mail'],
      altered: [],
    })
    const unread = planOf({ run, current: null, currentProblem: 'It is gone.' }).definition
    expect(unread).toEqual({
      use: 'recorded',
      changed: false,
      missing: [],
      added: [],
      altered: [],
      proposed: [],
      problem: 'It is gone.',
      mapping: {},
    })
  })

  test('[S43] a step that is under way keeps its name until it has ended, but for a fork', () => {
    const current = makeDefinition({ build: {}, pay: {}, mail: {} })
    const run = makeRun({
      steps: { build: makeStep('succeeded'), charge: makeStep('running'), mail: pending },
    })
    const given = { run, current, use: 'current', mapping: { charge: 'pay' } } as const
    const told = (charge: StepTrace, fork = false) =>
      planOf({ ...given, traces: { charge }, fork }).problems.filter((one) =>
        one.includes('under way'),
      )
    expect(told({ kind: 'alive', pid: 7 })).toEqual([
      'charge is under way, so it cannot become pay yet. Resume with the recorded definition until it has ended, or make a fork.',
    ])
    expect(told({ kind: 'finished', exitCode: 0 })).toHaveLength(1)
    expect(told({ kind: 'gone' })).toEqual([])
    expect(told({ kind: 'alive', pid: 7 }, true)).toEqual([])
  })

  test('[S44] of many functions five are named, and what stays as it is needs none', () => {
    const functions = names(7)
    const definition = makeDefinition(
      each([...functions, 'kept', 'done', 'plain'], { run: undefined, function: 'f' }),
    )
    const steps = {
      ...each(functions, pending),
      done: makeStep('succeeded'),
      kept: makeStep('skipped', { skippedBy: 'person' }),
    }
    const plain = { ...definition.steps, [step('plain')]: { run: 'true' } }
    const run = runWith({ ...definition, steps: plain }, { ...steps, plain: pending })
    expect(planOf({ run }).problems).toEqual([
      's0, s1, s2, s3, s4 and 2 more are functions of the program that began the run: only that program can resume it.',
    ])
    expect(planOf({ run, functions: ['f'] }).problems).toEqual([])
    expect(planOf({ run, functions: ['g'] }).problems).toHaveLength(1)
  })

  test('[S44] the command that resumes it is one only where all of it is words', () => {
    const definition = makeDefinition({ build: {}, mail: { run: undefined, function: 'mail' } })
    const base = runWith(definition, { build: pending, mail: pending })
    const commandOf = (resumeCommand: Json, part: 'workflow' | 'place' = 'workflow') =>
      planOf({ run: { ...base, [part]: { ...base[part], resumeCommand } } }).command
    expect(commandOf(['node', 'x.js'])).toEqual(['node', 'x.js'])
    expect(commandOf(['node', 'x.js'], 'place')).toEqual(['node', 'x.js'])
    expect([commandOf([]), commandOf(['node', 7]), commandOf('node')]).toEqual([null, null, null])
  })

  test('[S26] it stops only after a step of the definition that will run', () => {
    const run = makeRun({
      steps: {
        build: makeStep('skipped', { skippedBy: 'person' }),
        charge: pending,
        mail: pending,
        extra: makeStep('failed'),
      },
    })
    const after = (name: string) => planOf({ run, stopAfter: step(name) }).problems
    expect(after('extra')).toEqual([
      'The resume cannot stop after extra: the definition has no such step.',
    ])
    expect(after('build')).toEqual([
      'The resume cannot stop after build: it is done already. Name a step that will run.',
    ])
    expect(after('charge')).toEqual([])
  })

  test('[S26] and after one whose result is reused by default, because a person may say otherwise', () => {
    const from = makeCheckpoint(5)
    const base = { build: makeStep('succeeded'), charge: pending, mail: pending }
    const latest = makeRun({ steps: { ...base, charge: makeStep('succeeded') } })
    const plan = planOf({
      run: makeRun({ steps: base }),
      latest,
      from,
      isLatest: false,
      stopAfter: step('charge'),
    })
    expect(plan.problems).toEqual([])
  })

  test('[S24] of very many open questions fifty are asked', () => {
    const steps = names(53)
    const definition = makeDefinition(each(steps, {}))
    const run = runWith(definition, each(steps, makeStep('running')))
    const { problems } = planOf({ run })
    expect(problems).toHaveLength(51)
    expect(problems.at(-1)).toBe('Decide about 3 more steps.')
    const fewer = runWith(
      makeDefinition(each(steps.slice(3), {})),
      each(steps.slice(3), makeStep('running')),
    )
    expect(planOf({ run: fewer }).problems).toHaveLength(50)
    const oneMore = runWith(
      makeDefinition(each(steps.slice(2), {})),
      each(steps.slice(2), makeStep('running')),
    )
    expect(planOf({ run: oneMore }).problems.at(-1)).toBe('Decide about one more step.')
  })

  test('[S14] what was decided is the reason, in words', () => {
    const run = makeRun({
      steps: { build: makeStep('succeeded'), charge: makeStep('running'), mail: pending },
    })
    const said = (decision: ResumeDecision) => {
      const plan = planOf({ run, decisions: { charge: decision } })
      return [plan.steps[1]?.reason, ...plan.problems]
    }
    expect(said({ kind: 'happened', output: null })).toEqual([
      'You say that charge happened: the output that you give is used.',
    ])
    expect(said({ kind: 'rerun' })).toEqual(['You say that charge is to run again.'])
    expect(said({ kind: 'skip' })).toEqual(['You say that charge is to be skipped.'])
    expect(said({ kind: 'stop' })).toEqual([
      'You say that the run is to stop at charge.',
      'You say that the run is to stop at charge. Decide otherwise to resume it.',
    ])
    expect(said({ kind: 'reuse' })).toEqual([
      'charge had begun and its result is unknown: it may already have had its effect. Say what happened.',
      'Decide about charge: it happened, run it again, skip it, or stop.',
      'There is no result of charge to reuse. Decide otherwise.',
    ])
  })

  test('[S35] so is the reuse of a result that came later', () => {
    const from = makeCheckpoint(5)
    const base = { build: makeStep('succeeded'), charge: pending, mail: pending }
    const latest = makeRun({ steps: { ...base, charge: makeStep('succeeded') } })
    const plan = planOf({
      run: makeRun({ steps: base }),
      latest,
      from,
      isLatest: false,
      decisions: { charge: { kind: 'reuse' } },
    })
    expect(plan.steps[1]).toMatchObject({
      action: 'reuse',
      rule: 'S14',
      byDefault: false,
      reason: 'You say that the result of charge in the original run is reused.',
    })
  })
})

describe('a run that a step waits for', () => {
  const definition = makeDefinition({ child: { run: undefined, workflow: './child.yaml' } })
  const failed = makeStep('failed', {
    attempts: [
      makeAttempt(1, {
        outcome: 'failed',
        finishedAt: at(2),
        error: { name: 'Child', message: 'It failed.', code: 'child-1', stack: null },
      }),
    ],
  })
  const run = runWith(definition, { child: failed }, { status: 'failed' })
  const child = (given: object) =>
    planOf({ run, children: { child: { run: 'child-1', status: 'failed', open: [], ...given } } })

  test('[S49] is resumed first where it has open questions, and says what forbids it', () => {
    expect(child({}).steps.map(({ action, rule, reason }) => [action, rule, reason])).toEqual([
      [
        'run',
        'S49',
        'child goes on with the run child-1 (failed): what succeeded in it is not repeated.',
      ],
    ])
    expect(child({}).problems).toEqual([])
    expect(child({ open: ['pay', 'ship'] }).problems).toEqual([
      'Decide about pay, ship of the run child-1 first: resume that run, then this one.',
    ])
    expect(child({ problem: 'It is locked.' }).problems).toEqual([
      'The run child-1 of child cannot go on: It is locked.',
    ])
  })
})

describe('what a repair lost', () => {
  const lost = { maybe: ['build', 'charge', 'scan'], unnamed: 0, records: 2 }
  test('[R92] steps that would run now are asked about, until a person says that they know', () => {
    const run = makeRun({ steps: { build: makeStep('succeeded'), charge: pending, mail: pending } })
    const plan = planOf({ run, lost })
    expect(plan.loss).toEqual({
      sentence: 'Up to 2 records are lost: the step charge may have run in them.',
      steps: ['charge'],
      accepted: false,
    })
    expect(plan.problems).toEqual([
      'A repair could not save everything. Up to 2 records are lost: the step charge may have run in them. Look at what they did, then say that you know of it.',
    ])
    const known = planOf({ run, lost, acceptLoss: true })
    expect([known.loss?.accepted, known.problems]).toEqual([true, []])
  })

  test('[R92] what does not run now, or was decided, is no loss; what has no name is', () => {
    const done = makeStep('succeeded')
    const run = makeRun({ steps: { build: done, charge: done, mail: pending } })
    expect(planOf({ run, lost }).loss).toBeNull()
    expect(planOf({ run, lost: null }).loss).toBeNull()
    expect(planOf({ run, lost: { ...lost, unnamed: 1 } }).loss?.sentence).toEqual(
      '1 step is lost of which nothing tells the name: it may have run.',
    )
    const inDoubt = makeRun({ steps: { build: done, charge: makeStep('running'), mail: pending } })
    expect(planOf({ run: inDoubt, lost, decisions: { charge: { kind: 'rerun' } } }).loss).toBeNull()
  })

  test('[R92] items are meant by their step, and a renamed step by its recorded name', () => {
    const definition = makeDefinition({ scan: { forEach: ['a', 'b'], sideEffects: 'none' } })
    const steps = {
      scan: makeStep('waiting', { waitingOn: { kind: 'items', total: 2 } }),
      'scan[0]': pending,
      'scan[1]': makeStep('succeeded'),
    }
    expect(planOf({ run: runWith(definition, steps), lost }).loss?.steps).toContain('scan[0]')
    const current = makeDefinition({ compile: {}, charge: {}, mail: {} })
    const renamed = planOf({
      current,
      use: 'current',
      mapping: { build: 'compile' },
      lost: { ...lost, maybe: ['build'] },
    })
    expect(renamed.loss?.steps).toEqual(['build'])
  })

  test('[R92] of very many steps two hundred are listed, and all are counted', () => {
    const all = names(230)
    const run = runWith(makeDefinition(each(all, {})), each(all, pending))
    const { loss } = planOf({ run, lost: { ...lost, maybe: all } })
    expect([loss?.steps.length, loss?.sentence]).toEqual([
      200,
      'Up to 2 records are lost: 230 steps s0, s1, s2, s3, s4, s5, s6, s7 and 222 more may have run in them.',
    ])
    expect(problemsOf({ run, lost: { ...lost, maybe: all } })).toHaveLength(1)
  })
})

function problemsIn(given: Parameters<typeof planOf>[0]) {
  return planOf(given).problems
}

function problemsOf(given: Parameters<typeof planOf>[0]) {
  return planOf(given).problems
}
