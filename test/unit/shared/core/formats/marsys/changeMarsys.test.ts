import { expect, test } from 'vitest'
import { legacyChecksum } from '../../../../../../shared/core/formats/marsys/legacyChecksum.ts'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { pythonJson } from '../../../../../../shared/core/formats/text/pythonJson.ts'
import type { Run, StepState } from '../../../../../../shared/schema/run.ts'
import { cutsOf, flipsOf } from '../damage.ts'
import { changedText, context, factsOf, readFolder, setOf } from '../fileSet.ts'
import { askPython } from '../python.ts'

const reader = new URL('reader.py', import.meta.url)
const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const analysis = 'sessions/session_analysis_123.json'
const failed = 'sessions/session_failed_789.json'
const pausedSession = 'sessions/session_paused_456.json'
const paused = 'sess-paused-at-coordinator/snapshot.json'
const checkpoint = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249807.json'

function edited(
  files: ReadonlyMap<string, string>,
  document: string,
  ...patches: readonly TextPatch[]
): string {
  return changedText(marsys.edit(setOf(marsys, document, files), patches, context))
}

test('[F102] every healthy session and checkpoint verifies, and Python computes the same', () => {
  const documents = [...legacy.values(), old.get(analysis), old.get(failed), old.get(pausedSession)]
  const sums = documents.map((text = '') => {
    const parsed = parseText(text, 'python')
    if (parsed.kind === 'broken' || parsed.root.kind !== 'object') return [null, null]
    return [legacyChecksum(parsed.root, context.sha256), /"checksum": "(\w+)"/.exec(text)?.[1]]
  })
  expect(sums.map(([computed]) => computed)).toEqual(sums.map(([, stored]) => stored))
  expect(askPython(reader, documents)).toEqual(documents.map(() => true))
})

function replace(path: readonly string[], value: string): TextPatch {
  return { op: 'replace', path, value }
}

test('[F131] an edited document is one that MARSYS loads and would have written so', () => {
  const session = edited(
    legacy,
    failed,
    replace(['branches', 'branch_f', 'state', 'status'], '"pending"'),
    replace(['branches', 'branch_f', 'state', 'end_time'], 'null'),
    {
      op: 'add',
      path: ['branches', 'branch_f', 'metadata', 'grüße'],
      value: '{"a":7.0,"b":["ü"]}',
    },
    { op: 'add', path: ['active_branches', '-'], value: '"branch_f"' },
    replace(['completed_branches'], '[]'),
  )
  const snapshot = edited(
    snapshots,
    paused,
    replace(['branches', 'br_0001', 'input', 'task'], '"Grüße 😀"'),
    replace(['max_steps'], '9007199254740993'),
  )
  const ofCheckpoint = edited(legacy, checkpoint, replace(['timestamp'], '1795249807.0'))
  expect(snapshot).toContain('"task": "Grüße 😀"')
  expect(session).toContain(
    '"gr\\u00fc\\u00dfe": {\n          "a": 7.0,\n          "b": [\n            "\\u00fc"',
  )
  expect(
    marsys.read(setOf(marsys, failed, new Map([[failed, session]])), context).findings,
  ).toEqual([])
  expect(askPython(reader, [session, snapshot, ofCheckpoint])).toEqual([true, true, true])
})

test('[F131] what is not named keeps its bytes, and no change is none', () => {
  const text = snapshots.get(paused) ?? ''
  const patch = { op: 'replace', path: ['branches', 'br_0000', 'step_count'], value: '2' } as const
  expect(edited(snapshots, paused, patch)).toBe(text.replace('"step_count": 1', '"step_count": 2'))
  expect(marsys.edit(setOf(marsys, paused, snapshots), [], context)).toEqual({
    kind: 'ok',
    changes: [],
    notes: [],
  })
  const compact = new Map([
    ['a.json', '{"active_branches":[],"branch_results":{},"x":1.50,"metadata":{}}'],
  ])
  expect(edited(compact, 'a.json', { op: 'add', path: ['metadata', 'y'], value: '"ü"' })).toContain(
    '"x":1.50,"metadata":{"y":"ü"}}',
  )
})

