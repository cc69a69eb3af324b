import { describe, expect, test } from 'vitest'
import { lookAtFields } from '../../../../../shared/core/diff/touchedFields.ts'
import { createDraft, type Draft } from '../../../../../shared/core/run/draft.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { advance } from '../../../../../shared/core/run/transition.ts'
import { runAsJson, type Run } from '../../../../../shared/schema/run.ts'
import {
  began,
  born,
  checkpoint,
  failed,
  journalOf,
  moment,
  recordOf,
  sampleRun,
  started,
  succeeded,
} from '../run/sampleRun.ts'

const gate = { kind: 'gate', since: moment(3), who: null }
const set = (name: string, value: unknown) => ({ type: 'variableSet', name, value })
const decided = (decision: string) => ({
  type: 'decision',
  step: 'build',
  decision,
  by: 'ada',
  reason: null,
})
const variables = (pairs: object, removed: readonly string[] = []) => ({
  type: 'variablesChanged',
  set: Object.entries(pairs).map(([name, value]) => ({ name, value })),
  removed,
  by: 'ada',
})
const annotated = (note: string) => ({
  type: 'annotated',
  annotations: { ...sampleRun().annotations, note },
  by: 'ada',
})
const edited = (...patch: readonly object[]) => ({ type: 'edited', patch, by: 'ada', reason: null })
const thinned = { type: 'thinned', dropped: [] }

/** So far: some of everything that a record can change, each once changed, so that the next change is made in place. */
const past = [
  born(),
  started,
  set('total', 1),
  set('tags', { a: [1] }),
  began('build'),
  decided('adopted'),
  checkpoint('cp-1'),
  { type: 'stepWaiting', step: 'test', waitingOn: gate },
  {
    type: 'stepWaiting',
    step: 'notify',
    waitingOn: { kind: 'items', total: 2 },
    items: ['a', 'b'],
  },
]

/** A record that names the entries it touches leaves the containers of the draft as they are. */
const naming: readonly (readonly [name: string, body: object])[] = [
  ['stepStarted', began('deploy')],
  ['stepStarted of a step that the run did not know', began('extra')],
  ['stepSucceeded', succeeded('build', { size: 7 })],
  ['stepFailed', failed('build')],
  ['stepSkipped', { type: 'stepSkipped', step: 'deploy', by: 'person', reason: null }],
  ['stepCancelled', { type: 'stepCancelled', step: 'build', attempt: 1, reason: null }],
  ['retryScheduled', { type: 'retryScheduled', step: 'build', attempt: 2, until: moment(60) }],
  [
    'gateDecided',
    {
      type: 'gateDecided',
      step: 'test',
      decision: 'approved',
      by: 'ada',
      values: {},
      reason: null,
    },
  ],
  ['decision', decided('happened')],
  ['decision that changes no step', decided('stop')],
  ['stepWaiting', { type: 'stepWaiting', step: 'build', waitingOn: gate }],
  ['variableSet', set('total', 2)],
  ['variableSet of a new one', set('other', null)],
  ['variableSet to the same value', set('tags', { a: [1] })],
  ['variablesChanged', variables({ total: 5, new: [] }, ['tags'])],
  ['variablesChanged that only sets', variables({ total: 5 })],
  ['variablesChanged that only removes', variables({}, ['total'])],
  ['variablesChanged that changes none', variables({ total: 1 }, ['nothing'])],
  ['checkpoint', checkpoint('cp-2')],
  ['annotated', annotated('mine')],
  ['a record of a later version', { type: 'dreamt', of: 'sheep' }],
]

/** Any other may change all that the run has. */
const others: readonly (readonly [name: string, body: object])[] = [
  [
    'stepWaiting with items',
    { type: 'stepWaiting', step: 'notify', waitingOn: gate, items: ['b', 'c', 'd'] },
  ],
  ['runStarted', started],
  ['runPaused', { type: 'runPaused', by: 'ada', reason: null }],
  ['runResumed', { type: 'runResumed', by: 'ada', reason: null, reset: ['build', 'test'] }],
  ['runCompleted', { type: 'runCompleted' }],
  ['runCancelled', { type: 'runCancelled', by: 'ada', reason: null }],
  ['edited', edited({ op: 'replace', path: '/variables/total', value: 9 })],
  ['edited to what it was', edited({ op: 'replace', path: '/variables/total', value: 1 })],
  ['edited with a field more', edited({ op: 'add', path: '/ticket', value: 'T-1' })],
  ['keyframe', { type: 'keyframe', run: runAfter(past) }],
  ['keyframe of another state', { type: 'keyframe', run: sampleRun() }],
  ['thinned', thinned],
]

const byEveryRecord = ['journal', 'checkpoints', 'updatedAt']

function runAfter(bodies: readonly object[]): Run {
  const run = replay(journalOf(...bodies))
  if (run === null) throw new Error('The records bring no run.')
  return run
}

/** A draft that has changed each of its containers itself. */
function draftOf(bodies: readonly object[]): Draft {
  const [first, ...rest] = journalOf(...bodies)
  if (first?.record.type !== 'runCreated') throw new Error('The records bring no run.')
  const draft = createDraft(sampleRun())
  for (const item of rest) advance(draft, item)
  return draft
}

function fieldsOf(run: Run): Readonly<Record<string, unknown>> {
  return structuredClone(runAsJson(run)) as Record<string, unknown> // a run is a record
}

/** What is said of a record about a field, and what comparing all of both states says. */
function told(body: object, field: string | null) {
  const draft = draftOf(past)
  const before = fieldsOf(draft.run)
  const item = recordOf(body, past.length + 1)
  if (item.kind === 'unknown' && item.record.type !== 'dreamt') throw new Error('It does not fit.')
  const isTouched = lookAtFields(draft, item, field)
  const kept = draft.owned.size
  advance(draft, item)
  const after = fieldsOf(draft.run)
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const changed = [...names].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  return { says: isTouched(draft.run), changed, kept, names: [...names] }
}

describe('what a record changed of a run', () => {
  test.each([...naming, ...others])(
    '[D80] of %s: told of each field as comparing all of it would',
    (_, body) => {
      const { changed, names } = told(body, null)
      const said = names.filter((name) => told(body, name).says)
      expect(said.toSorted()).toEqual(changed.toSorted())
    },
  )

  test.each([...naming, ...others])(
    '[D80] of %s: whether the run changed in more than every record changes',
    (_, body) => {
      const { says, changed } = told(body, null)
      expect(says).toBe(changed.some((name) => !byEveryRecord.includes(name)))
    },
  )

  test('[E200] a record that names what it touches makes no copy of anything, any other makes the draft copy', () => {
    expect(naming.map(([name, body]) => [name, told(body, null).kept])).toEqual(
      naming.map(([name]) => [name, 4]),
    )
    expect(others.map(([name, body]) => [name, told(body, null).kept])).toEqual(
      others.map(([name]) => [name, 0]),
    )
  })
})
