import { expect, test } from 'vitest'
import { whyNotDecided } from '../../../../../renderer/features/run/whyNotDecided.ts'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { LockHolder } from '../../../../../shared/schema/lock.ts'
import { detailOf } from '../../../electron/cli/cliDouble.ts'

const holder: LockHolder = {
  run: RunId.parse('r'),
  machineId: 'm',
  hostName: 'shop-2',
  bootId: 'b',
  pidNamespace: 'p',
  pid: 4242,
  processStartTime: '1',
  applicationVersion: '0.1.0',
  epoch: 1,
  since: '2026-01-02T03:00:00.000Z',
  controlSocket: null,
  purpose: 'run',
}

function why(change: Partial<RunDetail>): string | null {
  return whyNotDecided(detailOf(change), true)
}

test.each([
  ['unknown', /4242 on shop-2 holds .* Break its lock/],
  ['alive', /4242 on shop-2 holds .* once it has ended/],
] as const)('[L318] a holder that takes no decision is named: %s', (liveness, said) => {
  expect(why({ liveness, holder })).toMatch(said)
})

test('[L318] what can be recorded, or is handed to who carries the run, is offered', () => {
  const reachable = { ...holder, controlSocket: '/run/unstuck.sock' }
  expect([
    why({ liveness: 'interrupted', holder: null }),
    why({ liveness: 'interrupted', holder }),
    why({ liveness: 'alive', holder: reachable }),
    why({ liveness: 'alive', holder, heldHere: true }),
  ]).toEqual([null, null, null, null])
})
