import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { asPython, written } from './asPython.ts'
import { context, folderOf, home, setOf, withFiles } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const own = `${home}/full-sdlc-20260130-091500-20261121-083138.json`
const resume = (name: string, document: string, from: string | null = null) =>
  tapps.resume(setOf(folderOf(name), document), { from }, context)

test('[F88] finished steps run again, and that is said', () => {
  const { command, steps, warnings, problems } = resume('healthy-mixed', own, 'design')
  expect(command).toEqual([
    'tapps-agents',
    'workflow',
    'resume',
    '--workflow-id',
    'full-sdlc-20260130-091500',
  ])
  expect(steps.map(({ step, does }) => [step, does])).toEqual([
    ['requirements', 'runAgain'],
    ['planning', 'runAgain'],
    ['optional-docs', 'unknown'],
    ['design', 'runAgain'],
  ])
  expect(warnings.slice(0, 4)).toEqual([
    'It does not go on from here: it compares the id of the run with that of the workflow, which never are equal, and begins a new run at step 1.',
    'Finished steps run again: "requirements", "planning".',
    'last.json then points to the new run; this one is found by its id only.',
    'It cannot begin at "design": the command has no such option.',
  ])
  expect(problems).toEqual([])
})

test.each([
  [
    'healthy-mixed',
    `${home}/quality-20260127-070707-20261121-083138.json`,
    'The workflow is completed.',
  ],
  [
    'corruptions/meta-missing',
    `${home}/wf-20260130-090000-20261121-084048.json`,
    'Its description is missing',
  ],
  [
    'corruptions/zero-byte',
    `${home}/wf-20260130-090000-20261121-084052.json`,
    'Its loader ends with an error',
  ],
  [
    'other-stores/durable-event-store',
    'wf-paused/checkpoint.json',
    'A durable checkpoint is resumed by the code',
  ],
  [
    'other-stores/epic',
    '.tapps-agents/epic-state/epic-12.json',
    'No command of this engine goes on from it.',
  ],
])(
  '[F88] there is no command where its own does not find the state: %s %s',
  (name, document, problem) => {
    const { command, problems } = resume(name, document)
    expect(command).toBe(null)
    expect(problems[0]).toContain(problem)
  },
)

test('[F88] a basic state is found by the pointer alone; a loader that takes another state is a warning', () => {
  expect(
    resume('legacy-basic-no-meta', `${home}/workflow-rapid-dev-20260129-101010.json`).command,
  ).toEqual(['tapps-agents', 'workflow', 'resume'])
  const forged = resume(
    'corruptions/checksum-mismatch-latest-good-history',
    `${home}/wf-20260130-090000-20261121-084044.json`,
  )
  expect(forged.warnings.some((warning) => warning.includes('silently takes'))).toBe(true)
})

test('[F89] [F93] version 1.0 becomes 2.0 as its own code would make it', () => {
  const folder = folderOf('old-version-1.0')
  const path = `${home}/old-1-20251201-100500.json`
  const change = tapps.migrate?.(setOf(folder, path), context) ?? { kind: 'refused', problems: [] }
  const after = written(folder, change)
  expect(after.texts.get(path)?.replace(/\w{64}/, 'SUM')).toBe(`{
  "workflow_id": "old-1",
  "started_at": "2025-12-01T10:00:00",
  "current_step": "step-1",
  "completed_steps": [
    "step-0"
  ],
  "skipped_steps": [],
  "artifacts": {
    "plan": {
      "name": "plan",
      "path": "docs/plan.md",
      "status": "complete",
      "created_by": "step-0",
      "created_at": null,
      "metadata": {}
    }
  },
  "variables": {},
  "status": "running",
  "error": null,
  "_checksum": "SUM"
}`)
  expect(asPython('old-1', after)[0]?.problems).toEqual([])
  expect(tapps.read(setOf(after, path), context)).toMatchObject({
    version: '2.0',
    isOld: false,
    findings: [],
  })
})

test('[F89] a state of today needs no migration; what is no state has none', () => {
  expect(tapps.migrate?.(setOf(healthy, own), context)).toEqual({
    kind: 'ok',
    changes: [],
    notes: [],
  })
  expect(
    tapps.migrate?.(
      setOf(folderOf('other-stores/epic'), '.tapps-agents/epic-state/epic-12.json'),
      context,
    ),
  ).toMatchObject({ kind: 'refused' })
})

const cleaned = (olderThanDays: number, keepLatest: number, folder = healthy) =>
  tapps
    .cleanup?.(
      folder.facts,
      folder.texts,
      { olderThanDays, keepLatest },
      { ...context, now: '2027-03-01T00:00:00.000Z' },
    )
    .map(({ path, goes, reason }) => [path.slice(home.length + 1), goes, reason] as const) ?? []

test('[F90] the newest of each workflow stays, however old it is', () => {
  const goes = cleaned(30, 10)
    .filter(([, isGoing]) => isGoing)
    .map(([path]) => path)
  expect(goes).toEqual([
    'full-sdlc-20260130-091500-20261121-083137.json',
    'history/full-sdlc-20260130-091500-20261121-083137.json',
  ])
  const [, , reason] = cleaned(30, 10).find(([path]) => path.startsWith('quality')) ?? []
  expect(reason).toBe(
    'The newest state of its workflow stays. `workflow state cleanup` would delete it and leave its description pointing to nothing.',
  )
})

test('[F90] what a description or last.json names stays; what is no state is not named', () => {
  const id = 'full-sdlc-20260130-091500'
  const folder = withFiles(healthy, {
    [`${home}/${id}.meta.json`]: (healthy.texts.get(`${home}/${id}.meta.json`) ?? '').replace(
      '083138.json',
      '083137.json',
    ),
    [`${home}/${id}-20261121-083130.json`]: '{"cut',
  })
  const rows = cleaned(30, 1, folder)
  expect(rows.filter(([, goes]) => goes)).toEqual([])
  expect(rows.map(([path]) => path)).not.toContain(`${id}-20261121-083130.json`)
  expect(rows.every(([path]) => !path.includes('meta') && !path.includes('last'))).toBe(true)
})

test('[F90] so many a workflow are kept', () => {
  const goes = cleaned(10_000, 1).filter(([, isGoing]) => isGoing)
  expect(goes.map(([, , reason]) => reason)[0]).toBe(
    '1 newer states of its workflow stay. `workflow state cleanup` would leave it: it counts one a workflow.',
  )
})
