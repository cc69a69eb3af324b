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

  it('[S56] a fork tells what was edited since its checkpoint, and takes it as it was then', () => {
    const from = makeCheckpoint(3)
    const definition = makeDefinition({ load: {}, send: { needs: [step('load')] } })
    const load = makeStep('succeeded', { output: { rows: 1 } })
    const steps = { load, send: makeStep('pending') }
    const run = runWith(definition, steps, { inputs: { to: 'x', n: 1 } })
    const latest = {
      ...run,
      inputs: { to: 'y', n: 1, more: true },
      steps: {
        load: { ...load, output: { rows: 2 } },
        send: makeStep('succeeded', { output: 'sent' }),
      },
    }
    const asked = { run, latest, from, isLatest: false, fork: true }
    const plan = planOf(asked)
    expect(plan.inputsSince).toEqual(['to', 'more'])
    expect(plan.notes).toEqual([
      {
        about: 'inputs',
        sentence:
          'Inputs edited since this checkpoint: to, more. The fork takes them as they were.',
      },
      {
        about: 'output',
        sentence:
          'Outputs of steps edited since this checkpoint: load. The fork takes them as they were.',
      },
    ])
    expect(planOf({ ...asked, inputs: { to: 'y', n: 1, more: true } }).inputsSince).toEqual([])
    expect(planOf({ ...asked, inputs: { to: 'z' } }).inputsSince).toEqual(['to', 'more'])
    const without = planOf({ ...asked, latest: { ...run, inputs: { to: 'x' } } })
    expect(without.inputsSince).toEqual([])
    expect(without.notes).toEqual([
      {
        about: 'inputs',
        sentence: 'Inputs taken away since this checkpoint: n. The fork takes them as they were.',
      },
    ])
    const given = { ...asked, latest: { ...run, inputs: { to: 'x' } }, inputs: { to: 'x', n: 2 } }
    expect(planOf(given).notes).toEqual([
      {
        about: 'inputs',
        sentence: 'Changed inputs: n. Steps that are reused have seen the old ones.',
      },
    ])
    const again = { ...latest.steps.load, attempts: [...load.attempts, ...load.attempts] }
    const ranAgain = { ...latest, inputs: run.inputs, steps: { ...latest.steps, load: again } }
    expect(planOf({ ...asked, latest: ranAgain }).notes).toEqual([])
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

  it('[S37] what neither place says is no difference, and a folder that one of them has not is told', () => {
    const nowhere = { user: null, host: null, folder: null, environment: [] }
    const run = makeRun({ place: nowhere })
    expect(planOf({ run, here }).notes).toEqual([])
    expect(planOf({ run, here: { ...here, folder: '/x' } }).notes).toEqual([
      {
        about: 'folder',
        sentence: 'Its steps worked in no recorded folder; they would work in /x.',
      },
    ])
    const known = makeRun({ place: { ...nowhere, folder: '/srv' } })
    expect(planOf({ run: known, here }).notes).toEqual([
      {
        about: 'folder',
        sentence: 'Its steps worked in /srv; they would work in the home folder.',
      },
    ])
    expect(planOf({ run: known, here: null }).notes).toEqual([])
    expect(planOf({ run: known }).notes).toEqual([])
  })

  it('[S37] all variables that are gone or new are named', () => {
    const definition = makeDefinition({ build: { environment: { MODE: 'x', STAGE: 'y' } } })
    const place = { user: null, host: null, folder: null, environment: ['A', 'B'] }
    const run = runWith(definition, { build: makeStep('succeeded') }, { place })
    expect(planOf({ run, here }).notes).toEqual([
      {
        about: 'environment',
        sentence: 'Environment variables A, B: set for the run, and not set now.',
      },
      {
        about: 'environment',
        sentence:
          'Environment variables MODE, STAGE: set by the definition now, and not for the run.',
      },
    ])
  })

  it('[T161] steps that get the same are told together, items by their step, and what is missing by its name', () => {
    const definition = makeDefinition({
      one: { environment: { MODE: 'x' } },
      two: { environment: { MODE: 'y' } },
      scan: { forEach: ['a', 'b'], sideEffects: 'none' },
      done: { environment: { DONE: 'y' } },
      asked: { environment: { LATE: 'y' } },
    })
    const place = { user: null, host: null, folder: null, environment: ['MODE', 'DONE', 'LATE'] }
    const steps = {
      one: makeStep('pending'),
      two: makeStep('pending'),
      scan: makeStep('waiting', { waitingOn: { kind: 'items', total: 2 } }),
      'scan[0]': makeStep('pending'),
      'scan[1]': makeStep('failed'),
      done: makeStep('succeeded'),
      asked: makeStep('running'),
    }
    const passed = { scan: { found: ['TOKEN'], missing: ['KEY', 'SEED'] } }
    const plan = planOf({ run: runWith(definition, steps, { place }), here: { ...here, passed } })
    expect(plan.notes.map(({ sentence }) => sentence)).toEqual([
      'one, two get the variables MODE=••••••.',
      'scan gets the variables TOKEN=••••••.',
      'scan gets no KEY, SEED: not set here, and asked for.',
      'asked gets the variables LATE=••••••.',
    ])
  })

  it('[T161] of very many names twelve are told', () => {
    const environment = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [`V${index}`, 'x']),
    )
    const of = (count: number) => {
      const some = Object.fromEntries(Object.entries(environment).slice(0, count))
      const place = { user: null, host: null, folder: null, environment: Object.keys(some) }
      const definition = makeDefinition({ build: { environment: some } })
      const run = runWith(definition, { build: makeStep('pending') }, { place })
      return planOf({ run, here }).notes.map(({ sentence }) => sentence)
    }
    expect(of(14)).toEqual([
      'build gets the variables V0=••••••, V1=••••••, V10=••••••, V11=••••••, V12=••••••, V13=••••••, V2=••••••, V3=••••••, V4=••••••, V5=••••••, V6=••••••, V7=•••••• and 2 more.',
    ])
    expect(of(12)[0]).toMatch(/V9=••••••\.$/)
  })

  it('[S37] a version that one of the definitions does not say is told as none', () => {
    const run = makeRun()
    const current = run.workflow.definition
    const unversioned = { ...run, workflow: { ...run.workflow, version: null } }
    const versioned = current === null ? null : { ...current, version: '2' }
    expect(planOf({ run, current, use: 'current' }).notes).toEqual([
      {
        about: 'definition',
        sentence: 'The run began with version 1 of the workflow; it would go on with (none).',
      },
    ])
    expect(planOf({ run: unversioned, current: versioned, use: 'current' }).notes).toEqual([
      {
        about: 'definition',
        sentence: 'The run began with version (none) of the workflow; it would go on with 2.',
      },
    ])
    expect(planOf({ run: unversioned, current, use: 'current' }).notes).toEqual([])
  })

  it('[S38] inputs that came or went are changed ones, and edits that change nothing are not told', () => {
    const run = makeRun({ inputs: { a: 1, b: { c: 2 } }, variables: { x: 1 } })
    const sentences = (given: object) =>
      planOf({ run, ...given }).notes.map(({ sentence }) => sentence)
    expect(sentences({ inputs: { a: 1, b: { c: 2 } } })).toEqual([])
    expect(sentences({ inputs: { a: 1, d: null } })).toEqual([
      'Changed inputs: b, d. Steps that are reused have seen the old ones.',
    ])
    expect(sentences({ inputs: null, variables: null })).toEqual([])
    expect(sentences({ variables: { set: {}, remove: [] } })).toEqual([])
    expect(sentences({ variables: { set: { y: 1, z: 2 }, remove: [] } })).toEqual([
      'Variables that are set: y, z.',
    ])
    expect(sentences({ variables: { set: {}, remove: ['x'] } })).toEqual([
      'Variables that are taken away: x.',
    ])
  })

  it('[S33] a run that a step waits for is told only while something is open in it', () => {
    const definition = makeDefinition({ child: { run: undefined, workflow: './child.yaml' } })
    const waitingOn = { kind: 'run', run: 'child-1' } as const
    const run = runWith(definition, { child: makeStep('waiting', { waitingOn, tries: 0 }) })
    const notes = (open: readonly string[], given = {}) =>
      planOf({ run, children: { child: { run: 'child-1', status: 'waiting', open } }, ...given })
        .notes
    expect(notes([])).toEqual([])
    expect(notes(['pay', 'ship'])).toEqual([
      {
        about: 'child',
        sentence:
          'child waits for the run child-1, which goes on only when you have decided about its steps pay, ship. Resume that run.',
      },
    ])
    const done = runWith(definition, { child: makeStep('succeeded') })
    expect(notes(['pay'], { run: done })).toEqual([])
  })

  it('[S39] each file is told once, with at most five of the steps that need it', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const all = Object.fromEntries(
      names.map((name) => [name, { module: './m.ts', run: undefined }]),
    )
    const definition = makeDefinition({
      ...all,
      last: { needs: [step('a'), step('done')] },
      done: {},
    })
    const file = { what: 'module', path: '/srv/m.ts' } as const
    const folder = { what: 'working folder', path: '/srv/m.ts' } as const
    const missingFiles = {
      ...Object.fromEntries(names.map((name) => [name, [file]])),
      g: [file, folder],
      last: [file],
      done: [file],
    }
    const pending = Object.fromEntries(names.map((name) => [name, makeStep('pending')]))
    const run = runWith(definition, {
      ...pending,
      last: makeStep('pending'),
      done: makeStep('succeeded'),
    })
    const plan = planOf({ run, missingFiles })
    expect(plan.problems).toEqual([
      'The module /srv/m.ts of a, b, c, d, e and 2 more does not exist. Put it back, or correct the definition and use it as it is now.',
      'The working folder /srv/m.ts of g does not exist. Put it back, or correct the definition and use it as it is now.',
    ])
    expect(plan.notes).toEqual([
      {
        about: 'file',
        sentence:
          'The module /srv/m.ts of last does not exist yet. A step before it has to make it.',
      },
    ])
    const five = { ...missingFiles, f: [], g: [] }
    expect(planOf({ run, missingFiles: five }).problems).toEqual([
      'The module /srv/m.ts of a, b, c, d, e does not exist. Put it back, or correct the definition and use it as it is now.',
    ])
  })

  it.each(['ask', 'adopt', 'await'] as const)(
    '[S39] a step that is %s may still make a file',
    (action) => {
      const definition = makeDefinition({
        fetch: {},
        load: { run: undefined, module: './load.ts', needs: [step('fetch')] },
      })
      const missingFiles = { load: [{ what: 'module', path: '/srv/load.ts' } as const] }
      const run = runWith(definition, { fetch: makeStep('running'), load: makeStep('pending') })
      const trace = {
        ask: { kind: 'gone' },
        adopt: { kind: 'finished', exitCode: 0 },
        await: { kind: 'alive', pid: 7 },
      } as const
      const plan = planOf({ run, missingFiles, traces: { fetch: trace[action] } })
      expect(plan.steps[0]?.action).toBe(action)
      expect(plan.notes).toHaveLength(1)
    },
  )
})
