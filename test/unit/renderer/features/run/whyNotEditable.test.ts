import { expect, test } from 'vitest'
import { isEditable, isRemovable } from '../../../../../renderer/features/run/editable.ts'
import { whyNotEditable } from '../../../../../renderer/features/run/whyNotEditable.ts'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import type { Workspace } from '../../../../../shared/contract/workspace.ts'
import { readJson } from '../../../../../shared/core/edit/readJson.ts'
import { detailOf } from '../../../electron/cli/cliDouble.ts'

const workspace: Workspace = {
  id: 'w',
  name: 'w',
  path: '/w',
  document: null,
  writable: true,
  readOnlyReason: null,
  trusted: false,
  isSample: false,
  application: { version: '1', host: 'browser' },
  settingsProblem: null,
}
const foreign = {
  engine: 'AWF',
  label: 'AWF state',
  version: null,
  isOld: false,
  role: 'run',
  said: { status: 'failed', steps: {} },
  points: [],
  items: [],
  can: { migrate: false, cleanUp: false },
} as const satisfies RunDetail['foreign']
const ref = { workspace: 'w', format: 'awf', document: 'a.json', item: null } as const

test("[L196] any value of another engine's sound document is edited, with all its digits", () => {
  const detail = detailOf({ ref, foreign, health: 'ok' })
  expect(whyNotEditable(detail, workspace)).toBeNull()
  expect([isEditable('/States/a/Status', detail), isRemovable('/States/a', detail)]).toEqual([
    true,
    true,
  ])
  expect(isEditable('/steps/a/status', { foreign: null })).toBe(false)
  expect(readJson('9007199254740993', 'as written').kind).toBe('ok')
  expect(readJson('9007199254740993').kind).toBe('refused')
})

test('[L196] a damaged or an old one is not edited, and says what comes first', () => {
  const why = (change: Partial<RunDetail>) =>
    whyNotEditable(detailOf({ ref, foreign, ...change }), workspace)
  expect(why({ health: 'damaged' })).toContain('Repair it first')
  expect(why({ health: 'ok', foreign: { ...foreign, isOld: true } })).toContain('Migrate it first')
})
