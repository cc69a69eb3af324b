import { describe, expect, it } from 'vitest'
import { isEqualJson } from '../../../../../shared/core/diff/jsonShape.ts'
import { steadyValue } from '../../../../../shared/core/diff/steadyValue.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const own = ['/home/ada/flows', 'pay-20260102t030405-ab12']

function isChance(before: Json, after: Json): boolean {
  return isEqualJson(steadyValue(before, own), steadyValue(after, own))
}

describe('what is there by chance', () => {
  it.each<[string, Json, Json]>([
    ['an id by its name', { orderId: 'o-1', id: 7 }, { orderId: 'o-2', id: 8 }],
    [
      'an id by its shape',
      'see 9b2d1c3e-0f00-4a5b-8c9d-001122334455',
      'see 00000000-0f00-4a5b-8c9d-001122334455',
    ],
    ['the id of a run', 'etl-20260102t030405-ab12 ended', 'etl-20260103t030405-cd34 ended'],
    ['a time by its name', { finishedAt: 1, at: 'now' }, { finishedAt: 2, at: 'then' }],
    ['a time by its shape', 'at 2026-01-02T03:04:05.678Z', 'at 2026-01-03T09:00:00Z'],
    ['a day', 'report-2026-01-02.csv', 'report-2026-01-03.csv'],
    ['a duration', 'done in 12 ms', 'done in 1.5 s'],
    ['a duration by its name', { durationMs: 12, took: 3 }, { durationMs: 9, took: 4 }],
    ['a process', 'pid 812 began', 'pid 9 began'],
    [
      'a folder of its own',
      '/home/ada/flows/out.csv',
      '/tmp/run-x/out.csv'.replace('/tmp/run-x', own[0] ?? ''),
    ],
    ['a temporary folder', 'cp /tmp/abc/x /y', 'cp /tmp/def/x /y'],
  ])('[D60] %s', (_, before, after) => {
    expect(isChance(before, after)).toBe(true)
  })

  it.each<[string, Json, Json]>([
    ['a number', { total: 41 }, { total: 42 }],
    ['a word that only ends like an id', { paid: 1, valid: 'a' }, { paid: 2, valid: 'b' }],
    ['a value of another kind', { orderId: 'o-1' }, { orderId: null }],
    ['a path of an address', 'https://example.org/tmp/a', 'https://example.org/tmp/b'],
    ['a version', 'v1.2.3', 'v1.2.4'],
  ])('[D60] is not %s', (_, before, after) => {
    expect(isChance(before, after)).toBe(false)
  })

  const ids = [
    'id',
    'Id',
    'ID',
    'uuid',
    'UUID',
    'guid',
    'pid',
    'ppid',
    'processGroup',
    'orderId',
    'order2Id',
    'rowID',
    'rowUuid',
    'rowUUID',
    'childPid',
    'order_id',
    'order-id',
    'row_uuid',
    'row-pid',
  ]
  const times = [
    'at',
    'time',
    'timestamp',
    'date',
    'now',
    'finishedAt',
    'startTime',
    'lastTimestamp',
    'dueDate',
    'x2At',
    'made_at',
    'end_time',
    'a_timestamp',
    'due_date',
    'duration',
    'elapsed',
    'took',
    'latency',
    'durationMs',
    'durations',
    'tookS',
    'elapsedSeconds',
    'latencyMillis',
    'duration_ms',
    'took_seconds',
    'run_duration',
    'run-elapsed',
    'x_latency_millis',
    'runDuration',
    'runElapsedMs',
    'x2LatencyS',
    'runDurationSeconds',
    'runDurationMillis',
  ]
  const others = [
    'paid',
    'grid',
    'valid',
    'idle',
    'pids',
    'myid',
    'ids',
    'OrderIdx',
    'Aid',
    'process',
    'what',
    'times',
    'runtime',
    'dates',
    'nowhere',
    'Atlas',
    'AtX',
    'timed',
    'made_atx',
    'durationX',
    'mistook',
    'tookMsX',
    'understood',
    'Duration',
    'latencyX',
    '-At',
  ]

  it.each([
    ['<id>', ids],
    ['<time>', times],
  ])('[D60] values under names like these are %s', (word, names) => {
    expect(names.filter((name) => steadyValue('x', [], name) !== word)).toEqual([])
    expect(names.filter((name) => steadyValue(7, [], name) !== 0)).toEqual([])
    expect(steadyValue({ [names[0] ?? '']: ['x', 7, true, null] }, [])).toEqual({
      [names[0] ?? '']: [word, 0, true, null],
    })
  })

  it('[D60] and under names that only look like them they are what they are', () => {
    expect(others.filter((name) => steadyValue('x', [], name) !== 'x')).toEqual([])
    expect(others.filter((name) => steadyValue(7, [], name) !== 7)).toEqual([])
  })

  it.each([
    ['9B2D1C3E-0F00-4A5B-8C9D-001122334455!', '<id>!'],
    ['x9b2d1c3e-0f00-4a5b-8c9d-001122334455', 'x9b2d1c3e-0f00-4a5b-8c9d-001122334455'],
    ['9b2d1c3e-0f00-4a5b-8c9d-0011223344556', '9b2d1c3e-0f00-4a5b-8c9d-0011223344556'],
    ['of my.etl_2-a-20260102t030405-ab12z.', 'of <id>.'],
    ['etl-20260102-030405-abcdef123456', '<id>'],
    ['ETL-20260102T030405-AB12', '<id>'],
    ['etl-20260102t030405-abc', 'etl-20260102t030405-abc'],
    ['2026-01-02 03:04 to 2026-01-02T03:04:05,25+0200', '<time> to <time>'],
    ['2026-01-02T03:04:05.1 Z', '<time>'],
    ['2026-01-02T03:04:05 -01:30.', '<time>.'],
    ['2026-01-02T03:04Zulu', '<time>Zulu'],
    ['2026-01-02x and 12026-01-02', '<time>x and 12026-01-02'],
    ['03:04:05.678 or 13:14:15', '<time> or <time>'],
    ['03:04 or 103:04:05', '03:04 or 103:04:05'],
    ['12ms 1.5 s 3 secs 4sec 1 second 2 seconds', '<time> <time> <time> <time> <time> <time>'],
    [
      '5 ns 5µs 5 us 7 milliseconds 1 millisecond 2 min 3mins 1 minute 9 minutes',
      '<time> <time> <time> <time> <time> <time> <time> <time> <time>',
    ],
    ['5 steps, 3 m, 2.x s, v2s', '5 steps, 3 m, 2.x s, v2s'],
    ['PID: 12, pid=7 and pid 9', '<id>, <id> and <id>'],
    ['rapid 12', 'rapid 12'],
    [
      '/tmp/a/b "/var/tmp/c d" \'/private/var/folders/x/y\'',
      '<folder>/b "<folder> d" \'<folder>/y\'',
    ],
    ['/private/tmp/a', '<folder>'],
    [
      'x/tmp/a ./tmp/a ~/tmp/a a-/tmp/b http://tmp/x',
      'x/tmp/a ./tmp/a ~/tmp/a a-/tmp/b http://tmp/x',
    ],
    ['/tmp/ and /var/lib/x', '/tmp/ and /var/lib/x'],
  ])('[D60] of the text %j there stays %j', (text, steady) => {
    expect(steadyValue(text, [])).toBe(steady)
  })

  it('[D60] every name of its own is taken out, wherever it stands, and what is no text stays', () => {
    expect(steadyValue('/w/a and /w/a and b', ['/w/a', 'b'])).toBe('<own> and <own> and <own>')
    expect(steadyValue([1, true, null, { a: [] }], own)).toEqual([1, true, null, { a: [] }])
  })
})
