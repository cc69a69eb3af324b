import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const id = 'full-sdlc-20260130-091500'
const own = `${home}/${id}-20261121-083138.json`
const copy = `${home}/history/${id}-20261121-083138.json`
const meta = `${home}/${id}.meta.json`
const pointer = `${home}/last.json`
const text = healthy.texts.get(own) ?? ''

type State = Readonly<Record<string, unknown>>

/** The state with other values, unsigned and alone with its copy. */
function lone(changes: State): Folder {
  const { _checksum, ...known } = JSON.parse(text) as State // a fixture
  const other = `${JSON.stringify({ ...known, ...changes }, null, 2)}\n`
  return withFiles(healthy, { [own]: other, [copy]: other, [meta]: null, [pointer]: null })
}

function execution(step: string, status: string, more: State = {}): State {
  const times = { started_at: '2026-01-30T09:16:00', completed_at: '2026-01-30T09:17:00' }
  return { step_id: step, agent: 'coder', action: 'act', status, error: null, ...times, ...more }
}

const described = (change: (meta: State) => State): Folder =>
  withFiles(healthy, {
    [meta]: JSON.stringify(change(JSON.parse(healthy.texts.get(meta) ?? '{}') as State), null, 2), // a fixture
  })

export type Situation = {
  readonly name: string
  readonly folder: Folder
  readonly tells: readonly ('findings' | 'diagnoses' | 'steps' | 'repairs')[]
}

const asRun = ['diagnoses', 'steps'] as const
const asFile = ['findings', 'repairs'] as const

/** States of TAPPS as they are found. */
export const situations: readonly Situation[] = [
  { name: 'failed, and nothing says why', folder: lone({ status: 'failed' }), tells: asRun },
  {
    name: 'failed with an error',
    folder: lone({ status: 'failed', error: 'no space left' }),
    tells: asRun,
  },
  { name: 'blocked', folder: lone({ status: 'blocked' }), tells: asRun },
  {
    name: 'blocked with an error',
    folder: lone({ status: 'blocked', error: 'no space left' }),
    tells: asRun,
  },
  { name: 'paused', folder: lone({ status: 'paused' }), tells: asRun },
  {
    name: 'completed with a current step',
    folder: lone({ status: 'completed' }),
    tells: ['findings', ...asRun],
  },
  { name: 'completed', folder: lone({ status: 'completed', current_step: null }), tells: asRun },
  { name: 'a status of no meaning', folder: lone({ status: 'odd' }), tells: asRun },
  {
    name: 'words that every object of JavaScript has',
    folder: lone({
      status: 'constructor',
      step_executions: [execution('design', 'toString')],
    }),
    tells: asRun,
  },
  { name: 'running without a current step', folder: lone({ current_step: null }), tells: asRun },
  {
    name: 'one finished step',
    folder: lone({ completed_steps: ['planning'] }),
    tells: ['diagnoses'],
  },
  {
    name: 'executions of every word',
    folder: lone({
      step_executions: [
        execution('design', 'failed', { error: 'boom' }),
        execution('design', 'running', { completed_at: null }),
        execution('build', 'skipped'),
        execution('test', 'odd', { started_at: null }),
        execution('ship', 'failed', { started_at: null, completed_at: null }),
      ],
    }),
    tells: asRun,
  },
  {
    name: 'an execution that runs in a run that does not',
    folder: lone({
      status: 'paused',
      step_executions: [execution('design', 'running', { completed_at: null })],
    }),
    tells: asRun,
  },
  {
    name: 'an execution that ended before it began',
    folder: lone({
      step_executions: [
        execution('planning', 'completed', { completed_at: '2026-01-30T09:15:30' }),
      ],
    }),
    tells: asFile,
  },
  {
    name: 'no time at all',
    folder: lone({
      started_at: null,
      step_executions: [execution('design', 'completed', { started_at: null, completed_at: null })],
    }),
    tells: ['findings', 'steps'],
  },
  {
    name: 'names of steps that are no text',
    folder: lone({ completed_steps: [7, 'planning'], _checksum: 'x' }),
    tells: asFile,
  },
  { name: 'its version inside', folder: lone({ version: '2.0' }), tells: asFile },
  { name: 'its checksum inside', folder: lone({ metadata: { checksum: 'x' } }), tells: asFile },
  {
    name: 'its version and checksum inside',
    folder: lone({ version: '2.0', metadata: { checksum: 'x' } }),
    tells: ['findings'],
  },
  {
    name: 'a description that says that it is packed',
    folder: described((known) => ({ ...known, compression: true })),
    tells: asFile,
  },
  {
    name: 'a description whose time is none',
    folder: described((known) => ({ ...known, saved_at: 'soon' })),
    tells: asFile,
  },
  {
    name: 'a description without its time',
    folder: described((known) => ({ ...known, saved_at: null })),
    tells: asFile,
  },
  {
    name: 'a description that points to a newer state',
    folder: described((known) => ({ ...known, state_file: `${id}-20261122-083138.json` })),
    tells: asFile,
  },
  {
    name: 'a description that points to an older state',
    folder: described((known) => ({ ...known, state_file: `${id}-20261121-083137.json` })),
    tells: asFile,
  },
  {
    name: 'no description and no pointer',
    folder: withFiles(healthy, { [meta]: null, [pointer]: null }),
    tells: asFile,
  },
  {
    name: 'a pointer into two folders',
    folder: withFiles(healthy, {
      [pointer]: JSON.stringify({
        workflow_id: id,
        state_file: `/gone/${id}-20261121-083138.json`,
        metadata_file: '/moved/x.meta.json',
      }),
    }),
    tells: asFile,
  },
  {
    name: 'a pointer that names no state',
    folder: withFiles(healthy, { [pointer]: JSON.stringify({ workflow_id: id }) }),
    tells: asFile,
  },
]

export type Said = Partial<Record<Situation['tells'][number], readonly string[]>>

export function saidOf({ folder, tells }: Situation): Said {
  const set = setOf(folder, own)
  const { run, findings, diagnoses } = tapps.read(set, context)
  const all = {
    findings: findings.map(({ rule, severity, sentence }) => `${rule} ${severity}: ${sentence}`),
    diagnoses: diagnoses.map(({ rule, severity, sentence }) => `${rule} ${severity}: ${sentence}`),
    steps: Object.entries(run?.steps ?? {}).map(([name, { status, attempts }]) =>
      [
        `${name} ${status}`,
        ...attempts.map(
          ({ startedAt, finishedAt, outcome, error }) =>
            `${startedAt}–${finishedAt ?? ''} ${outcome ?? 'open'} ${error?.message ?? ''}`,
        ),
      ].join(' | '),
    ),
    repairs: tapps
      .repairs(set, context)
      .map(({ id: repair, confidence, losses }) => `${repair} ${confidence}: ${losses.join(' ')}`),
  }
  return Object.fromEntries(tells.map((what) => [what, all[what]]))
}
