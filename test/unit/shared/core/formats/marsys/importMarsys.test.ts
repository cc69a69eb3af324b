import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const analysis = 'sessions/session_analysis_123.json'
const paused = 'sessions/session_paused_456.json'
const snapshot = 'sess-paused-at-coordinator/snapshot.json'

type Files = ReadonlyMap<string, string>

function imported(files: Files, document: string, ...commanded: readonly string[]) {
  const commands = Object.fromEntries(commanded.map((name) => [name, `do ${name}`]))
  const options = { definition: null, commands, id: 'imported-1' }
  return marsys.toRun(setOf(marsys, document, files), options, context)
}

/** The definition, the status of each step, and what is said about it. */
function told(result: ReturnType<typeof imported>) {
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const { run, notes } = result
  const steps = Object.entries(run.steps).map(([id, { status, skippedBy }]) =>
    [id, status, ...(skippedBy === null ? [] : [`by a ${skippedBy}`])].join(' '),
  )
  return { definition: run.workflow.definition, steps, notes }
}

/** A document of the samples with other values; without the checksum that they would break. */
function patched(
  files: Files,
  document: string,
  ...values: readonly (readonly [string, string])[]
) {
  const patches = values.map(([path, value]): TextPatch => ({
    op: 'add',
    path: path.split('|'),
    value,
  }))
  const result = patchText(files.get(document) ?? '', patches, 'python')
  if (result.kind === 'refused') throw new Error(result.problem)
  return new Map([[document, result.text]])
}

const memory = 'The memory of the agents is not carried over: it stays in the original.'
const anew = (name: string, was: string) =>
  `${name} was ${was}: it begins anew, and what it has done stays done.`

test('[F135] what is done is a gate with its result, what is not is its command', () => {
  const result = imported(legacy, analysis, 'branch_bbbb2222')
  expect(told(result)).toEqual({
    definition: {
      name: 'Researcher and Coder',
      steps: {
        branch_aaaa1111: {
          title: 'Branch Researcher',
          gate: {
            message: 'branch_aaaa1111 was done by MARSYS. Approve when its result still holds.',
          },
        },
        branch_bbbb2222: { title: 'Branch Coder', run: 'do branch_bbbb2222' },
      },
    },
    steps: ['branch_aaaa1111 succeeded', 'branch_bbbb2222 pending'],
    notes: [anew('branch_bbbb2222', 'running'), memory],
  })
  expect(result).toMatchObject({
    run: {
      id: 'imported-1',
      status: 'paused',
      finishedAt: null,
      steps: { branch_aaaa1111: { output: { summary: '42 rows' } } },
    },
  })
})

test('[F135] in a snapshot a branch needs those that its barrier waits for', () => {
  const result = imported(snapshots, snapshot, 'br_0000', 'br_0001', 'br_0002')
  expect(told(result)).toEqual({
    definition: {
      name: 'Coordinator',
      steps: {
        br_0000: { title: 'Coordinator', run: 'do br_0000', needs: ['br_0001', 'br_0002'] },
        br_0001: { title: 'Worker1', run: 'do br_0001' },
        br_0002: { title: 'Worker2', run: 'do br_0002' },
      },
    },
    steps: ['br_0000 pending', 'br_0001 pending', 'br_0002 pending'],
    notes: [
      anew('br_0000', 'waiting'),
      anew('br_0001', 'running'),
      anew('br_0002', 'running'),
      memory,
    ],
  })
})

test('[F135] a question to a person is a gate, and its answer the output', () => {
  const question =
    '[{"suspended_branch_id": "br_0001", "prompt": "Go on?", "resume_agent": "Worker1", "delivery_target": null}]'
  const files = patched(snapshots, snapshot, ['user_interactions', question])
  const { definition, notes } = told(imported(files, snapshot, 'br_0000', 'br_0002'))
  expect(definition?.steps).toMatchObject({
    br_0001: { title: 'Worker1', gate: { message: 'The question of this branch is answered.' } },
  })
  expect(notes).toEqual([
    anew('br_0000', 'waiting'),
    anew('br_0001', 'waiting'),
    anew('br_0002', 'running'),
    'br_0001 asked a person: the answer is now the output of a gate.',
    memory,
  ])
})

test('[F135] a branch that was called off is skipped, and is in the way of nothing', () => {
  const files = patched(
    old,
    paused,
    ['branches|branch_c1|state|status', '"cancelled"'],
    ['branches|branch_c2|parent_branch', '"branch_c2"'],
    ['branches|branch_c2|name', 'null'],
    ['branches|branch_p|name', '"one: two"'],
    ['checksum', 'null'],
  )
  expect(told(imported(files, paused, 'branch_p', 'branch_c2'))).toEqual({
    definition: {
      name: 'Coordinator',
      steps: {
        branch_p: { title: 'one: two', run: 'do branch_p', needs: ['branch_c1'] },
        branch_c1: {
          title: 'Branch Worker1',
          gate: { message: 'branch_c1 was done by MARSYS. Approve when its result still holds.' },
        },
        branch_c2: { title: 'Worker2', run: 'do branch_c2' },
      },
    },
    steps: ['branch_p pending', 'branch_c1 skipped by a person', 'branch_c2 pending'],
    notes: [anew('branch_p', 'waiting'), memory],
  })
})

test('[F135] a branch without a name or an agent has no title, and names that no id can be get one', () => {
  const files = patched(
    legacy,
    analysis,
    ['branches|branch_bbbb2222|topology', '{}'],
    ['branches|branch_bbbb2222|name', 'null'],
    [
      'branches|a b',
      '{"id": "a b", "state": {"status": "pending"}, "parent_branch": "branch_bbbb2222"}',
    ],
    ['checksum', 'null'],
  )
  expect(told(imported(files, analysis, 'branch_bbbb2222', 'a b')).definition?.steps).toMatchObject(
    {
      branch_bbbb2222: { run: 'do branch_bbbb2222', needs: ['a_b'] },
      a_b: { run: 'do a b' },
    },
  )
})

test.each<[string, Files, string, readonly string[]]>([
  [
    'a broken document',
    old,
    'sessions/session_truncated_321.json',
    ['The document is broken: repair it first.'],
  ],
  [
    'a checkpoint of 0.1',
    old,
    'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249808.json',
    ['MARSYS 0.1 wrote the branches of this checkpoint as text: nothing reads them.'],
  ],
  [
    'what its own reader refuses, each error of it and no warning',
    patched(
      snapshots,
      snapshot,
      ['mood', '1'],
      ['framework_version', '"0.9"'],
      ['root_barrier_id', '"bar_9"'],
    ),
    snapshot,
    [
      'the snapshot has mood, which no snapshot has. MARSYS refuses the snapshot.',
      'root_barrier_id names the barrier bar_9, which is not there.',
    ],
  ],
  [
    'branches that only MARSYS can run, each by its name',
    legacy,
    analysis,
    [
      'branch_bbbb2222 is done by an agent of MARSYS, which only MARSYS can run: give the command that does it here.',
    ],
  ],
])('[F135] refused: %s', (_, files, document, problems) => {
  expect(imported(files, document)).toEqual({ kind: 'refused', problems })
})
