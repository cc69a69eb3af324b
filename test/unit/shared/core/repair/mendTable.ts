import { CheckpointId } from '../../../../../shared/schema/ids.ts'
import type { Decision, Run } from '../../../../../shared/schema/run.ts'
import {
  at,
  checkpointId,
  makeAttempt,
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
  step,
} from '../resume/makeRun.ts'

const ended = (finishedAt: string | null, number = 1) =>
  makeAttempt(number, { outcome: 'succeeded', finishedAt })
const done = {
  build: makeStep('succeeded', { attempts: [ended(at(2))] }),
  charge: makeStep('succeeded', { attempts: [ended(at(3))] }),
  mail: makeStep('succeeded', { attempts: [ended(at(4))] }),
}
const completed = { status: 'completed', startedAt: at(1), finishedAt: at(9), steps: done } as const
const decision = (seq: number, name: string): Decision => ({
  seq,
  at: at(seq),
  step: step(name),
  decision: 'rerun',
  by: 'ada',
  reason: null,
})
const forked = { run: makeRun().id, checkpoint: checkpointId(1), seq: 1 }
const tolerant = makeDefinition({
  build: { continueOnError: true },
  charge: { needs: [step('build')] },
  mail: { needs: [step('charge')] },
})
const waiting = { kind: 'time', until: at(3) } as const
const tomorrow = '2026-01-03T00:00:00.000Z'

