import { expect, test } from 'vitest'
import { checkPlace, type PlaceFacts } from '../../../../../shared/core/integrity/checkPlace.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { LockHolder } from '../../../../../shared/schema/lock.ts'
import { at, makeRun, makeStep } from '../resume/makeRun.ts'

const facts: PlaceFacts = {
  run: makeRun(),
  now: at(60),
  lock: null,
  lastEpoch: 3,
  temporaries: [],
  unrecorded: [],
  journalEnd: { offset: 900, line: 12 },
  missingRuns: new Set(['gone-000000000']),
  isDefinitionOther: false,
}

const holder = LockHolder.parse({
  run: 'shop-20260102t000000z-abcd',
  machineId: 'm',
  hostName: 'mill',
  bootId: 'b',
  pidNamespace: 'n',
  pid: 7,
  processStartTime: '1',
  applicationVersion: '0.1.0',
  epoch: 3,
  since: at(1),
  controlSocket: null,
  purpose: 'run',
})
const lock = { holder, state: 'alive', isReadable: true } as const
const lineage = {
  parent: RunId.parse('gone-000000000'),
  checkpoint: null,
  relation: 'fork',
} as const
const waits = (run: string) =>
  makeRun({ steps: { a: makeStep('waiting', { waitingOn: { kind: 'run', run } }) } })

test.each<[string, Partial<PlaceFacts>]>([
  ['nothing around it', {}],
  ['a run that cannot be read', { run: null, isDefinitionOther: true }],
  ['a lock whose holder lives', { lock }],
  [
    'a parent that is here',
    { run: makeRun({ lineage: { ...lineage, parent: RunId.parse('here-00000000') } }) },
  ],
  ['a child that is here', { run: waits('here-00000000') }],
  [
    'a clock that is half a minute ahead',
    { now: new Date(Date.parse(at(10)) - 30_000).toISOString() },
  ],
])('[I81] %s is no finding', (_, given) => {
  expect(checkPlace({ ...facts, ...given })).toEqual([])
})

test.each<[string, Partial<PlaceFacts>, string, string | null, string]>([
  [
    'I70',
    { lock: { ...lock, state: 'gone' } },
    'lock',
    '/pid',
    `The lock names process 7 on mill (run, since ${at(1)}), which is gone.`,
  ],
  [
    'I71',
    { lock: { ...lock, state: 'unknown' } },
    'lock',
    '/hostName',
    `The lock names process 7 on mill (run, since ${at(1)}); from here nothing proves that it lives.`,
  ],
  [
    'I72',
    { lock: { ...lock, isReadable: false } },
    'lock',
    '',
    'The lock of the run cannot be read: run.',
  ],
  [
    'I73',
    { lock, lastEpoch: 4 },
    'lock',
    '/epoch',
    'The run is locked with epoch 3, but its last record has epoch 4.',
  ],
  [
    'I74',
    { temporaries: [{ path: 'runs/.x.tmp', sizeBytes: 9 }] },
    'temporary',
    '',
    'The temporary file runs/.x.tmp (9 bytes) was left over.',
  ],
  [
    'I75',
    { unrecorded: ['build'] },
    'journal',
    null,
    'The step build has the log of an attempt of which the run knows nothing.',
  ],
  [
    'I77',
    { run: makeRun({ lineage }) },
    'head',
    '/lineage/parent',
    'The run came from gone-000000000, which is not here any more.',
  ],
  [
    'I78',
    { run: waits('gone-000000000') },
    'head',
    '/steps/a/waitingOn/run',
    'The step a waits for the run gone-000000000, which is not here.',
  ],
  ['I79', { now: at(5) }, 'head', '/updatedAt', `updatedAt is ${at(10)}, and now is ${at(5)}.`],
  [
    'I80',
    { isDefinitionOther: true },
    'head',
    '/workflow/definition',
    'The source null has the digest that the run states, but says something else than the run carries.',
  ],
])('[%s] it is told with its place', (rule, given, file, pointer, sentence) => {
  expect(checkPlace({ ...facts, ...given })).toMatchObject([{ rule, file, pointer, sentence }])
})
