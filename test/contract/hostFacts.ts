import type { BatchFacts, HostFacts } from '../../shared/contract/host.ts'

const at = '2026-01-02T03:04:05.678Z'
const none = { total: 0, shown: [] }

/** What a host says of itself that has so many cut batches, and nothing else. */
export function hostFacts({ cut }: { readonly cut: number }): HostFacts {
  const batches = Array.from({ length: cut }, (_, index) => cutBatch(index + 1))
  return {
    process: {
      pid: 7,
      hostName: 'ada',
      application: { version: '0.1.0', host: 'browser' },
      since: at,
      isAlive: true,
    },
    stateFile: {
      path: '/var/lib/unstuck/host.json',
      use: 'kept',
      writtenAt: at,
      restoredFrom: at,
      setAside: null,
      problem: null,
    },
    counters: { batch: cut, event: 12 },
    workspaces: {
      total: 1,
      shown: [{ path: '/flows', name: 'flows', openedAt: at, closedAt: null }],
    },
    trusted: true,
    definitions: none,
    runs: none,
    approvals: none,
    locks: none,
    operations: none,
    events: none,
    batches: { total: cut, shown: batches },
    differences: none,
  }
}

function cutBatch(number: number): BatchFacts {
  return {
    number,
    call: 'cleanup.apply',
    by: 'ada',
    startedAt: at,
    endedAt: null,
    state: 'cut',
    total: 3,
    counts: { done: 1, failed: 0, stale: 0, unfinished: 1, notReached: 1 },
    rows: {
      total: 3,
      shown: [
        { item: 'etl-2', outcome: 'unfinished', cause: 'It was begun, and its end was not seen.' },
        { item: 'etl-3', outcome: 'not-reached', cause: null },
        { item: 'etl-1', outcome: 'done', cause: null },
      ],
    },
    problem: null,
  }
}
