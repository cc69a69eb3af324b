import { describe, expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { awfText, context, failedId, reading, sampleSet, sampleText, setOf } from './awfSets.ts'

const rules = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule)
const sentences = (rows: readonly { readonly sentence: string }[]) =>
  rows.map(({ sentence }) => sentence)

const moved = (text: string) => text.replace('"CurrentStep": "slow"', '"CurrentStep": "slwo"')
const killed = (text: string) =>
  text
    .replace('"cancelled"', '"running"')
    .replace('"CurrentStep": "slow"', '"CurrentStep": "build"')

describe('the common view', () => {
  test('[F20] steps stand in the order in which they started, with what is said of them', () => {
    const { run, said, label } = reading('completed')
    expect(label).toBe('AWF state')
    expect(said).toEqual({
      status: 'completed',
      steps: { build: 'completed', test: 'completed', release: 'completed' },
    })
    expect(Object.keys(run?.steps ?? {})).toEqual(['build', 'test', 'release'])
    expect(run).toMatchObject({
      status: 'completed',
      workflow: { name: 'deploy' },
      startedAt: '2026-11-21T08:36:48.052Z',
      finishedAt: '2026-11-21T08:36:48.057Z',
      steps: { release: { status: 'succeeded', output: 'released prod\n' } },
    })
    expect(Run.safeParse(run).success).toBe(true)
  })

  test('[F20] a number that would change is shown as it is written; never is no time', () => {
    expect(reading('failed').run?.inputs).toEqual({
      api_token: 'sk-secret-123',
      env: 'staging',
      replicas: '9007199254740993',
    })
    expect(reading('cancelled').run?.finishedAt).toBe(null)
  })

  test('[F20] a failed step has its exit code and its error', () => {
    const { run } = reading('failed')
    expect(run?.error).toMatchObject({ step: 'test', code: '2' })
    expect(run?.steps).toMatchObject({
      test: {
        status: 'failed',
        attempts: [{ number: 1, outcome: 'failed', exitCode: 2, error: { code: '2' } }],
      },
    })
  })

  test('[F20] loop, call stack and parent are said', () => {
    const { run, diagnoses } = reading('cancelled', (text) =>
      text
        .replace('"CurrentLoop": null', '"CurrentLoop": {"Item": "a.go", "Index": 0, "Length": 2}')
        .replace('"CallStack": null', '"CallStack": ["outer", "inner"]')
        .replace('"ParentRunID": ""', `"ParentRunID": "${failedId}"`),
    )
    expect(run?.lineage).toMatchObject({ parent: failedId, relation: 'child' })
    expect(diagnoses[0]?.evidence).toEqual(
      expect.arrayContaining([
        { label: 'Call stack', value: 'outer → inner' },
        { label: 'In a loop', value: 'yes: a resume starts the loop anew' },
      ]),
    )
  })

  test('[F36] temporary files belong to the state that they were to become, definitions to the workflow', () => {
    const temporary = 'states/a.json.4242.1795249807000000000.tmp'
    const files = [
      temporary,
      'states/a.json.tmp',
      'states/b.json.4242.1.tmp',
      'states/b.json',
      'workflows/deploy.yaml',
      'workflows/par.yaml',
      'states/deploy.yaml',
    ].map((path) => ({ path, sizeBytes: 1, modifiedAt: context.now }))
    expect(awf.belongs('states/a.json', sampleText('failed'), files)).toEqual([
      temporary,
      'states/a.json.tmp',
      'workflows/deploy.yaml',
    ])
    expect(awf.folders('states/a.json')).toEqual(['states', 'workflows', '.awf/workflows'])
    expect(awf.role('states/a.json', '')).toBe('run')
    expect(awf.role(temporary, '')).toBe('part')
  })
})

describe('versions', () => {
  test.each([
    ['failed', '0.11 or later'],
    ['old', '0.1 to 0.2'],
  ] as const)('[F21] the version of %s is told by its keys', (sample, version) => {
    expect(reading(sample)).toMatchObject({ version, isOld: false })
  })

  test.each([
    ['0.9 to 0.10', /\n {2}"ParentRunID": "",/],
    ['0.7 to 0.8', /\n {2}"ParentRunID": "",|\n {6}"Tokens(?:Input|Output|Estimated)": \w+,/g],
    [
      '0.3 to 0.4',
      /\n {2}"(?:ParentRunID": ""|ExitCode": 0),|,\n {2}"CallStack": null|,\n {6}"Response[^}]*/g,
    ],
  ] as const)('[F21] %s by the keys that are missing', (version, missing) => {
    const read = reading('failed', (text) => text.replace(missing, ''))
    expect(read).toMatchObject({ version, isOld: false, said: { status: 'failed' } })
    expect(rules(read.findings)).toEqual(['F29'])
  })
})

