import { expect, it } from 'vitest'
import type { Handlers } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { listOf, rowOf, unstuck } from './cliDouble.ts'

const at = '2026-01-02T03:04:05.678Z'
const entry = {
  id: 'e1',
  kind: 'run',
  run: 'a-1',
  workflow: 'a',
  at,
  expiresAt: '2026-01-02T03:30:00.000Z',
  sizeBytes: 1500,
  reason: 'old\u001B[2J',
  seenExpiredAt: null,
} as const
const leftOver = { ...entry, id: 'e2', kind: 'temporary', run: null } as const

it('[X9] the trash says what lies in it, until when, and why', async () => {
  const { out, exit } = await unstuck(['trash'], {
    'trash.list': async () => ({
      entries: [entry, leftOver],
      nextOffset: null,
      total: 2,
      sizeBytes: 3000,
    }),
  })

  expect(out).toBe(`ENTRY  RUN                MOVED    SIZE    KEPT UNTIL               WHY
e1     a-1                1 h ago  1.5 kB  2026-01-02 03:30:00 UTC  old\\u001b[2J
e2     (left-over files)  1 h ago  1.5 kB  2026-01-02 03:30:00 UTC  old\\u001b[2J
2 entries
`)
  expect(exit).toBe(0)
})

it('[X9] a purge says what would go, what waits, and how to do it', async () => {
  const plan = {
    victims: [entry],
    sizeBytes: 1500,
    waiting: [{ entry: leftOver, until: '2026-01-03T03:30:00.000Z' }],
    leftPurges: [{ id: 'e3', run: null, files: 2, sizeBytes: 10 }],
  }
  const { out } = await unstuck(['trash', 'purge'], {
    'purge.plan': async () => ({ plan, rev: 'r', digest: 'd', asOf: at, nextOffset: null }),
  })

  expect(out).toBe(`e1  a-1  1.5 kB  kept until 2026-01-02 03:30:00 UTC
1 entry would be deleted for good, 1.5 kB.

Deletions that were cut short, and are finished with them
  e3  2 files left, 10 B

Expired, and waits a day in case the clock is wrong
  e2  (left-over files)  a day after --apply has noted it

Without the wait: unstuck trash purge --now --apply

Do it: the same command with --apply
`)
})

it('[X9] with nothing expired a purge says so, and asks for nothing', async () => {
  const plan = { victims: [], sizeBytes: 0, waiting: [], leftPurges: [] }
  const given = {
    'purge.plan': async () => ({ plan, rev: 'r', digest: 'd', asOf: at, nextOffset: null }),
  } as const
  const said = 'Nothing in the trash has expired. "unstuck trash" says how long each is kept.\n'

  expect(await unstuck(['trash', 'purge'], given)).toEqual({ exit: 0, out: said, err: '' })
  expect(await unstuck(['trash', 'purge', '--apply'], given)).toMatchObject({ exit: 0, out: said })
})

it('[X9] a left-over file has a short name in the list, and an archived run is told', async () => {
  const rows = [
    rowOf(`.${'a'.repeat(90)}.tmp`, { health: 'temporary' }),
    rowOf('a-1', { archived: true, status: 'completed' }),
  ]
  const { out } = await unstuck(['list'], { 'run.list': listOf(rows) })

  expect(out).toContain(`temporary  .${'a'.repeat(46)}…  `)
  expect(out).toMatch(/completed +a-1 .* Archived\. /)
})

it('[X9] who holds a run is told with the very command that helps', async () => {
  const holder = {
    run: RunId.parse('a-1'),
    machineId: 'm',
    hostName: 'vm',
    bootId: 'b',
    pidNamespace: 'n',
    pid: 7,
    processStartTime: '1',
    applicationVersion: '1.2.3',
    epoch: 1,
    since: at,
    controlSocket: null,
    purpose: 'run',
  }
  const { out } = await unstuck(['lock', 'show', 'a-1'], {
    'run.list': listOf([rowOf('a-1')]),
    'lock.get': async () => ({ holder, state: 'unknown', heldHere: false }),
  })

  expect(out).toContain('unstuck lock break a-1\n')
})

it('[X13] options of a purge belong to a purge', async () => {
  const said = await unstuck(['trash', '--apply'], {})

  expect([said.exit, said.err]).toEqual([
    2,
    'unstuck: --plan, --apply and --now belong to "unstuck trash purge".\n',
  ])
})

