import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { awfText, sampleText, type Sample } from './awfSets.ts'

export type Situation = {
  readonly name: string
  readonly base: Sample
  readonly patches: readonly TextPatch[]
  readonly from?: string
  /** Another name for the file. */
  readonly document?: string
  readonly beside?: Readonly<Record<string, string>>
  readonly tells: readonly ('findings' | 'diagnoses' | 'points' | 'resume' | 'repairs')[]
}

function set(path: string, value: unknown): TextPatch {
  return { op: 'add', path: path.split('|'), value: JSON.stringify(value) }
}

/** A value as it is written. */
function raw(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function gone(path: string): TextPatch {
  return { op: 'remove', path: path.split('|') }
}

const at = (second: number) => `2026-11-21T08:36:${String(second).padStart(2, '0')}.5Z`

function step(name: string, status: string, from: number, more: object = {}): TextPatch {
  return set(`States|${name}`, {
    Name: name,
    Status: status,
    Output: '',
    Stderr: '',
    ExitCode: 0,
    Attempt: 1,
    Error: '',
    StartedAt: at(from),
    CompletedAt: at(from + 1),
    ...more,
  })
}

const status = (word: string) => set('Status', word)
const current = (name: string) => set('CurrentStep', name)
const build = step('build', 'completed', 50)
const deploy = { 'workflows/deploy.yaml': awfText('sets/awf/workflows/deploy.yaml') }
const never = '0001-01-01T00:00:00Z'
const temporary = (name: string) => `states/77777777-pending.json.${name}.tmp`
const saved = (second: number, id = '77777777-pending') =>
  sampleText('pending')
    .replace('"UpdatedAt": "2026-11-21T08:36:55.385744879Z"', `"UpdatedAt": "${at(second)}"`)
    .replace('"WorkflowID": "77777777-pending"', `"WorkflowID": "${id}"`)

/** States of AWF in every situation in which a person may find one. */
export const situations: readonly Situation[] = [
  {
    name: 'a run that is said to run',
    tells: ['findings', 'diagnoses', 'points', 'resume'],
    base: 'pending',
    patches: [status('running'), current('build'), build],
    beside: deploy,
  },
  {
    name: 'a run that is said to run, and never was saved',
    tells: ['findings', 'diagnoses', 'points', 'resume'],
    base: 'pending',
    patches: [status('running'), set('UpdatedAt', never)],
  },
  {
    name: 'a run inside a loop of a called workflow',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('each'),
      set('CurrentLoop', { Item: 'a.go', Index: 0, First: true, Last: false, Length: 2 }),
      set('CallStack', ['outer', 'inner']),
      set('ParentRunID', 'parent-1'),
      build,
    ],
  },
  {
    name: 'a run that was cancelled behind a finished step',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [status('cancelled'), current('build'), build, step('slow', 'cancelled', 52)],
  },
  {
    name: 'a run that was cancelled in a step that never ended',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('build'),
      step('build', 'running', 50, { CompletedAt: never }),
    ],
  },
  {
    name: 'a run with a word of no meaning',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [status('bogus'), current('build'), step('build', 'odd', 50)],
  },
  {
    name: 'a run that never began',
    tells: ['findings', 'diagnoses', 'points', 'resume', 'repairs'],
    base: 'pending',
    patches: [],
  },
  {
    name: 'a run that is done',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'completed',
    patches: [],
  },
  {
    name: 'a failure that AWF goes on with',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('failed'),
      current('test'),
      build,
      step('test', 'failed', 52, { ExitCode: 3, Error: ' no disk \n' }),
    ],
    beside: deploy,
  },
  {
    name: 'a failure without an exit code',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [status('failed'), current('error'), build, step('test', 'failed', 52)],
  },
  {
    name: 'several failures',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('failed'),
      current('error'),
      step('late', 'failed', 56, { ExitCode: 1 }),
      step('b', 'failed', 54, { ExitCode: 2 }),
      step('a', 'failed', 54, { ExitCode: 3 }),
    ],
  },
  {
    name: 'several failures that ended at one moment',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [status('failed'), current('error'), step('b', 'failed', 54), step('a', 'failed', 54)],
  },
  {
    name: 'a failure of no step',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [status('failed'), current('error'), build],
  },
  {
    name: 'a failure at a finished step',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [status('failed'), current('build'), build],
  },
  {
    name: 'a failure without a current step',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [status('failed'), build],
  },
  {
    name: 'numbers that AWF changes',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('build'),
      step('build', 'cancelled', 50),
      raw('Inputs|ids', '[1, -9007199254740993, {"deep": 1e300}, "9007199254740993", null, true]'),
      raw('States|build|Response', '{"cost": 0.10000000000000000000001}'),
      raw('States|build|JSON', '9007199254740995'),
      raw('States|build|Data', '{"n": 123456789012345678901234567890}'),
      raw('CurrentLoop', '{"Item": 9007199254740997}'),
      raw('Env|N', '"9007199254740999"'),
    ],
  },
  {
    name: 'a number that AWF changes, and that is no input',
    tells: ['diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('build'),
      step('build', 'cancelled', 50),
      raw('States|build|JSON', '{"id": 9007199254740993}'),
    ],
  },
  {
    name: 'numbers that AWF cannot hold',
    tells: ['findings', 'diagnoses', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('build'),
      step('build', 'cancelled', 50),
      raw('Inputs|ids', '[1, {"deep": 1e400}, "1e400"]'),
      raw('States|build|JSON', '-1e400'),
    ],
  },
  {
    name: 'a number that AWF changes in a run that is done',
    tells: ['diagnoses'],
    base: 'pending',
    patches: [status('completed'), raw('Inputs|id', '9007199254740993')],
  },
  {
    name: 'outputs that are not in the state',
    tells: ['findings', 'resume'],
    base: 'pending',
    patches: [
      status('cancelled'),
      current('build'),
      step('build', 'cancelled', 50, {
        OutputPath: '/tmp/o',
        StderrPath: '/tmp/e',
        Truncated: true,
      }),
      step('test', 'pending', 52, { StderrPath: '/tmp/f', Truncated: false, OutputPath: '' }),
    ],
  },
  {
    name: 'secrets in plain text',
    tells: ['findings'],
    base: 'pending',
    patches: [
      set('Inputs', {
        api_token: 's3cret',
        password: '',
        secret: null,
        db_password: 7,
        user: 'ada',
      }),
      set('Env', { api_token: 'other' }),
    ],
  },
  {
    name: 'times that run backwards',
    tells: ['findings'],
    base: 'pending',
    patches: [
      set('StartedAt', at(50)),
      set('UpdatedAt', at(49)),
      set('CompletedAt', at(48)),
      step('build', 'completed', 50, { CompletedAt: at(49) }),
      step('same', 'completed', 51, { CompletedAt: at(51) }),
      step('never', 'pending', 52, { StartedAt: never, CompletedAt: at(1) }),
      step('open', 'running', 53, { CompletedAt: never }),
    ],
  },
  {
    name: 'names that are not those they are kept under',
    tells: ['findings'],
    base: 'pending',
    patches: [
      set('WorkflowID', 'other'),
      step('a', 'completed', 50, { Name: 'b' }),
      step('c', 'completed', 50, { Name: '' }),
    ],
  },
  {
    name: 'a copy under another name',
    tells: ['findings', 'points', 'resume'],
    base: 'pending',
    patches: [status('cancelled'), current('build'), build],
    document: 'storage/states/copy.json',
  },
  {
    name: 'keys that are missing',
    tells: ['findings'],
    base: 'pending',
    patches: [
      gone('WorkflowID'),
      gone('CurrentStep'),
      gone('Env'),
      gone('UpdatedAt'),
      raw('States|a', '{"Status": "completed"}'),
    ],
  },
  {
    name: 'keys that AWF does not know, or takes for another',
    tells: ['findings'],
    base: 'pending',
    patches: [
      set('Mood', 'good'),
      raw('exitcode', '3'),
      step('a', 'completed', 50, { ContextWindowState: {}, Colour: 'red' }),
    ],
  },
  {
    name: 'values that AWF refuses',
    tells: ['findings'],
    base: 'pending',
    patches: [
      set('Status', ['running']),
      raw('ExitCode', '9223372036854775808'),
      set('Inputs', 'none'),
      set('Env', { A: 1 }),
      set('StartedAt', 'soon'),
      set('CallStack', ['a', 2]),
      set('CurrentLoop', { Index: '0', First: 1, Parent: { Length: 'x', Parent: [] } }),
      set('States', {
        a: 7,
        b: {
          Attempt: 1.5,
          TokensEstimated: 'yes',
          Response: [],
          Conversation: {
            SessionID: 1,
            Turns: [{ Role: 1, Tokens: '1' }, 'x'],
            TotalTurns: 'x',
            StoppedBy: 2,
          },
        },
        c: { Conversation: { Turns: {} } },
        d: null,
      }),
    ],
  },
  {
    name: 'the largest and the smallest whole numbers of Go',
    tells: ['findings'],
    base: 'pending',
    patches: [
      raw('ExitCode', '-9223372036854775808'),
      step('a', 'completed', 50, {}),
      raw('States|a|Attempt', '9223372036854775807'),
      raw('States|a|ExitCode', '-9223372036854775809'),
    ],
  },
  {
    name: 'temporary files of every kind beside a whole state',
    tells: ['findings', 'points', 'repairs'],
    base: 'pending',
    patches: [current('build'), build],
    beside: {
      [temporary('1.1')]: saved(56),
      [temporary('2.2')]: saved(58),
      [temporary('3.3')]: saved(54),
      [temporary('4.4')]: saved(59, 'other'),
      [temporary('5.5')]: '{"WorkflowID": "7',
      [temporary('7.7')]: '{}',
      [temporary('6.6')]: saved(56).replace('"CurrentStep": ""', '"CurrentStep": "test"'),
    },
  },
  {
    name: 'temporary files beside a damaged state',
    tells: ['findings', 'points', 'repairs'],
    base: 'truncated',
    document: 'states/77777777-pending.json',
    patches: [],
    beside: { [temporary('3.3')]: saved(54), [temporary('5.5')]: '{', [temporary('6.6')]: '[1]' },
  },
  {
    name: 'a temporary file of no time',
    tells: ['points', 'repairs'],
    base: 'truncated',
    document: 'states/77777777-pending.json',
    patches: [],
    beside: { [temporary('1.1')]: saved(56).replace(at(56), never) },
  },
  {
    name: 'a left-over file that was opened itself',
    tells: ['findings', 'points'],
    base: 'pending',
    document: 'states/99999999-aaaa.json.1.2.tmp',
    patches: [],
  },
  {
    name: 'a resume from the step before',
    tells: ['resume'],
    base: 'pending',
    patches: [
      status('failed'),
      current('test'),
      build,
      step('lint', 'completed', 51),
      step('test', 'failed', 52, { ExitCode: 1 }),
      step('never', 'pending', 40, { CompletedAt: never }),
    ],
    from: 'previous',
    beside: deploy,
  },
  {
    name: 'a resume from the step before where none has ended',
    tells: ['resume'],
    base: 'pending',
    patches: [status('failed'), current('build'), build],
    from: 'previous',
  },
  {
    name: 'a resume from the current step',
    tells: ['resume'],
    base: 'pending',
    patches: [
      status('failed'),
      current('test'),
      build,
      step('test', 'failed', 52, { ExitCode: 1 }),
    ],
    from: 'current',
    document: 'states/-odd.json',
  },
  {
    name: 'a resume from a step with what ended after it',
    tells: ['resume'],
    base: 'pending',
    patches: [
      status('failed'),
      current('late'),
      build,
      step('same', 'completed', 50),
      step('test', 'failed', 52, { ExitCode: 1 }),
      step('late', 'failed', 54),
    ],
    from: 'build',
    document: 'elsewhere/77777777-pending.json',
  },
  {
    name: 'a resume of a run whose definition has lost the current step',
    tells: ['resume'],
    base: 'pending',
    patches: [status('failed'), current('gone'), build, step('gone', 'failed', 52)],
    beside: deploy,
  },
  {
    name: 'a resume of a state that AWF refuses',
    tells: ['resume'],
    base: 'pending',
    patches: [status('completed'), set('CallStack', 'a'), current('-x')],
    from: '-x',
  },
]