describe('findings', () => {
  test.each(['completed', 'cancelled', 'pending', 'old'] as const)(
    '[F22] nothing is wrong with the state %s',
    (sample) => {
      expect(reading(sample).findings).toEqual([])
    },
  )

  test('[F22] a state that was cut is an error with its place', () => {
    const { run, findings } = reading('truncated')
    expect(run).toBe(null)
    expect(findings).toMatchObject([{ rule: 'F22', severity: 'error', line: 42, column: 15 }])
  })

  test('[F22] a state that could not be read says so', () => {
    const set = { ...setOf('states/a.json', ''), texts: new Map() }
    expect(awf.read(set, context).findings).toMatchObject([{ rule: 'F22', line: null }])
  })

  test.each([
    ['"ExitCode": 0', '"ExitCode": 0.5', '/ExitCode is not a whole number'],
    ['"ExitCode": 0', '"ExitCode": 1e3', '/ExitCode is not a whole number'],
    ['"Status": "failed"', '"Status": 7', '/Status is not a text'],
    ['"Truncated": false', '"Truncated": "no"', '/States/build/Truncated is not true or false'],
    [
      '2026-11-21T08:36:48.036329267Z',
      '2026-02-30T08:36:48Z',
      '/States/build/StartedAt is not a time',
    ],
    ['"Env": {}', '"Env": {"A": 1}', '/Env/A is not a text'],
    ['"CallStack": null', '"CallStack": {}', '/CallStack is not a list of texts'],
    ['"CurrentLoop": null', '"CurrentLoop": {"Parent": 1}', '/CurrentLoop/Parent is not an object'],
    [
      '"Conversation": null',
      '"Conversation": {"Turns": [{"Tokens": "1"}]}',
      'Turns/0/Tokens is not',
    ],
  ])('[F23] AWF refuses a file in which %s is %s', (was, is, sentence) => {
    const { findings } = reading('failed', (text) => text.replace(was, is))
    const [found] = findings.filter(({ rule }) => rule === 'F23')
    expect(found).toMatchObject({ severity: 'error', line: expect.any(Number) as number })
    expect(found?.sentence).toContain(sentence)
  })

  test.each([
    [
      '"Status": "failed"',
      '"Stbtus": "failed"',
      ['does not know the key Stbtus', 'key Status is missing'],
    ],
    ['"Status": "failed"', '"status": "failed"', ['takes the key status for Status']],
    ['"Env": {}', '"Env": {}, "Env": {}', ['The key Env stands twice']],
    ['"env": "staging"', '"env": "staging", "env": "prod"', ['The key env stands twice']],
    ['"Attempt": 1', '"Attempts": 1', ['key Attempts', 'key Attempt is missing']],
  ])('[F24] keys that AWF passes over: %s as %s', (was, is, told) => {
    const { findings } = reading('failed', (text) => text.replace(was, is))
    const found = findings.filter(({ rule }) => rule === 'F24')
    expect(found.map(({ severity }) => severity)).toEqual(told.map(() => 'warning'))
    for (const [index, words] of told.entries()) expect(found[index]?.sentence).toContain(words)
  })

  test('[F25] a status that AWF does not know is shown as it is', () => {
    const read = reading('failed', (text) =>
      text.replace('"Status": "failed"', '"Status": "bogus"').replace('"completed"', '"done"'),
    )
    expect(read.said).toEqual({ status: 'bogus', steps: { build: 'done', test: 'failed' } })
    expect(read.findings.filter(({ rule }) => rule === 'F25')).toMatchObject([
      { severity: 'error', pointer: '/Status' },
      { severity: 'error', pointer: '/States/build/Status' },
    ])
  })

  test('[F26] a state under another name than its run, a step under another name than its own', () => {
    const text = sampleText('failed').replace('"Name": "build"', '"Name": "bulid"')
    const { findings } = awf.read(setOf('states/copy.json', text), context)
    expect(findings.filter(({ rule }) => rule === 'F26')).toMatchObject([
      { pointer: '/WorkflowID' },
      { pointer: '/States/build/Name' },
    ])
  })

  test('[F27] an end before its start, to the nanosecond', () => {
    const { findings } = reading('old', (text) =>
      text.replace(
        '"CompletedAt": "2026-11-21T08:38:23.986109873Z"',
        '"CompletedAt": "2026-11-21T08:38:23.98610981Z"',
      ),
    )
    expect(findings).toMatchObject([
      { rule: 'F27', severity: 'warning', pointer: '/States/build/CompletedAt' },
    ])
  })

  test('[F28] the current step of a run that is not over has a state, save inside a loop', () => {
    expect(reading('cancelled', moved).findings).toMatchObject([
      { rule: 'F28', pointer: '/CurrentStep' },
    ])
    const inLoop = (text: string) => moved(text).replace('"CurrentLoop": null', '"CurrentLoop": {}')
    expect(reading('cancelled', inLoop).findings).toEqual([])
    expect(reading('failed').findings.filter(({ rule }) => rule === 'F28')).toEqual([])
  })

  test('[F29] a secret in plain text is told, without the secret', () => {
    const { findings } = reading('failed')
    expect(findings).toMatchObject([
      { rule: 'F29', severity: 'info', pointer: '/Inputs/api_token' },
    ])
    expect(JSON.stringify(findings)).not.toContain('sk-secret')
  })

  test('[F30] an output that was cut, or lies in a file that may be gone', () => {
    const { findings } = reading('completed', (text) =>
      text
        .replace('"Truncated": false', '"Truncated": true')
        .replace('"OutputPath": ""', '"OutputPath": "/tmp/awf-1"'),
    )
    expect(sentences(findings)).toEqual([
      'The output of build was cut by AWF: what a later step reads of it is not all.',
      'The output of build lies in the temporary file /tmp/awf-1, which may be gone when the run is resumed.',
    ])
  })

  test('[F35] left-over temporary files are told, each with what it holds', () => {
    const temporary = `states/22222222-bbbb-4bbb-8bbb-222222222222.json.4242.1795249807000000000.tmp`
    const whole = 'states/22222222-bbbb-4bbb-8bbb-222222222222.json.4243.1.tmp'
    const other = 'states/22222222-bbbb-4bbb-8bbb-222222222222.json.4244.1.tmp'
    const read = awf.read(
      sampleSet('completed', {
        [temporary]: awfText(`sets/awf/${temporary}`),
        [whole]: sampleText('completed'),
        [other]: sampleText('failed'),
      }),
      context,
    )
    expect(rules(read.findings)).toEqual(['F35', 'F35', 'F35'])
    expect(read.points).toMatchObject([
      { id: 'current', kind: 'current', problem: null },
      { kind: 'temporary', problem: expect.stringContaining('not whole') as string },
      { kind: 'temporary', problem: null, at: '2026-11-21T08:36:48.057Z' },
      { kind: 'temporary', problem: `It is of another run, ${failedId}.` },
    ])
  })
})

