import { describe, expect, it } from 'vitest'
import { editVariables, resumeRecords } from '../../../../../shared/core/resume/resumeRecords.ts'
import { makeCheckpoint, makeDefinition, makeRun, makeStep, step } from './makeRun.ts'
import { planOf, runWith } from './planOf.ts'

const here = { user: 'ada', host: 'mill', folder: null, environment: [] }

describe('what is said before anything runs', () => {
  it('[S37] where it would go on is compared with where the run was, and no difference forbids it', () => {
    const place = { user: 'ada', host: 'mill', folder: '/srv', environment: ['TOKEN', 'STAGE'] }
    const definition = makeDefinition({ build: { environment: { MODE: 'x', STAGE: 'y' } } })
    const run = runWith(definition, { build: makeStep('pending') }, { place })
    const elsewhere = { user: 'bob', host: 'lab', folder: '/home/bob', environment: [] }
    const plan = planOf({ run, here: elsewhere })
    expect(plan.notes).toEqual([
      { about: 'user', sentence: "The run is ada's; you are bob." },
      { about: 'host', sentence: 'The run was on mill; it would go on on lab.' },
      { about: 'folder', sentence: 'Its steps worked in /srv; they would work in /home/bob.' },
      {
        about: 'environment',
        sentence: 'Environment variables TOKEN: set for the run, and not set now.',
      },
      {
        about: 'environment',
        sentence: 'Environment variables MODE: set by the definition now, and not for the run.',
      },
      { about: 'environment', sentence: 'build gets the variables MODE=••••••, STAGE=••••••.' },
    ])
    expect(plan.ready).toBe(true)
    const same = { ...here, folder: '/srv', environment: ['TOKEN'] }
    const known = { ...run, place: { ...place, environment: ['TOKEN', 'STAGE', 'MODE'] } }
    expect(planOf({ run: known, here: same }).notes).toEqual([plan.notes.at(-1)])
  })

  it('[S37] so is the version of the workflow, where the definition as it is now is used', () => {
    const run = makeRun()
    const { definition } = run.workflow
    const current = definition === null ? null : { ...definition, version: '2' }
    expect(planOf({ run, current }).notes).toEqual([])
    expect(planOf({ run, current, use: 'current' }).notes).toEqual([
      {
        about: 'definition',
        sentence: 'The run began with version 1 of the workflow; it would go on with 2.',
      },
    ])
  })

  it('[S38] edited inputs and variables are named, and never their values', () => {
    const run = makeRun({ inputs: { to: 'x', n: 1 }, variables: { token: 's3cret', seen: 2 } })
    const variables = { set: { token: 'other' }, remove: ['seen'] }
    const plan = planOf({ run, inputs: { to: 'y', n: 1 }, variables })
    expect(plan.notes).toEqual([
      {
        about: 'inputs',
        sentence: 'Changed inputs: to. Steps that are reused have seen the old ones.',
      },
      { about: 'variables', sentence: 'Variables that are set: token.' },
      { about: 'variables', sentence: 'Variables that are taken away: seen.' },
    ])
    const options = { run, by: 'ada', inputs: null, variables, workflow: null }
    expect(resumeRecords(plan, options)[0]).toEqual({
      type: 'variablesChanged',
      set: [{ name: 'token', value: 'other' }],
      removed: ['seen'],
      by: 'ada',
    })
    expect(editVariables(run.variables, variables)).toEqual({ token: 'other' })
    expect(editVariables(run.variables, null)).toEqual(run.variables)
  })

  it('[S38] a variable that is not there cannot be taken away, nor one that is set', () => {
    const run = makeRun({ variables: { a: 1 } })
    expect(planOf({ run, variables: { set: { a: 2 }, remove: ['a', 'b'] } }).problems).toEqual([
      'The variable a is both set and taken away. Decide on one of them.',
      'The run has no variable b that could be taken away.',
    ])
  })

  it('[S39] a file that is missing forbids a step that begins at once, and is told of one behind it', () => {
    const definition = makeDefinition({
      fetch: { sideEffects: 'none' },
      load: { run: undefined, module: './load.ts', needs: [step('fetch')] },
    })
    const missingFiles = { load: [{ what: 'module', path: '/srv/load.ts' } as const] }
    const first = runWith(definition, { fetch: makeStep('pending'), load: makeStep('pending') })
    expect(planOf({ run: first, missingFiles })).toMatchObject({
      ready: true,
      notes: [
        {
          about: 'file',
          sentence:
            'The module /srv/load.ts of load does not exist yet. A step before it has to make it.',
        },
      ],
    })
    const next = runWith(definition, { fetch: makeStep('succeeded'), load: makeStep('pending') })
    expect(planOf({ run: next, missingFiles }).problems).toEqual([
      'The module /srv/load.ts of load does not exist. Put it back, or correct the definition and use it as it is now.',
    ])
    const done = runWith(definition, { fetch: makeStep('pending'), load: makeStep('succeeded') })
    expect(planOf({ run: done, missingFiles })).toMatchObject({ ready: true, notes: [] })
  })

  it('[S40] nothing goes on from a checkpoint whose state contradicts itself', () => {
    const run = makeRun({ steps: { build: makeStep('running', { tries: 0 }) } })
    const from = makeCheckpoint(5)
    const [problem] = planOf({ run, latest: run, from, isLatest: false }).problems
    expect(problem).toBe(
      'The state at checkpoint after record 5 is not sound: The step build is running, but has no attempt that is open. Choose another checkpoint, or repair the run.',
    )
  })

  it('[S44] functions of a program are refused with the command that resumes the run', () => {
    const definition = makeDefinition({
      build: { run: undefined, function: 'build' },
      mail: { run: undefined, function: 'mail' },
    })
    const steps = { build: makeStep('succeeded'), mail: makeStep('pending') }
    const base = runWith(definition, steps)
    const resumeCommand = ['node', 'app.js', '--resume', 'x y']
    const run = { ...base, workflow: { ...base.workflow, resumeCommand } }
    const plan = planOf({ run })
    expect(plan.command).toEqual(resumeCommand)
    expect(plan.problems).toEqual([
      'mail is a function of the program that began the run: only that program can resume it.',
    ])
    expect(planOf({ run, functions: ['mail'] }).ready).toBe(true)
    expect(planOf({ run: base }).command).toBeNull()
    expect(planOf().command).toBeNull()
  })

  it('[S48] what the place forbids stands first among the problems', () => {
    const problems = ['This workspace is not trusted.']
    expect(planOf({ problems })).toMatchObject({ ready: false, problems })
  })
})