it('[X9] storage is said by kind and by workflow, the largest first', async () => {
  const sum = { files: 2, bytes: 3000 }
  const { out } = await unstuck(['storage'], {
    'storage.get': async () => ({
      files: 3,
      bytes: 4000,
      kinds: [
        { kind: 'head', files: 1, bytes: 1000 },
        { kind: 'journal', ...sum },
      ],
      workflows: [{ workflow: 'build', runs: 1, ...sum }],
      rest: { workflows: 2, runs: 3, files: 1, bytes: 1000 },
      disk: { freeBytes: 5e9, totalBytes: 10e9 },
      problems: [{ path: 'logs', sentence: 'It was not counted.' }],
    }),
  })

  expect(out).toBe(`4.0 kB in 3 files; 5.0 GB of 10.0 GB are free

By kind
  journals  3.0 kB  2 files
  heads     1.0 kB  1 file

By workflow
  build     3.0 kB  1 run
  2 others  1.0 kB  3 runs

Not counted
  logs: It was not counted.
`)
})

const operation = {
  id: '1',
  requestedAt: at,
  observedAt: null,
  by: 'ada',
  host: 'here',
  application: { version: '0.1.0', host: 'cli' },
  call: 'repair.apply',
  item: 'a-1',
  run: null,
  state: 'unfinished',
  error: null,
  undoneBy: null,
} as const

it('[X9] operations say who asked for what, and what came of it', async () => {
  const { out } = await unstuck(['operations'], {
    'operations.list': async () => ({
      operations: [
        operation,
        {
          ...operation,
          host: null,
          state: 'failed',
          error: { code: 'locked', message: 'It is held.' },
        },
      ],
      nextOffset: 50,
      findings: [{ file: '.unstuck/operations.jsonl', offset: 7, sentence: 'Cut short.' }],
    }),
  })

  expect(out).toBe(`REQUESTED                BY           WHAT          ON   OUTCOME
2026-01-02 03:04:05 UTC  ada on here  repair.apply  a-1  unfinished
2026-01-02 03:04:05 UTC  ada          repair.apply  a-1  failed: It is held.

There are more. Next: --offset 50

Lines that are no operation, left as they are
  .unstuck/operations.jsonl, byte 7  Cut short.
`)
})

it('[X84] an operation is shown whole, with what takes it back', async () => {
  const seen = { path: 'runs/2026-01-02/a-1.json', status: 'failed', seq: 7 }
  const { out } = await unstuck(['operations', '--id', '1'], {
    'operations.list': async () => ({
      operations: [
        {
          ...operation,
          state: 'done',
          observedAt: at,
          reason: 'the bill was wrong',
          before: { ...seen, digest: 'sha256:aa' },
          after: { ...seen, digest: null, status: null, seq: null },
          changes: [{ path: '/inputs/size', before: '1', after: null }],
          undo: { call: 'repair.undo', item: 'a-1', target: 'b' },
        },
      ],
      nextOffset: null,
      findings: [],
    }),
  })

  expect(out).toBe(`Operation        1
What             repair.apply
On               a-1
Who              ada on here
With             Unstuck 0.1.0, cli
Why              the bill was wrong
Requested        2026-01-02 03:04:05 UTC
Observed         2026-01-02 03:04:05 UTC
Outcome          done
Before           runs/2026-01-02/a-1.json: failed, record 7, sha256:aa
After            runs/2026-01-02/a-1.json: not there
To take it back  unstuck undo --operation 1

Changes
  /inputs/size  1 → nothing
`)
})

const undo = (observed: boolean): Handlers['operations.undo'] => {
  return async ({ id }) => ({ observed, sentence: `Operation ${id}.` })
}

it('[X80] undo --operation says what came of it', async () => {
  const seen = await unstuck(['undo', '--operation', '7'], { 'operations.undo': undo(true) })
  const unseen = await unstuck(['undo', '--operation', '7'], { 'operations.undo': undo(false) })
  const neither = await unstuck(['undo'], {})

  expect([seen.exit, seen.out]).toEqual([0, 'Operation 7.\n'])
  expect(unseen.exit).not.toBe(0)
  expect([neither.exit, neither.err]).toEqual([
    2,
    expect.stringContaining('Name a run or a file, or an operation with --operation ID.'),
  ])
})

it.each([
  ['2h', '2026-01-02T02:04:05.678Z'],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02T03:04:05.5Z', '2026-01-02T03:04:05.500Z'],
])('[X13] --since %s means %s', async (text, since) => {
  const asked: unknown[] = []
  const list: Handlers['operations.list'] = async (input) => {
    asked.push(input.since)
    return { operations: [], nextOffset: null, findings: [] }
  }
  const said = await unstuck(['operations', '--since', text], { 'operations.list': list })

  expect([said.exit, asked, said.out]).toEqual([0, [since], 'No operation was found.\n'])
})

it.each(['yesterday', '7', '2026-13-01', '5x'])('[X13] --since %s is refused', async (text) => {
  const said = await unstuck(['operations', '--since', text], {})

  expect([said.exit, said.err]).toEqual([2, expect.stringContaining(`not "${text}"`)])
})
