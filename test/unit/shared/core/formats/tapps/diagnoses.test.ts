import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const state = (name: string) => `${home}/${name}-20261121-083138.json`
const own = state('full-sdlc-20260130-091500')
const text = healthy.texts.get(own) ?? ''

const said = (folder: Folder, document: string, now = context.now) =>
  tapps
    .read(setOf(folder, document), { ...context, now })
    .diagnoses.map(({ rule, severity, sentence }) => `${rule} ${severity}: ${sentence}`)

test('[F70] [F73] [F74] a state that is said to be running, and what its resume would do', () => {
  expect(said(healthy, own)).toEqual([
    'F70 stuck: Said to be running at "design", but nothing was saved for 24 h: no file says which process that was, most…',
    'F73 attention: "optional-docs" was skipped, which this engine never counts as done: what needs it is never ready.',
    'F74 attention: `tapps-agents workflow resume` does not go on from here: it starts a new run from step 1. 2 finished steps…',
  ])
  expect(said(healthy, own, '2026-11-21T08:32:00.000Z')[0]).toBe(
    'F70 attention: Said to be running at "design", saved 21 s ago. No file says which process that is.',
  )
})

test.each([
  ['rapid-dev-20260129-101010', 'F70 stuck: Paused at "review"'],
  ['maintenance-20260128-080808', 'F70 stuck: Failed at "testing" 24 h ago: Step'],
  ['quality-20260127-070707', 'F70 resting: Completed 24 h ago.'],
])('[F70] %s says what it is', (name, sentence) => {
  expect(said(healthy, state(name))[0]).toContain(sentence)
})

test('[F70] an older snapshot and a copy name the newest', () => {
  const older = `${home}/full-sdlc-20260130-091500-20261121-083137.json`
  const newest =
    'the newest snapshot of its workflow is full-sdlc-20260130-091500-20261121-083138.json.'
  expect(said(healthy, older)).toEqual([`F70 resting: An older snapshot: ${newest}`])
  expect(said(healthy, own.replace(home, `${home}/history`))).toEqual([
    `F70 resting: A copy in history: ${newest}`,
  ])
})

const damaged = (name: string, stamp: string) =>
  said(folderOf(`corruptions/${name}`), `${home}/wf-20260130-090000-20261121-${stamp}.json`)

test('[F71] what its loader does with a damaged state', () => {
  expect(damaged('truncated-latest-good-history', '084042')[0]).toContain(
    'F71 stuck: Its own loader ends with an error and recovers nothing: the file is no JSON',
  )
  expect(damaged('zero-byte', '084052')[0]).toContain('it refuses files below 50 bytes.')
  expect(damaged('checksum-mismatch-latest-good-history', '084044')[1]).toContain(
    'F71 attention: Its own loader would silently take wf-20260130-090000-20261121-084044.json from history',
  )
})

test('[F71] blocked: the loader refuses it and takes the state before it', () => {
  const blocked = text.replace('"status": "running"', '"status": "blocked"')
  const folder = withFiles(healthy, {
    [own]: blocked,
    [own.replace(home, `${home}/history`)]: blocked,
  })
  const [status, loader] = said(folder, own)
  expect(status).toContain('F70 stuck: Blocked at "design"')
  expect(loader).toContain('083137.json from history, an older')
})

test('[F71] the loader takes another workflow whose id begins alike', () => {
  const folder = withFiles(folderOf('corruptions/checksum-mismatch-latest-good-history'), {
    [`${home}/history/wf-20260130-090000-hotfix-20261121-084059.json`]: text,
  })
  const [, loader] = said(folder, `${home}/wf-20260130-090000-20261121-084044.json`)
  expect(loader).toContain(
    'Its own loader would silently take wf-20260130-090000-hotfix-20261121-084059.json, of another workflow',
  )
})

test('[F72] states of the cursor executor are not seen by its own commands', () => {
  const id = 'flow-20261121-083138-123456'
  const path = `${home}/${id}.json`
  const cursor = text
    .replaceAll('full-sdlc-20260130-091500', id)
    .replace(/,\n  "_checksum": "\w+"/, '')
  const lone: Folder = { facts: [], texts: new Map([[path, cursor]]) }
  const { label, diagnoses, findings } = tapps.read(setOf(lone, path), context)
  expect(label).toBe('TAPPS workflow state of the cursor executor')
  expect(findings).toEqual([])
  expect(diagnoses.map(({ rule }) => rule)).toContain('F72')
  expect(
    said(folderOf('other-stores/durable-event-store'), 'wf-paused/checkpoint.json')[0],
  ).toContain('F72')
})
