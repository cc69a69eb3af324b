import { expect, test } from 'vitest'
import { importCommand } from '../../../../renderer/features/bundle/importCommand.ts'
import {
  countChosen,
  createBundleImportStore,
} from '../../../../renderer/state/bundleImportStore.ts'
import { BundleImportPlan } from '../../../../shared/contract/bundles.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import { hostWith } from './hostWith.ts'

const bundle = {
  madeBy: { application: 'unstuck', version: '0.0.0-test' },
  madeAt: '2026-01-02T03:04:05.678Z',
  source: { workspace: 'x', folder: null, host: null },
  redacted: true,
  sealed: false,
  runs: 2,
  redaction: { total: 0, values: 0, rules: [], rows: [], more: 0 },
  damage: [],
  damaged: 0,
}

function planOf(runs: readonly string[], note: string): BundleImportPlan {
  const rows = runs.map((run) => ({
    run,
    as: run,
    workflow: null,
    status: null,
    files: 1,
    sizeBytes: 1,
    notes: run === 'child' ? [note] : [],
    problem: null,
  }))
  return BundleImportPlan.parse({ ready: true, bundle, rows, runs: rows.length })
}

test('[L235] runs that are left out are not imported, and what that changes for the others is shown first', async () => {
  const applied: CallInput<'bundle.import.apply'>[] = []
  const { client } = hostWith({
    'bundle.receive': async () => ({ upload: 'u1', sizeBytes: 1 }),
    'bundle.import.plan': async ({ runs }) => ({
      plan:
        runs === null ? planOf(['child', 'parent'], '') : planOf(runs, 'Its parent is left out.'),
      digest: runs === null ? 'all' : 'some',
      rev: 'r',
      asOf: '2026-01-02T03:04:05.678Z',
    }),
    'bundle.import.apply': async (input) => {
      applied.push(input)
      return { rows: [] }
    },
  })
  const store = createBundleImportStore(client)
  await store.getState().pick(new File(['x'], 'a.unstuck'))
  store.getState().leaveOut(new Set(['parent']))
  const before = store.getState().stage
  const plan = before.kind === 'plan' ? before.plan : planOf([], '')
  expect(countChosen(plan, store.getState().left)).toBe(1)
  expect(importCommand(plan, store.getState().left, { file: 'a.unstuck' })).toBe(
    'unstuck import a.unstuck --run child --apply',
  )

  await store.getState().make()
  expect(applied).toEqual([])
  expect(store.getState().stage).toMatchObject({ kind: 'plan', isNarrowed: true })

  await store.getState().make()
  expect(applied).toMatchObject([{ runs: ['child'], digest: 'some' }])
})