test.each<[string, TextPatch]>([
  ['a field more', { op: 'add', path: ['note'], value: '"x"' }],
  ['a field less', { op: 'remove', path: ['max_steps'] }],
  ['another kind', { op: 'replace', path: ['runnable'], value: '{}' }],
  ['a branch that is not there', { op: 'add', path: ['runnable', '-'], value: '"br_0008"' }],
  ['nothing there', { op: 'replace', path: ['nowhere'], value: '1' }],
  ['no JSON', { op: 'replace', path: ['max_steps'], value: '1,' }],
])('[F131] an edit that MARSYS would refuse is refused: %s', (_, patch) => {
  expect(marsys.edit(setOf(marsys, paused, snapshots), [patch], context).kind).toBe('refused')
})

test('[F132] a broken session is its newest good checkpoint, byte for byte what it was', () => {
  const text = legacy.get(analysis) ?? ''
  const newer = (legacy.get(checkpoint) ?? '').replace('"current_step": 1', '"current_step": 9')
  const files = new Map([
    ...legacy,
    [analysis, text.slice(0, 400)],
    ['checkpoints/checkpoint_analysis_123_bad_1795249900.json', newer],
  ])
  const set = setOf(marsys, analysis, files)
  const repairs = marsys.repairs(set, context)
  expect(
    repairs.map(({ id, confidence, changes }) => [id, confidence, changes[0]?.text === text]),
  ).toEqual([
    ['checkpoint:checkpoint_analysis_123_after_initial_analysis_1795249807.json', 'likely', true],
  ])
  expect(marsys.repairs(setOf(marsys, analysis, legacy), context)).toEqual([])
  expect(
    marsys.repairs(setOf(marsys, 'sessions/session_truncated_321.json', old), context),
  ).toEqual([])
})

test('[F132] a session whose checksum does not fit can be taken as it stands', () => {
  const text = (legacy.get(failed) ?? '').replace(
    '"name": "Branch Coder"',
    '"name": "Branch Coded"',
  )
  const files = new Map([[failed, text]])
  const repairs = marsys.repairs(setOf(marsys, failed, files), context)
  expect(repairs.map(({ id, confidence }) => [id, confidence])).toEqual([['checksum', 'guess']])
  expect(askPython(reader, [repairs[0]?.changes[0]?.text])).toEqual([true])
})

test('[F132] a snapshot is mended from its temporary file, and an older one goes', () => {
  const text = snapshots.get(paused) ?? ''
  const newer = text.replace(
    '"paused_at": "2026-11-21T08:30:48',
    '"paused_at": "2026-11-21T08:40:48',
  )
  const offered = (document: string, temporary: string) => {
    const files = new Map([
      [paused, document],
      [`${paused}.tmp`, temporary],
    ])
    return marsys
      .repairs(setOf(marsys, paused, files), context)
      .map(({ id, confidence }) => `${id} ${confidence}`)
  }
  expect(offered(text.slice(0, 99), newer)).toEqual(['temporary:take likely'])
  expect(offered(text, newer)).toEqual(['temporary:take likely'])
  expect(offered(newer, text)).toEqual(['temporary:away likely', 'temporary:take guess'])
  expect(offered(text, '{')).toEqual(['temporary:away certain'])
  expect(offered(text.slice(0, 99), '{')).toEqual([])
})

test('[F133] checkpoints go by the rules of MARSYS, but never the only good copy', () => {
  const text = legacy.get(checkpoint) ?? ''
  const named = (name: string) =>
    text.replace('"checkpoint_name": "after_initial_analysis"', `"checkpoint_name": "${name}"`)
  const files = new Map([
    [analysis, legacy.get(analysis) ?? ''],
    ['checkpoints/checkpoint_analysis_123_auto_1_1795249807.json', named('auto_1')],
    ...Array.from({ length: 11 }, (_, index): [string, string] => [
      `checkpoints/checkpoint_analysis_123_c${index}_1795249807.json`,
      named(`c${index}`),
    ]),
  ])
  const aged = (hours: number) =>
    factsOf(files).map((file, index) => ({
      ...file,
      modifiedAt: new Date(
        Date.parse(context.now) - hours * 3_600_000 - index * 1000,
      ).toISOString(),
    }))
  const clean = (hours: number, texts: ReadonlyMap<string, string> = files) =>
    marsys.cleanup?.(aged(hours), texts, { olderThanDays: null, keepLatest: null }, context) ?? []
  const gone = (rows: ReturnType<typeof clean>) => rows.filter(({ goes }) => goes).length
  expect(gone(clean(1))).toBe(2)
  expect(gone(clean(30))).toBe(3)
  expect(gone(clean(80))).toBe(12)
  const kept = clean(80, new Map([...files, [analysis, '{']])).filter(({ goes }) => !goes)
  expect(kept.map(({ path }) => path)).toEqual([
    analysis,
    'checkpoints/checkpoint_analysis_123_auto_1_1795249807.json',
  ])
  expect(kept[1]?.reason).toContain('newest good copy')
})

