// A clean-up of everything that may go, cancelled in the middle, and undone: what is there at the end is what was there before.
import { performance } from 'node:perf_hooks'
import { createHost } from '../../../electron/host/createHost.ts'
import {
  applyWholeCleanup,
  readCleanupPlan,
  restoreAll,
} from '../../../shared/contract/cleanUpAll.ts'
import type { Client } from '../../../shared/contract/contract.ts'

export type WholeCleanup = {
  readonly victims: number
  readonly done: number
  /** Runs that would go once it was cancelled, and once it was undone. */
  readonly leftThen: number
  readonly leftAfter: number
  /** Runs that are not as they were; 0 is the promise. */
  readonly wrong: number
  readonly planMs: number
  readonly applyMs: number
  readonly undoMs: number
}

/** Runs in the workspace are taken away and brought back. */
export async function cleanUpAndBack(root: string, folder: string): Promise<WholeCleanup> {
  const host = await createHost({
    path: root,
    host: 'browser',
    configFolder: `${folder}/config`,
    cacheFolder: `${folder}/cache`,
  })
  const client = host.client()
  try {
    const startMs = performance.now()
    const { plan, digest, rev, asOf } = await planAll(client)
    const planned = performance.now()
    const middle = Math.floor(plan.total / 2)
    const controller = new AbortController()
    const { rows } = await applyWholeCleanup(
      client,
      { policy, digest, rev, asOf },
      {
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done >= middle) controller.abort()
        },
      },
    )
    const applied = performance.now()
    const done = rows.filter(({ outcome }) => outcome === 'done')
    const then = await planAll(client)
    const restored = await restoreAll(
      client,
      done.flatMap(({ result }) => (result === null ? [] : [result])),
      {},
    )
    const undone = performance.now()
    const after = await planAll(client)
    const before = new Set(plan.victims.map(({ run }) => run))
    const missing = after.plan.victims.filter(({ run }) => !before.delete(run)).length + before.size
    const wrong =
      missing +
      restored.rows.filter(({ outcome }) => outcome !== 'done').length +
      Math.abs(plan.total - done.length - then.plan.total)
    return {
      victims: plan.total,
      done: done.length,
      leftThen: then.plan.total,
      leftAfter: after.plan.total,
      wrong,
      planMs: planned - startMs,
      applyMs: applied - planned,
      undoMs: undone - applied,
    }
  } finally {
    client.close()
    await host.close()
  }
}

const policy = { days: { completed: 0, failed: 0, cancelled: 0 } }

function planAll(client: Pick<Client, 'call'>) {
  return readCleanupPlan(client, { policy })
}
