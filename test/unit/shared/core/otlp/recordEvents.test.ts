import { expect, test } from 'vitest'
import { recordEvents } from '../../../../../shared/core/otlp/recordEvents.ts'
import { began, born, journalOf, moment } from '../run/sampleRun.ts'

const who = { by: 'ada', reason: 'why' }
const whoSaid = { 'unstuck.by': 'ada', 'unstuck.reason': 'why' }

test.each<[object, string, object]>([
  [
    { type: 'gateDecided', step: 'build', decision: 'approved', values: {}, ...who },
    'unstuck.gate.decided',
    { 'unstuck.decision': 'approved', ...whoSaid },
  ],
  [
    { type: 'decision', step: 'build', decision: 'rerun', ...who },
    'unstuck.step.decision',
    { 'unstuck.decision': 'rerun', ...whoSaid },
  ],
  [
    { type: 'stepWaiting', step: 'build', waitingOn: { kind: 'run', run: 'child' } },
    'unstuck.step.waiting',
    { 'unstuck.waiting.on': 'run', 'unstuck.waiting.run': 'child' },
  ],
  [
    { type: 'stepSkipped', step: 'build', by: 'person', reason: null },
    'unstuck.step.skipped',
    { 'unstuck.by': 'person', 'unstuck.reason': null },
  ],
])('[F345] %j is an event of its step', (body, name, attributes) => {
  const { ofRun, ofSteps } = recordEvents(journalOf(born(), body, body))
  const event = (seq: number) => ({
    at: moment(seq),
    name,
    attributes: expect.objectContaining(attributes) as object,
  })
  expect(ofRun).toEqual([])
  expect(ofSteps.get('build')).toEqual([event(2), event(3)])
})

test.each<[object, string, object]>([
  [
    { type: 'variableSet', name: 'page', value: 3 },
    'unstuck.variable.set',
    { 'unstuck.variable.name': 'page' },
  ],
  [
    { type: 'runResumed', reset: ['build'], ...who },
    'unstuck.run.resumed',
    { ...whoSaid, 'unstuck.reset': ['build'] },
  ],
  [{ type: 'runPaused', ...who }, 'unstuck.run.paused', whoSaid],
  [{ type: 'runCancelled', ...who }, 'unstuck.run.cancelled', whoSaid],
  [
    { type: 'edited', patch: [{ op: 'remove', path: '/inputs/a' }], ...who },
    'unstuck.run.edited',
    { ...whoSaid, 'unstuck.paths': ['/inputs/a'] },
  ],
  [
    { type: 'repaired', source: 'journal', backup: null, dropped: null, ...who },
    'unstuck.run.repaired',
    whoSaid,
  ],
  [
    { type: 'migrated', from: 1, to: 3, source: 'a.json', backup: null, by: 'ada' },
    'unstuck.run.migrated',
    { 'unstuck.by': 'ada' },
  ],
])('[F345] %j is an event of the run', (body, name, attributes) => {
  const { ofRun, ofSteps } = recordEvents(journalOf(born(), body))
  expect(ofRun).toEqual([{ at: moment(2), name, attributes }])
  expect(ofSteps.size).toBe(0)
})

test('[F345] what begins a span, or nobody knows, is no event; the last record counts all the same', () => {
  const found = recordEvents(journalOf(born(), began('build'), { type: 'dreamt' }))
  expect(found).toMatchObject({ ofRun: [], lastMs: Date.parse(moment(3)) })
  expect([...found.ofSteps]).toEqual([])
  expect(recordEvents([]).lastMs).toBeNull()
})