test('[F133] a snapshot is the only copy of its run; a broken rest beside it goes', () => {
  const files = new Map([...snapshots, [`${paused}.tmp`, '{']])
  const facts = factsOf(files).map((file) => ({ ...file, modifiedAt: '2026-01-01T00:00:00.000Z' }))
  const rows = marsys.cleanup?.(facts, files, { olderThanDays: null, keepLatest: null }, context)
  expect(rows?.filter(({ goes }) => goes).map(({ path }) => path)).toEqual([`${paused}.tmp`])
  expect(rows?.find(({ path }) => path === paused)?.reason).toContain('MARSYS would delete it')
})

function imported(
  files: ReadonlyMap<string, string>,
  document: string,
  commands: Record<string, string>,
) {
  const options = { definition: null, commands, id: 'imported-1' }
  return marsys.toRun(setOf(marsys, document, files), options, context)
}

test('[F135] what only MARSYS can run is refused by name', () => {
  expect(imported(snapshots, paused, { br_0000: 'true', br_0001: 'true' })).toEqual({
    kind: 'refused',
    problems: [expect.stringContaining('br_0002 is done by an agent of MARSYS')],
  })
  expect(imported(old, 'sessions/session_truncated_321.json', {}).kind).toBe('refused')
  expect(imported(old, [...old.keys()][0] ?? '', {}).kind).toBe('refused')
})

/** The run with some of its steps done, as an executor leaves it. */
function finished(run: Run, ...steps: readonly string[]): Run {
  const state: StepState = {
    status: 'succeeded',
    attempts: [
      {
        number: 1,
        startedAt: '2026-11-21T10:00:00.000Z',
        finishedAt: '2026-11-21T10:00:01.500Z',
        outcome: 'succeeded',
        error: null,
        exitCode: 0,
        process: null,
      },
    ],
    output: { done: 'größer' },
    waitingOn: null,
    skippedBy: null,
  }
  const done = Object.fromEntries(steps.map((step) => [step, state]))
  return {
    ...run,
    status: 'completed',
    updatedAt: '2026-11-21T10:00:02.000Z',
    steps: { ...run.steps, ...done },
  }
}

test.each<[string, ReadonlyMap<string, string>, string, readonly string[]]>([
  ['a session', legacy, analysis, ['branch_bbbb2222']],
  ['a failed session', legacy, failed, ['branch_f']],
  ['a paused session', old, pausedSession, ['branch_p', 'branch_c1', 'branch_c2']],
  ['a snapshot', snapshots, paused, ['br_0000', 'br_0001', 'br_0002']],
])('[F135] %s goes into a run and back', (_, files, document, open) => {
  const set = setOf(marsys, document, files)
  const result = imported(files, document, Object.fromEntries(open.map((step) => [step, 'true'])))
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  expect(marsys.fromRun(set, result.run, context)).toEqual({ kind: 'ok', changes: [], notes: [] })
  const back = changedText(marsys.fromRun(set, finished(result.run, ...open), context))
  const reading = marsys.read(setOf(marsys, document, new Map([[document, back]])), context)
  expect(reading.findings).toEqual([])
  const words = Object.values(reading.run?.steps ?? {}).map(({ status }) => status)
  expect(new Set(words)).toEqual(new Set(['succeeded']))
  const stranger = {
    ...result.run,
    steps: { ...result.run.steps, other: finished(result.run, 'x').steps },
  }
  expect(marsys.fromRun(set, stranger as unknown as Run, context).kind).toBe('refused') // a step of no branch
  expect(askPython(reader, [back])).toEqual([true])
})

