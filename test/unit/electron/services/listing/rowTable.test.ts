import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Health, RunSort, RunView } from '../../../../../shared/contract/runs.ts'
import { Liveness } from '../../../../../shared/core/diagnose/diagnosis.ts'
import {
  createRowTable,
  type RowQuery,
  type RowTable,
} from '../../../../../electron/services/listing/rowTable.ts'
import type { TableRow } from '../../../../../electron/services/listing/tableRow.ts'
import {
  flagFields,
  rangeFields,
  wordFields,
  type RunCondition,
} from '../../../../../shared/schema/runCondition.ts'
import { queryEveryRow } from './everyRow.ts'

const words = [
  'Deploy',
  'deploy',
  'build',
  'ΟΔΟΣ',
  'İstanbul',
  'é',
  'Ã©',
  '\ud800',
  '',
  'a\nb',
  '🚀x',
]
const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const time = fc.oneof(
  fc.constantFrom(
    '2026-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00.000Z',
    '+012000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ),
  fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((at) => at.toISOString()),
)
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(value, { nil: null, freq: 4 })
const atHome = 'run-20260102t030405z-a1b2'
const names = ['run-a', 'run-b', 'run-c', 'run-d', 'run-e', 'Run-B', 'run-ä', atHome]

const marks = [
  { colour: 'red', tags: ['eu', 'Payments'], note: null },
  { colour: null, tags: [], note: 'kept for the deploy' },
  { colour: 'blue', tags: ['eu'], note: 'İstanbul' },
]

const anyRow: fc.Arbitrary<TableRow> = fc
  .record({
    name: fc.constantFrom(...names),
    isRun: fc.boolean(),
    id: fc.oneof(fc.constantFrom(...names), text),
    workflow: maybe(text),
    version: maybe(text),
    status: maybe(fc.constantFrom('failed', 'completed', 'waiting', 'paused', 'RUNNING')),
    health: fc.constantFrom(...Health.options),
    liveness: fc.constantFrom(...Liveness.options),
    sentence: text,
    severity: fc.constantFrom('stuck', 'attention', 'moving', 'resting'),
    rule: fc.constantFrom('G1', 'G2', 'G14'),
    error: fc.constantFrom(undefined, 'load: <n>', 'Boom'),
    marks: fc.constantFrom(undefined, ...marks),
    steps: fc.constantFrom([0, 0], [1, 2], [2, 3], [1, 2 ** 40]),
    finishedAt: maybe(time),
    checkpoints: fc.nat(3),
    step: maybe(text),
    createdAt: maybe(time),
    updatedAt: maybe(time),
    sizeBytes: fc.nat(),
    attempts: fc.nat(3),
    parent: maybe(fc.constantFrom(...names)),
    label: text,
  })
  .map((given): TableRow => {
    const {
      name,
      isRun,
      sentence,
      severity,
      rule,
      error,
      marks: said,
      steps,
      label,
      ...row
    } = given
    const [stepsDone = 0, stepsTotal = 0] = steps
    return {
      document: isRun
        ? `runs/${name === atHome ? '2026-01-02' : 'day'}/${name}.json`
        : `${name}.json`,
      isRun,
      stamp: name,
      readAtMs: 0,
      isVerified: false,
      isSettled: true,
      isExact: true,
      row: {
        ...row,
        ref: isRun
          ? { format: 'unstuck', document: name }
          : { format: 'unknown', document: `${name}.json` },
        id: isRun ? name : row.id,
        parent: isRun ? row.parent : null,
        reason: { rule, sentence, severity },
        format: label,
        stepsDone,
        stepsTotal,
        ...(error === undefined ? {} : { error }),
        ...(said === undefined ? {} : { marks: said }),
        owner: row.step,
        pinned: isRun,
      },
    }
  })

const bound = maybe(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ max: 4e12 })))
const anyCondition: fc.Arbitrary<RunCondition> = fc.oneof(
  fc.record({
    kind: fc.constant('words' as const),
    field: fc.constantFrom(...wordFields),
    values: fc.array(
      fc.oneof(
        text,
        fc.constantFrom('', 'failed', 'ok', 'none', 'stuck', 'G1', 'G2', 'load: <n>', 'EU', 'red'),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    isNot: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constantFrom(...rangeFields),
    from: bound,
    to: bound,
  }),
  fc.record({
    kind: fc.constant('flag' as const),
    field: fc.constantFrom(...flagFields),
    value: fc.boolean(),
  }),
)

const anyQuery: fc.Arbitrary<RowQuery> = fc.record({
  filter: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(anyCondition, { minLength: 1, maxLength: 2 }) },
  ),
  view: fc.constantFrom(...RunView.options),
  text: fc.oneof(fc.constant(''), fc.constantFrom(...words), text, fc.constant('run- e')),
  sort: fc.record({
    column: fc.constantFrom(...RunSort.shape.column.options),
    descending: fc.boolean(),
    pinnedFirst: fc.boolean(),
  }),
  offset: fc.nat(3),
  limit: fc.integer({ min: 1, max: 5 }),
})

type Move =
  | { readonly kind: 'put'; readonly row: TableRow }
  | { readonly kind: 'remove'; readonly row: TableRow }
  | { readonly kind: 'query'; readonly query: RowQuery }
  | { readonly kind: 'compact' | 'save' }

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: anyRow.map((row) => ({ kind: 'put', row }) as const) },
    { weight: 2, arbitrary: anyRow.map((row) => ({ kind: 'remove', row }) as const) },
    { weight: 6, arbitrary: anyQuery.map((query) => ({ kind: 'query', query }) as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ kind: 'compact' } as const, { kind: 'save' } as const),
    },
  ),
  { minLength: 10, maxLength: 60 },
)

describe('the table of rows', () => {
  test('[E39] it answers as sorting and filtering every row does, whatever came, changed and went', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const rows = new Map<string, TableRow>()
        let table = createRowTable()
        for (const move of given) {
          if (move.kind === 'put') {
            rows.set(move.row.document, move.row)
            table.upsert(move.row)
          } else if (move.kind === 'remove') {
            rows.delete(move.row.document)
            table.remove(move.row.document)
          } else if (move.kind === 'query')
            expectEqual(answer(table, move.query), queryEveryRow([...rows.values()], move.query))
          else table = move.kind === 'compact' ? table.compact() : createRowTable(table.save())
        }
        expect(table.size()).toBe(rows.size)
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  test('[E39] many rows that changed since the last question stand where they belong', () => {
    const table = createRowTable()
    const rows = new Map<string, TableRow>()
    const sample = fc.sample(anyRow, { seed: 8, numRuns: 1500 })
    sample.forEach((row, index) => {
      const id = `run-${(index * 7919) % 1000}`
      const named: TableRow = {
        ...row,
        isRun: true,
        document: `runs/day/${id}.json`,
        row: { ...row.row, id, ref: { format: 'unstuck', document: id }, parent: null },
      }
      rows.set(named.document, named)
      table.upsert(named)
      if (index % 250 !== 0) return
      for (const column of RunSort.shape.column.options)
        for (const descending of [true, false]) {
          const query: RowQuery = {
            view: 'all',
            text: '',
            filter: [],
            sort: { column, descending },
            offset: 0,
            limit: 1000,
          }
          expectEqual(answer(table, query), queryEveryRow([...rows.values()], query))
        }
    })
  })
})

/** Vitest compares a thousand rows many times slower, and is asked only to tell a difference. */
function expectEqual(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}

function answer(table: RowTable, query: RowQuery) {
  const { page, total } = table.query(query)
  return { rows: page.map((place) => table.rowAt(place)), total, counts: table.counts() }
}
