import { describe, expect, test } from 'vitest'
import { settleBatch, tellBatch } from '../../../../../electron/host/snapshot/settleBatch.ts'
import type { Operation } from '../../../../../electron/store/operationLog.ts'
import type { HostBatch } from '../../../../../shared/schema/hostState.ts'

const at = '2026-01-02T03:04:05.678Z'
const items = ['a', 'b', 'c', 'd', 'e']

function batch(change: Partial<HostBatch> = {}): HostBatch {
  return {
    number: 3,
    call: 'cleanup.apply',
    by: 'ada',
    startedAt: at,
    endedAt: null,
    state: 'cut',
    total: 5,
    counts: { done: 1, failed: 1, stale: 0, notReached: 0 },
    failures: [{ item: 'b', outcome: 'failed', cause: 'It is locked.' }],
    ...change,
  }
}

function operation(item: string, state: Operation['state'], message?: string): Operation {
  const error = message === undefined ? null : { code: 'io', message }
  const who = { by: 'ada', host: 'h', application: null, run: null, undoneBy: null }
  return {
    id: item,
    requestedAt: at,
    observedAt: null,
    call: 'cleanup.apply',
    item,
    state,
    error,
    ...who,
  }
}

describe('a batch that was cut', () => {
  test('[E122] the operations log wins over what the state file knew', () => {
    const operations = [
      operation('d', 'unfinished'),
      operation('c', 'done'),
      operation('a', 'done'),
    ]
    const { counts, rows, problem } = settleBatch(batch(), { items, operations })
    expect(counts).toEqual({ done: 2, failed: 1, stale: 0, unfinished: 1, notReached: 1 })
    expect(rows.shown.map(({ item, outcome }) => `${item} ${outcome}`)).toEqual([
      'd unfinished',
      'b failed',
      'e not-reached',
      'a done',
      'c done',
    ])
    expect(problem).toBe(null)
  })

  test('[E122] the newest operation on an item counts', () => {
    const operations = [operation('a', 'failed', 'The disk is full.'), operation('a', 'done')]
    const { rows } = settleBatch(batch(), { items: ['a'], operations })
    expect(rows.shown).toEqual([{ item: 'a', outcome: 'failed', cause: 'The disk is full.' }])
  })

  test('[E122] a row that the file knows as ended and the log does not was refused before it was begun', () => {
    const counts = { done: 0, failed: 0, stale: 2, notReached: 0 }
    const { rows } = settleBatch(batch({ counts, failures: [] }), { items, operations: [] })
    expect(rows.shown.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'not-reached',
      'not-reached',
      'not-reached',
    ])
  })

  test('[E122] without the log the file is believed, and without its items the counts are all there is', () => {
    const unread = settleBatch(batch(), { items, operations: null })
    expect(unread.counts).toEqual({ done: 1, failed: 1, stale: 0, unfinished: 0, notReached: 3 })
    expect(unread.problem).not.toBe(null)
    const unknown = settleBatch(batch(), { items: null, operations: [] })
    expect(unknown).toEqual({ ...tellBatch(batch()), problem: expect.any(String) })
  })

  test('[E122] of many rows the first are shown, those that need a look before all others', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `run-${index}`)
    const operations = many.slice(0, 4000).map((item) => operation(item, 'done'))
    const last = operation('run-4000', 'unfinished')
    const { rows, counts } = settleBatch(batch({ total: 5000, failures: [] }), {
      items: many,
      operations: [last, ...operations.toReversed()],
    })
    expect(rows.total).toBe(5000)
    expect(rows.shown).toHaveLength(100)
    expect(rows.shown[0]).toMatchObject({ item: 'run-4000', outcome: 'unfinished' })
    expect(counts).toEqual({ done: 4000, failed: 0, stale: 0, unfinished: 1, notReached: 999 })
  })
})