test.each<[StepState['status'], string, string]>([
  ['failed', 'failed', 'FAILED'],
  ['cancelled', 'cancelled', 'ABANDONED'],
  ['skipped', 'cancelled', 'ABANDONED'],
  ['running', 'running', 'RUNNING'],
  ['waiting', 'waiting', 'WAITING'],
])(
  '[F135] a step that is %s goes back as %s, in a snapshot as %s',
  (status, legacyWord, snapshotWord) => {
    const told = (
      files: ReadonlyMap<string, string>,
      document: string,
      name: string,
      open: readonly string[],
    ) => {
      const result = imported(files, document, Object.fromEntries(open.map((one) => [one, 'true'])))
      if (result.kind === 'refused') throw new Error(result.problems.join(' '))
      const steps = {
        ...result.run.steps,
        [name]: {
          ...(finished(result.run, name).steps[name as never] as object),
          status,
          attempts: [],
        },
      }
      const back = marsys.fromRun(setOf(marsys, document, files), { ...result.run, steps }, context)
      const { branches } = JSON.parse(changedText(back)) as {
        branches: Record<
          string,
          { status?: string; state?: { status: string; error: string | null } }
        >
      }
      return { ...branches[name], notes: back.kind === 'ok' ? back.notes.join() : '' }
    }
    const session = told(legacy, analysis, 'branch_bbbb2222', ['branch_bbbb2222'])
    const snapshot = told(snapshots, paused, 'br_0000', ['br_0000', 'br_0001', 'br_0002'])

    expect(session.state).toMatchObject({
      status: legacyWord,
      error: status === 'failed' ? 'It failed.' : null,
      end_time: null,
    })
    expect(snapshot.status).toBe(snapshotWord)
    expect(session.notes.includes('MARSYS has no word for it')).toBe(status === 'skipped')
  },
)

test('[F135] an original that MARSYS could not load is refused', () => {
  const result = imported(snapshots, paused, { br_0000: 'true', br_0001: 'true', br_0002: 'true' })
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const torn = setOf(marsys, paused, new Map([[paused, '{"version"']]))
  expect(marsys.fromRun(torn, result.run, context)).toEqual({
    kind: 'refused',
    problems: ['The original is no session that MARSYS could load.'],
  })
})

test('[F135] a parent needs its children', () => {
  const result = imported(old, pausedSession, {
    branch_p: 'true',
    branch_c1: 'true',
    branch_c2: 'true',
  })
  const steps = result.kind === 'ok' ? result.run.workflow.definition?.steps : {}
  expect(Object.entries(steps ?? {}).map(([id, { needs }]) => [id, needs])).toEqual([
    ['branch_p', ['branch_c1', 'branch_c2']],
    ['branch_c1', undefined],
    ['branch_c2', undefined],
  ])
})

test('[F139] a document cut at any byte is told as broken', () => {
  for (const [files, document] of [
    [legacy, failed],
    [snapshots, paused],
  ] as const) {
    for (const cut of cutsOf(files.get(document) ?? '')) {
      const set = setOf(marsys, document, new Map([[document, cut]]))
      const { run, findings } = marsys.read(set, context)
      if (run !== null || findings[0]?.rule !== 'F100') expect.fail(`cut to ${cut.length}`)
      if (cut.length % 32 === 0) marsys.repairs(set, context)
    }
  }
})

test('[F139] a flipped bit is broken, found by the checksum, or stands in what is shown', () => {
  for (const [files, document] of [
    [legacy, failed],
    [snapshots, paused],
    [legacy, checkpoint],
  ] as const) {
    const text = files.get(document) ?? ''
    for (const flip of flipsOf(text, 250)) {
      const set = setOf(marsys, document, new Map([[document, flip]]))
      const { findings } = marsys.read(set, context)
      if (findings.length === 0 && covered(flip) === covered(text)) {
        // Nothing covers it: then the tree that is shown has to be another one.
        if (treeOf(flip) === treeOf(text)) expect.fail(`silent: ${flip}`)
      }
      if (findings.length === 0 && covered(flip) !== covered(text) && document !== paused) {
        expect.fail(`a covered field changed in silence: ${flip}`)
      }
      marsys.repairs(set, context)
      marsys.resume(set, { from: null }, context)
      imported(set.texts, document, {})
    }
  }
})

function treeOf(text: string): string {
  const parsed = parseText(text, 'python')
  return parsed.kind === 'ok' ? pythonJson(parsed.root) : 'broken'
}

function covered(text: string): string | null {
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken' || parsed.root.kind !== 'object') return 'broken'
  return legacyChecksum(parsed.root, (covers) => covers)
}