/** Runs that contradict themselves. */
export const mendTable: readonly (readonly [name: string, run: Run, now?: string])[] = [
  [
    'an attempt whose end is told without an outcome, before another one',
    makeRun({
      ...completed,
      steps: {
        ...done,
        build: makeStep('succeeded', {
          attempts: [makeAttempt(1, { finishedAt: at(2) }), ended(at(4), 3)],
        }),
      },
    }),
  ],
  [
    'the last attempt, whose end is told without an outcome',
    makeRun({
      ...completed,
      steps: {
        ...done,
        build: makeStep('succeeded', { attempts: [makeAttempt(1, { finishedAt: at(2) })] }),
      },
    }),
  ],
  [
    'the last attempt, open, of a step that ended',
    makeRun({
      ...completed,
      steps: { ...done, build: makeStep('succeeded', { attempts: [makeAttempt(1)] }) },
    }),
  ],
  [
    'the last attempt, open, of a step that failed',
    makeRun({
      steps: {
        ...done,
        mail: makeStep('failed', { attempts: [makeAttempt(1, { startedAt: at(5) })] }),
      },
    }),
  ],
  [
    'the end of the last attempt is not told',
    makeRun({
      ...completed,
      steps: { ...done, build: makeStep('succeeded', { attempts: [ended(null)] }) },
    }),
  ],
  [
    'the end of an earlier attempt is not told',
    makeRun({
      ...completed,
      steps: {
        ...done,
        build: makeStep('succeeded', {
          attempts: [makeAttempt(1, { outcome: 'failed' }), ended(at(5), 4)],
        }),
      },
    }),
  ],
  [
    'nothing tells how a cancelled attempt ended',
    makeRun({
      steps: {
        ...done,
        mail: makeStep('cancelled', { attempts: [makeAttempt(1, { finishedAt: at(4) })] }),
      },
    }),
  ],
  [
    'a step that runs although its attempt failed',
    makeRun({
      steps: {
        ...done,
        mail: makeStep('running', {
          attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(4) })],
        }),
      },
    }),
  ],
  [
    'a step that waits for nothing, in a run that waited for it',
    makeRun({ status: 'waiting', steps: { ...done, mail: makeStep('waiting', { attempts: [] }) } }),
  ],
  [
    'a step that waits for nothing, beside one that waits',
    makeRun({
      status: 'waiting',
      steps: {
        ...done,
        charge: makeStep('waiting', { waitingOn: waiting, attempts: [] }),
        mail: makeStep('waiting', { attempts: [] }),
      },
    }),
  ],
  [
    'a step that waits for nothing, whose attempt is open',
    makeRun({
      status: 'waiting',
      steps: { ...done, mail: makeStep('waiting', { attempts: [makeAttempt(1)] }) },
    }),
  ],
  [
    'a step that was skipped, and nothing says why',
    makeRun({ steps: { ...done, mail: makeStep('skipped') } }),
  ],
  [
    'a decision about a step that is not there',
    makeRun({ ...completed, decisions: [decision(2, 'build'), decision(3, 'gone')] }),
  ],
  [
    'decisions behind the last record',
    makeRun({
      ...completed,
      decisions: [decision(2, 'build'), decision(90, 'mail'), decision(91, 'mail')],
    }),
  ],
  [
    'a checkpoint by a step that is not there',
    makeRun({
      ...completed,
      checkpoints: [makeCheckpoint(1), makeCheckpoint(2, { step: step('gone') })],
    }),
  ],
  [
    'a checkpoint that follows a later one',
    makeRun({
      ...completed,
      checkpoints: [makeCheckpoint(2, { parent: checkpointId(3) }), makeCheckpoint(3)],
    }),
  ],
  [
    'a checkpoint made before the one that it follows',
    makeRun({
      ...completed,
      checkpoints: [
        makeCheckpoint(1, { at: at(4) }),
        makeCheckpoint(2, { parent: CheckpointId.parse('cp-1') }),
      ],
    }),
  ],
  [
    'a completed run with a step that waits',
    makeRun({
      ...completed,
      steps: { ...done, mail: makeStep('waiting', { waitingOn: waiting, attempts: [] }) },
    }),
  ],
  [
    'a completed run with a step that was cancelled',
    makeRun({ ...completed, steps: { ...done, mail: makeStep('cancelled') } }),
  ],
  ['a failed run without a step that failed', makeRun({ ...completed, status: 'failed' })],
  [
    'a failed step that the definition passes over',
    makeRun({
      ...completed,
      status: 'failed',
      workflow: { ...makeRun().workflow, definition: tolerant },
      steps: { ...done, build: makeStep('failed') },
    }),
  ],
  [
    'a pending run with a step that runs',
    makeRun({
      status: 'pending',
      startedAt: null,
      steps: { ...done, mail: makeStep('running', { attempts: [makeAttempt(5)] }) },
    }),
  ],
  [
    'a pending run with a step that never began',
    makeRun({
      status: 'pending',
      startedAt: null,
      steps: {
        ...done,
        build: makeStep('pending'),
        charge: makeStep('pending'),
        mail: makeStep('waiting', { waitingOn: waiting, attempts: [] }),
      },
    }),
  ],
  [
    'a run that runs and has no beginning',
    makeRun({
      startedAt: null,
      steps: { ...done, mail: makeStep('running', { attempts: [makeAttempt(5)] }) },
    }),
  ],
  [
    'a run that runs and has an end',
    makeRun({
      finishedAt: at(9),
      steps: { ...done, mail: makeStep('running', { attempts: [makeAttempt(5)] }) },
    }),
  ],
  [
    'an attempt that began before the run was created',
    makeRun({ ...completed, createdAt: at(2), startedAt: at(3) }),
  ],
  [
    'the same of a fork, which took it over',
    makeRun({ ...completed, createdAt: at(3), startedAt: at(2), lineage: forked }),
  ],
  [
    'a run that ends before it started',
    makeRun({ ...completed, startedAt: at(5), finishedAt: at(2) }),
  ],
  [
    'an attempt that began before the one before it ended',
    makeRun({
      ...completed,
      steps: {
        ...done,
        build: makeStep('succeeded', {
          attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(6) }), ended(at(8), 4)],
        }),
      },
    }),
  ],
  ['an end behind the last change', makeRun({ ...completed, updatedAt: at(5) })],
  ['a creation in the future', makeRun({ ...completed, createdAt: tomorrow }), at(600)],
  ['a start in the future', makeRun({ ...completed, startedAt: tomorrow }), at(600)],
  ['an end in the future', makeRun({ ...completed, finishedAt: tomorrow }), at(600)],
  ['a last change in the future', makeRun({ ...completed, updatedAt: tomorrow }), at(600)],
  [
    'a definition of another name, without a version',
    makeRun({ ...completed, workflow: { ...makeRun().workflow, name: 'other' } }),
  ],

  [
    'a mark that has to go before the status can be right',
    makeRun({
      ...completed,
      status: 'failed',
      error: null,
      steps: {
        ...done,
        mail: makeStep('running', {
          attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(4) })],
        }),
        charge: makeStep('succeeded', { skippedBy: 'person' }),
      },
    }),
  ],
  [
    'a step that was cancelled and is passed over',
    makeRun({
      ...completed,
      workflow: { ...makeRun().workflow, definition: tolerant },
      steps: { ...done, build: makeStep('cancelled'), mail: makeStep('pending') },
    }),
  ],
  [
    'a failed step in a completed run',
    makeRun({
      ...completed,
      error: { name: 'E', message: 'm', code: null, stack: null },
      steps: { ...done, mail: makeStep('failed') },
    }),
  ],
  [
    'an error in a run whose steps ended well',
    makeRun({ ...completed, error: { name: 'E', message: 'm', code: null, stack: null } }),
  ],
  [
    'a cancelled run whose step failed',
    makeRun({
      ...completed,
      status: 'running',
      finishedAt: null,
      steps: { ...done, mail: makeStep('cancelled') },
    }),
  ],
  [
    'a last change before a checkpoint',
    makeRun({
      ...completed,
      updatedAt: at(5),
      finishedAt: at(5),
      checkpoints: [makeCheckpoint(8, { seq: 3 })],
    }),
  ],
  [
    'a start in the future, with nothing else',
    makeRun({ createdAt: tomorrow, startedAt: tomorrow, updatedAt: tomorrow }),
    at(600),
  ],
]
