import { expect, test } from 'vitest'
import { hasOnlyMarks } from '../../../../../renderer/features/run/hasOnlyMarks.ts'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import { detailOf } from '../../../electron/cli/cliDouble.ts'

const foreign = {
  engine: 'AWF',
  label: 'AWF state',
  version: null,
  isOld: true,
  role: 'run' as const,
  said: { status: null, steps: {} },
  points: [],
  items: [],
  can: { migrate: false, cleanUp: false },
} satisfies RunDetail['foreign']

test('[M26] an old document of ours has checkpoints that are marks; a run, and the state of another engine, open theirs', () => {
  expect([
    hasOnlyMarks(detailOf({ health: 'old-version' })),
    hasOnlyMarks(detailOf({ health: 'ok' })),
    hasOnlyMarks(detailOf({ health: 'old-version', foreign })),
  ]).toEqual([true, false, false])
})
