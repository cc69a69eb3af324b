import { describe, expect, test } from 'vitest'
import { summariseRecord } from '../../../../../shared/core/run/summariseRecord.ts'
import { recordTypes } from '../../../../../shared/schema/journal.ts'
import {
  began,
  born,
  checkpoint,
  failed,
  moment,
  recordOf,
  started,
  succeeded,
} from './sampleRun.ts'

const by = 'ada'
const reason = null
const step = 'build'

const sentences: readonly (readonly [object, string])[] = [
  [born(), 'The run of release was created.'],
  [started, 'The run started.'],
  [began(step), 'build started, attempt 1.'],
  [succeeded(step), 'build succeeded.'],
  [failed(step, 'boom\nat x'), 'build failed, attempt 1: boom'],
  [
    { type: 'stepSkipped', step, by: 'dependency', reason },
    'build was skipped because of a step before it.',
  ],
  [
    { type: 'stepCancelled', step, attempt: 1, reason: 'Too slow.' },
    'build was cancelled: Too slow.',
  ],
  [
    { type: 'stepWaiting', step, waitingOn: { kind: 'run', run: 'x' } },
    'build waits for another run.',
  ],
  [
    { type: 'retryScheduled', step, attempt: 2, until: moment(9) },
    'build will be tried again at 2026-01-02T03:04:14.678Z, attempt 2.',
  ],
  [
    { type: 'gateDecided', step, decision: 'approved', by, values: {}, reason: 'ok' },
    'build was approved by ada: ok.',
  ],
  [{ type: 'variableSet', name: 'rows', value: 1 }, 'The variable rows was set.'],
  [
    { type: 'variablesChanged', set: [{ name: 'rows', value: 1 }], removed: ['page'], by },
    'ada changed 2 variables.',
  ],
  [checkpoint('c1', step), 'Checkpoint c1 was made after build.'],
  [
    { type: 'decision', step, decision: 'rerun', by, reason },
    'ada decided about build: run it again.',
  ],
  [{ type: 'runPaused', by, reason }, 'The run was paused by ada.'],
  [
    { type: 'runResumed', by, reason, reset: ['a', 'b'] },
    'The run was resumed by ada; 2 steps will be evaluated again.',
  ],
  [{ type: 'runCompleted' }, 'The run completed.'],
  [
    { type: 'runFailed', error: { name: 'E', message: 'no disk', code: null, stack: null } },
    'The run failed: no disk',
  ],
  [{ type: 'runCancelled', by, reason: 'late' }, 'The run was cancelled by ada: late.'],
  [
    { type: 'annotated', annotations: { colour: null, note: null, pinned: true, tags: [] }, by },
    'ada changed the notes of the run.',
  ],
  [
    { type: 'edited', patch: [{ op: 'remove', path: '/x' }], by, reason },
    'ada changed the state in 1 place.',
  ],
  [
    {
      type: 'repaired',
      source: 'head',
      backup: null,
      dropped: { fromSeq: 3, toSeq: 5, bytes: 9 },
      by,
      reason,
    },
    'ada repaired the run from head; records 3 to 5 were lost.',
  ],
  [
    { type: 'migrated', from: 1, to: 3, source: 'old.json', backup: null, by },
    'ada migrated old.json from version 1 to 3.',
  ],
  [
    { type: 'thinned', dropped: [{ fromSeq: 2, toSeq: 4, sumBefore: '' }] },
    '3 records of the history went to the trash.',
  ],
  [{ ...born(), type: 'keyframe' }, 'The whole state was written.'],
]

describe('summariseRecord', () => {
  test.each(sentences)('[J29] %o', (body, sentence) => {
    const item = recordOf(body, 1)
    expect(item.kind).toBe('known')
    expect(summariseRecord(item)).toBe(sentence)
  })

  test('[J29] has a sentence for every type', () => {
    const types = sentences.map(([body]) => ('type' in body ? body.type : ''))
    expect(new Set(types)).toEqual(new Set(recordTypes))
  })

  test('[J29] names a type that it does not know', () => {
    expect(summariseRecord(recordOf({ type: 'teleported' }, 1))).toBe(
      'A record of a type this version does not know: teleported.',
    )
  })
})
