// What each engine is known to do wrong when it goes on, as it was seen: the plan says it before the engine's command runs.
import { expect, test } from 'vitest'
import { allFormats, casesOf, context } from './formats/formatCases.ts'

const home = 'healthy-mixed/.tapps-agents/workflow-state'
const dangers: readonly {
  readonly document: string
  /** What the document says instead, so that the danger is there. */
  readonly change?: readonly [string | RegExp, string]
  readonly said: readonly string[]
}[] = [
  {
    document: 'awf/failed.json',
    said: [
      'and fails again',
      'as 9007199254740992',
      'hooks of the start',
      'two resumes',
      'history.db',
    ],
  },
  {
    document: 'awf/states/33333333-cccc-4ccc-8ccc-333333333333.json',
    change: ['"Status": "cancelled"', '"Status": "running"'],
    said: ['a second time'],
  },
  {
    document: 'awf/failed.json',
    change: ['"CurrentStep": "error"', '"CurrentStep": "build"'],
    said: ['AWF runs "build" again although it is finished.', 'deletes the states of test'],
  },
  {
    document: `tapps/${home}/full-sdlc-20260130-091500-20261121-083138.json`,
    said: [
      'begins a new run at step 1',
      'Finished steps run again: "requirements", "planning".',
      'last.json then points to the new run',
      'nothing excludes that a process still works on it',
      'A skipped step never counts as done',
    ],
  },
  {
    document: `tapps/${home}/quality-20260127-070707-20261121-083138.json`,
    said: ['last.json holds an absolute path'],
  },
  {
    document: `tapps/${home}/full-sdlc-20260130-091500-20261121-083138.json`,
    change: ['"status": "running"', '"status": "blocked"'],
    said: ['silently takes'],
  },
  {
    document: 'marsys/v0.3-snapshots/sess-paused-at-coordinator/snapshot.json',
    said: [
      'counts its ids from br_0000 again, overwrites the root branch br_0000',
      'with another topology it says that the version is wrong',
      'A resume that fails leaves this snapshot as it was before',
      'deletes the snapshot',
      'some may be made twice',
    ],
  },
  {
    document: 'marsys/legacy-v0.2/sessions/session_analysis_123.json',
    said: ['does not clear the flag "paused"', 'leaves a pre_rollback_backup behind', 'are lost'],
  },
  {
    document: 'multyagents/api-state.paused.json',
    said: ['sets the word running and dispatches nothing', 'makes it running by itself'],
  },
  {
    document: 'task-runner/snapshot.failed.json',
    said: ['context that tasks share', 'names no workflow', 'what depends on it does not'],
  },
]

test.each(dangers)('[F289] $document: $said', ({ document, change, said }) => {
  const [one] = allFormats
    .flatMap(casesOf)
    .filter(({ format, document: path }) => `${format.id}/${path}` === document)
  if (one === undefined) throw new Error('There is no such document.')
  const text = change === undefined ? one.text : one.text.replace(change[0], change[1])
  if (change !== undefined && text === one.text) throw new Error('Nothing was changed.')
  const set = { ...one.set, texts: new Map([...one.set.texts, [one.document, text]]) }

  const { warnings } = one.format.resume(set, { from: null }, context)

  expect(said.filter((part) => !warnings.some((sentence) => sentence.includes(part)))).toEqual([])
})