describe('diagnoses', () => {
  test('[F31] running is only said; when it was last saved is known', () => {
    const read = reading('cancelled', (text) => text.replace('"cancelled"', '"running"'))
    expect(read.diagnoses[0]).toMatchObject({ rule: 'F31', severity: 'attention' })
    expect(read.diagnoses[0]?.sentence).toContain('said to be running')
    expect(read.diagnoses[0]?.sentence).toContain('2026-11-21T08:36:48.758Z')
  })

  test('[F31] a completed run rests, a failed one says which step is run again', () => {
    expect(reading('completed').diagnoses).toMatchObject([{ rule: 'F31', severity: 'resting' }])
    expect(reading('old').diagnoses).toMatchObject([
      { rule: 'F31', severity: 'stuck', step: 'test', action: { kind: 'resume' } },
    ])
    expect(reading('cancelled').diagnoses).toMatchObject([
      { rule: 'F31', severity: 'stuck', step: 'slow' },
    ])
    expect(reading('pending').diagnoses).toMatchObject([{ rule: 'F31', severity: 'stuck' }])
  })

  test('[F32] a failure that went to an end: only a resume from the failed step helps', () => {
    const [first] = reading('failed').diagnoses
    expect(first).toMatchObject({ rule: 'F32', severity: 'stuck', step: 'test' })
    expect(first?.sentence).toBe(
      'Step test failed with exit code 2, and the workflow went to its end error. A plain resume goes on with that end and fails again: only a resume from test helps.',
    )
  })

  test('[F33] a resume runs the finished current step again', () => {
    expect(reading('cancelled', killed).diagnoses[1]).toMatchObject({
      rule: 'F33',
      step: 'build',
      sentence:
        'A resume by AWF runs build again, although it is completed. Make sure that it may run twice.',
    })
  })

  test('[F34] numbers that AWF changes when it loads them', () => {
    expect(reading('failed').diagnoses.at(-1)).toMatchObject({
      rule: 'F34',
      evidence: [{ label: '/Inputs/replicas', value: '9007199254740993 → 9007199254740992' }],
    })
    expect(rules(reading('resumed').diagnoses)).toEqual(['F31'])
  })
})
