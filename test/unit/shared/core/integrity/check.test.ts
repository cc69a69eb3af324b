import { describe, expect, it } from 'vitest'
import { check } from '../../../../../shared/core/integrity/check.ts'
import { rules } from '../../../../../shared/core/integrity/rules.ts'
import { Finding } from '../../../../../shared/core/integrity/finding.ts'
import type { Run, StepState } from '../../../../../shared/schema/run.ts'
import {
  at,
  checkpointId,
  makeAttempt,
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
  step,
  type RunParts,
} from '../resume/makeRun.ts'

const done = {
  build: makeStep('succeeded'),
  charge: makeStep('succeeded'),
  mail: makeStep('skipped', { skippedBy: 'person' }),
}

function breaches(run: Run) {
  return check(run).map(({ rule, pointer, sentence }) => [rule, pointer, sentence])
}

function withStep(build: RunParts['steps'], given: RunParts = {}) {
  return makeRun({ steps: { ...done, ...build }, ...given })
}

/** A step that others need, which have not begun. */
function alone(build: StepState) {
  return makeRun({ steps: { ...makeRun().steps, build } })
}

const last = (given: object) => ({
  attempts: [makeAttempt(1, { finishedAt: at(2), outcome: 'succeeded', ...given })],
})

describe('check', () => {
  it('[I25] a sound run has no finding, in any status', () => {
    expect(check(makeRun())).toEqual([])
    expect(check(makeRun({ status: 'completed', finishedAt: at(9), steps: done }))).toEqual([])
    expect(check(makeRun({ status: 'paused' }))).toEqual([])
  })

  it('[I1] a completed run has no step that is not finished', () => {
    const run = withStep(
      { charge: makeStep('failed'), mail: makeStep('pending') },
      { status: 'completed', finishedAt: at(9) },
    )
    expect(check(run)[0]).toEqual({
      rule: 'I1',
      severity: 'error',
      sentence: 'The run is completed, but its step charge is failed.',
      file: 'head',
      offset: null,
      line: null,
      column: null,
      pointer: '/steps/charge/status',
      remedy: 'Compare it with the journal, then edit the status or repair the run.',
    })
    expect(breaches(run)[1]).toEqual([
      'I1',
      '/steps/mail/status',
      'The run is completed, but its step mail is pending.',
    ])
  })

  it('[I1] a step that failed may stay behind where its definition says so', () => {
    const definition = makeDefinition({ lint: { continueOnError: true } })
    const workflow = { ...makeRun().workflow, definition }
    const steps = { lint: makeStep('failed') }
    expect(check(makeRun({ workflow, steps, status: 'completed', finishedAt: at(9) }))).toEqual([])
  })

  it('[I2] a failed run names what failed', () => {
    const run = withStep({}, { status: 'failed', finishedAt: at(9) })
    expect(breaches(run)).toEqual([
      ['I2', '/status', 'The run is failed, but no step failed and no error is given.'],
    ])
    const error = { name: 'E', message: 'm', code: null, stack: null }
    expect(check({ ...run, error })).toEqual([])
  })

  it.each(['completed', 'failed', 'cancelled', 'paused', 'pending'] as const)(
    '[I3] no step runs in a run that is %s',
    (status) => {
      const found = breaches(withStep({ charge: makeStep('running') }, { status }))
      expect(found).toContainEqual([
        'I3',
        '/steps/charge/status',
        `The step charge is running in a run that is ${status}.`,
      ])
    },
  )

  it('[I4] a run has an end exactly when it ended', () => {
    expect(breaches(withStep({}, { status: 'completed' }))).toEqual([
      ['I4', '/finishedAt', 'The run is completed, but nothing says when it ended.'],
    ])
    expect(breaches(withStep({}, { finishedAt: at(9) }))).toEqual([
      ['I4', '/finishedAt', `The run is running, but it has an end: ${at(9)}.`],
    ])
  })

  it('[I5] a run is not its own parent', () => {
    const { id } = makeRun()
    const lineage = { parent: id, checkpoint: null, relation: 'fork' } as const
    expect(breaches(makeRun({ lineage }))).toEqual([
      ['I5', '/lineage/parent', 'The run names itself as its parent.'],
    ])
  })

  it('[I6] a run ends after it started', () => {
    const run = withStep({}, { status: 'completed', startedAt: at(9), finishedAt: at(8) })
    expect(breaches(run)).toEqual([
      ['I6', '/finishedAt', `The run finished (${at(8)}) before it started (${at(9)}).`],
    ])
  })

  it('[I7] a run changes after it was created', () => {
    expect(breaches(makeRun({ createdAt: at(11), startedAt: at(12) }))).toEqual([
      [
        'I7',
        '/updatedAt',
        `The run was last changed (${at(10)}) before it was created (${at(11)}).`,
      ],
    ])
  })

  it('[I8] an attempt ends after it started', () => {
    const attempts = [makeAttempt(1, { startedAt: at(5), finishedAt: at(4), outcome: 'succeeded' })]
    expect(breaches(withStep({ build: makeStep('succeeded', { attempts }) }))).toEqual([
      [
        'I8',
        '/steps/build/attempts/0/finishedAt',
        `Attempt 1 of build finished (${at(4)}) before it started (${at(5)}).`,
      ],
    ])
  })

  it('[I9] attempts are numbered from 1 on', () => {
    const ended = { finishedAt: at(9), outcome: 'succeeded' } as const
    const attempts = [makeAttempt(1, ended), makeAttempt(3, { ...ended, startedAt: at(9) })]
    expect(breaches(withStep({ build: makeStep('succeeded', { attempts }) }))).toEqual([
      ['I9', '/steps/build/attempts/1/number', 'Attempt 2 of build has the number 3.'],
    ])
  })

  it('[I10] a step that runs has an open attempt', () => {
    expect(breaches(alone(makeStep('running', { attempts: [] })))).toEqual([
      [
        'I10',
        '/steps/build/attempts',
        'The step build is running, but has no attempt that is open.',
      ],
    ])
    const attempts = [makeAttempt(1, { finishedAt: at(9), outcome: 'failed' })]
    expect(breaches(withStep({ build: makeStep('running', { attempts }) }))[0]?.[0]).toBe('I10')
  })

  it('[I11] a step is skipped exactly when something says why', () => {
    expect(breaches(withStep({ build: makeStep('skipped') }))).toEqual([
      ['I11', '/steps/build/skippedBy', 'The step build was skipped, and nothing says why.'],
    ])
    expect(breaches(alone(makeStep('pending', { skippedBy: 'person' })))).toEqual([
      [
        'I11',
        '/steps/build/skippedBy',
        'The step build is pending, but is marked as skipped by person.',
      ],
    ])
  })

  it('[I12] a step that is finished waits for nothing', () => {
    const waitingOn = { kind: 'retry', until: at(99), attempt: 2 } as const
    expect(breaches(withStep({ build: makeStep('succeeded', { waitingOn }) }))).toEqual([
      ['I12', '/steps/build/waitingOn', 'The step build is succeeded, but still waits (retry).'],
    ])
  })

  it('[I13] a step that waits says what for', () => {
    expect(breaches(alone(makeStep('waiting')))).toEqual([
      ['I13', '/steps/build/waitingOn', 'The step build waits, and nothing says what for.'],
    ])
  })

  it('[I14] a checkpoint follows one that is there', () => {
    const checkpoints = [makeCheckpoint(3, { parent: checkpointId(2) })]
    expect(breaches(makeRun({ checkpoints }))).toEqual([
      [
        'I14',
        '/checkpoints/0/parent',
        'The checkpoint "after record 3" follows cp-2, which is not there.',
      ],
    ])
  })

  it('[I15] no two checkpoints have the same id', () => {
    const checkpoints = [makeCheckpoint(3), makeCheckpoint(4, { id: checkpointId(3) })]
    expect(breaches(makeRun({ checkpoints }))).toEqual([
      ['I15', '/checkpoints/1/id', 'Two checkpoints have the id cp-3.'],
    ])
  })

  it('[I16] no checkpoint lies beyond the last record', () => {
    expect(breaches(makeRun({ checkpoints: [makeCheckpoint(11, { at: at(9) })] }))).toEqual([
      [
        'I16',
        '/checkpoints/0/seq',
        'The checkpoint "after record 11" is at record 11, but the state ends at record 10.',
      ],
    ])
  })

  it('[I17] along a branch of checkpoints progress does not fall unnoticed', () => {
    const checkpoints = [
      makeCheckpoint(3, { progress: 0.75 }),
      makeCheckpoint(4, { parent: checkpointId(3), progress: 0.5 }),
      makeCheckpoint(5, { progress: 0.1 }),
    ]
    expect(check(makeRun({ checkpoints }))).toMatchObject([
      { rule: 'I17', severity: 'info', pointer: '/checkpoints/1/progress' },
    ])
    expect(check(makeRun({ checkpoints }))[0]?.sentence).toMatch(/"after record 3" .*75 %.*50 %/)
  })

  it('[I17] items that became steps of the run make progress fall, and that is nothing', () => {
    const checkpoints = [
      makeCheckpoint(3, { progress: 0.5 }),
      makeCheckpoint(4, { parent: checkpointId(3), progress: 0.1 }),
    ]
    const steps = { ...makeRun().steps, 'build[0]': makeStep('pending') }
    const rulesOf = check(makeRun({ checkpoints, steps })).map(({ rule }) => rule)
    expect(rulesOf).not.toContain('I17')
  })

  it('[I18] a checkpoint comes after the one that it follows', () => {
    const checkpoints = [
      makeCheckpoint(5),
      makeCheckpoint(4, { parent: checkpointId(5), at: at(6) }),
    ]
    expect(breaches(makeRun({ checkpoints }))[0]).toEqual([
      'I18',
      '/checkpoints/1/parent',
      'The checkpoint "after record 4" (record 4) follows "after record 5", which came later (record 5).',
    ])
    const itself = [makeCheckpoint(5, { parent: checkpointId(5) })]
    expect(breaches(makeRun({ checkpoints: itself }))[0]?.[0]).toBe('I18')
  })

  it('[I19] checkpoints and decisions are about steps of the run', () => {
    const decision = {
      seq: 3,
      at: at(3),
      step: step('nobody'),
      decision: 'skip',
      by: 'ada',
      reason: null,
    } as const
    const checkpoints = [makeCheckpoint(3, { step: step('ghost') })]
    expect(breaches(makeRun({ checkpoints, decisions: [decision] }))).toEqual([
      [
        'I19',
        '/checkpoints/0/step',
        'The checkpoint "after record 3" was made by ghost, which is no step of the run.',
      ],
      [
        'I19',
        '/decisions/0/step',
        'There is a decision about nobody, which is no step of the run.',
      ],
    ])
  })

  it('[I20] every step has a definition, an item has that of its step', () => {
    expect(check(withStep({ 'build[0]': makeStep('pending') }))).toEqual([])
    expect(breaches(withStep({ odd: makeStep('pending') }))).toEqual([
      ['I20', '/steps/odd', "The step odd is not in the workflow's definition."],
    ])
  })

  it('[I21] every defined step is in the run', () => {
    const { mail: _mail, ...rest } = done
    expect(breaches(makeRun({ steps: rest }))).toEqual([
      ['I21', '/steps', 'The definition has a step mail, of which the run says nothing.'],
    ])
  })

  it('[I22] the definition can be run to its end', () => {
    const definition = makeDefinition({
      a: { needs: [step('b')] },
      b: { needs: [step('a'), step('c')] },
    })
    const workflow = { ...makeRun().workflow, definition }
    const steps = { a: makeStep('pending'), b: makeStep('pending') }
    const found = check(makeRun({ workflow, steps }))
    expect(found.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['I22', '/workflow/definition/steps/b/needs'],
      ['I22', '/workflow/definition/steps/a/needs'],
    ])
  })

  it('[I23] of many breaches of a rule the first are shown, and how many more there are', () => {
    const odd = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [`odd${index}`, makeStep('pending')]),
    )
    const found = check(withStep(odd))
    expect(found).toHaveLength(50)
    expect(found.at(-1)?.sentence).toContain('(30 more like this.)')
  })

  it('[I24] every rule has an id of its own, and every finding fits the contract', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    const run = makeRun({ checkpoints: [makeCheckpoint(99)] })
    expect(Finding.array().parse(check(run))).toHaveLength(2)
  })

  const waitingOn = { kind: 'time', until: at(99) } as const
  const waiting = makeStep('waiting', { waitingOn })
  const error = { name: 'E', message: 'x'.repeat(300), code: null, stack: null }
  const over = { status: 'completed', finishedAt: at(9) } as const

  it.each<[string, Run, string, string]>([
    [
      'I38',
      alone(makeStep('failed', last({ outcome: null, finishedAt: null }))),
      '/steps/build/attempts/0/outcome',
      'The step build is failed, but its attempt 1 has no end.',
    ],
    [
      'I39',
      alone(makeStep('running', { attempts: [makeAttempt(1), makeAttempt(2)] })),
      '/steps/build/attempts/0/outcome',
      'Attempt 1 of build has no end, and another was made after it.',
    ],
    [
      'I40',
      alone(makeStep('failed', last({}))),
      '/steps/build/status',
      'The step build is failed, but its last attempt (1) succeeded.',
    ],
    [
      'I41',
      withStep({ build: makeStep('succeeded', last({ finishedAt: null })) }),
      '/steps/build/attempts/0/finishedAt',
      'Attempt 1 of build succeeded, and nothing says when.',
    ],
    [
      'I41',
      alone(makeStep('running', last({ outcome: null }))),
      '/steps/build/attempts/0/outcome',
      `Attempt 1 of build ended at ${at(2)}, and nothing says how.`,
    ],
    [
      'I42',
      withStep({ 'gone[0]': makeStep('pending') }),
      '/steps/gone[0]',
      'gone[0] is an item of gone, which is no step of the run.',
    ],
    [
      'I43',
      alone(makeStep('waiting', { waitingOn: { kind: 'items', total: 2 } })),
      '/steps/build/waitingOn/total',
      'The step build waits for 2 items, but item 0 is not there.',
    ],
    [
      'I44',
      makeRun({ status: 'waiting' }),
      '/status',
      'The run waits, but none of its steps does.',
    ],
    [
      'I44',
      makeRun({
        status: 'waiting',
        steps: { ...makeRun().steps, build: makeStep('running'), mail: waiting },
      }),
      '/status',
      'The run waits, but its step build is running.',
    ],
    [
      'I45',
      makeRun({ startedAt: null }),
      '/startedAt',
      'The run is running, but nothing says when it started.',
    ],
    [
      'I46',
      withStep({}, { ...over, error }),
      '/error',
      `The run is completed, but has an error: ${'x'.repeat(200)}…`,
    ],
    [
      'I46',
      withStep({}, { ...over, error: { ...error, message: 'no' } }),
      '/error',
      'The run is completed, but has an error: no',
    ],
    [
      'I47',
      makeRun({
        decisions: [
          { seq: 12, at: at(3), step: step('build'), decision: 'skip', by: 'ada', reason: null },
        ],
      }),
      '/decisions/0/seq',
      'The decision about build is record 12, but the state ends at record 10.',
    ],
    [
      'I48',
      makeRun({ createdAt: at(5), startedAt: at(4) }),
      '/startedAt',
      `The run started (${at(4)}) before it was created (${at(5)}).`,
    ],
    [
      'I50',
      withStep({}, { ...over, finishedAt: at(11) }),
      '/finishedAt',
      `The run was last changed at ${at(10)}, but it ended at ${at(11)}.`,
    ],
    [
      'I55',
      makeRun({ workflow: { ...makeRun().workflow, digest: 'md5:1' } }),
      '/workflow/digest',
      'The digest of the definition is none: md5:1',
    ],
  ])('[%s] %#', (rule, run, pointer, sentence) => {
    expect(breaches(run)).toContainEqual([rule, pointer, sentence])
  })

  it('[I44] a run that waits with a step that waits, and a digest that is one, are sound', () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const workflow = { ...makeRun().workflow, digest }
    expect(
      check(
        makeRun({ workflow, status: 'waiting', steps: { ...makeRun().steps, build: waiting } }),
      ),
    ).toEqual([])
  })

  it('[I20] names such as those of Object.prototype are steps like any other', () => {
    const definition = makeDefinition({ constructor: {}, toString: {} })
    const workflow = { ...makeRun().workflow, definition }
    expect(check(makeRun({ workflow, steps: {} })).map(({ rule }) => rule)).toEqual(['I21', 'I21'])
  })
})
