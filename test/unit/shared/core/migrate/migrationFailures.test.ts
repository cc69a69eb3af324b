import { expect, test } from 'vitest'
import { summarisePlan } from '../../../../../shared/core/migrate/migrationFailures.ts'
import {
  MigrationPlan,
  type MigrationRow,
  MigrationView,
} from '../../../../../shared/core/migrate/migrationPlan.ts'
import { planMigration } from '../../../../../shared/core/migrate/planMigration.ts'
import { sha256 } from '../run/sampleRun.ts'

const options = {
  document: 'a.json',
  at: '2026-01-01T00:00:00.000Z',
  sha256,
  isTaken: () => false,
}
const { row } = planMigration('{"workflow_id":"w","status":"pending","states":{}}', options)
const ready: MigrationRow = { ...row, rev: 'r1' }

const failed = (document: string, cause: string, from = 1): MigrationRow => ({
  ...ready,
  document,
  from,
  run: null,
  target: null,
  cause,
})

test('[M15] a plan counts versions and groups what fails by cause, the most frequent first', () => {
  const many = Array.from({ length: 21 }, (_, index) => failed(`${index}.json`, 'It is new.', 0))
  const rows = [ready, failed('b', 'It is no whole JSON.', 2), ...many]

  expect(summarisePlan(rows)).toEqual({
    total: 23,
    migratable: 1,
    versions: [
      { version: 0, count: 21 },
      { version: 1, count: 1 },
      { version: 2, count: 1 },
    ],
    failures: [
      {
        cause: 'It is new.',
        remedy: '',
        count: 21,
        documents: many.slice(0, 20).map(({ document }) => document),
      },
      {
        cause: 'It is no whole JSON.',
        remedy:
          'Repair it (unstuck repair FILE): what can be read of it is kept. Or put a good copy in its place.',
        count: 1,
        documents: ['b'],
      },
    ],
    ready: true,
  })
  expect(summarisePlan(many)).toMatchObject({ migratable: 0, ready: false })
  expect(summarisePlan([])).toEqual({
    total: 0,
    migratable: 0,
    versions: [],
    failures: [],
    ready: false,
  })
})

test('[M15] a plan and the view of a row are sent as they are', () => {
  const plan = { rows: [ready], ...summarisePlan([ready, failed('b', 'It is new.')]) }
  const change = { path: '/status', kind: 'changed', before: 'a', after: 'b' }
  const text = { text: '{}', sizeBytes: 2 }
  const view = { row: ready, changes: [], total: 0, source: text, target: text }

  expect(MigrationPlan.parse(plan)).toEqual(plan)
  expect(MigrationView.parse(view)).toEqual(view)
  expect(MigrationView.safeParse({ ...view, changes: [{ ...change, kind: 'odd' }] }).success).toBe(
    false,
  )
})
