import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIndexCache } from '../../../../../electron/host/indexCache.ts'
import { groupRuns } from '../../../../../electron/services/groupRuns.ts'
import { queryRuns } from '../../../../../electron/services/queryRuns.ts'
import { createRunIndex, saveIndex } from '../../../../../electron/services/runIndex.ts'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { headAfter } from '../../../../../electron/services/migrateDocument.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

function list(context: ServiceContext, asked: object = {}) {
  const input = contract['run.list'].input.parse(asked)
  return queryRuns(context, input, following)
}

const following = { signal: neverCancelled, progress: () => undefined }

async function idsOf(context: ServiceContext, values: string[], isNot = false) {
  const filter = [{ kind: 'words', field: 'health', values, isNot }]
  return (await list(context, { filter })).rows.map(({ id }) => id).toSorted()
}

/** A run whose files are whole, and that calls itself its parent. */
async function write(name: string, from: Run): Promise<void> {
  const id = RunId.parse(name)
  const lineage = { parent: id, relation: 'child', checkpoint: null } as const
  const run: Run = { ...from, id, lineage, checkpoints: [] }
  const options = { purpose: 'run', controlSocket: null, createdAt: run.createdAt } as const
  const writer = await bench.store.create(id, options)
  try {
    const records = await writer.append([{ type: 'keyframe', run }], {
      durable: true,
    })
    await writer.replaceHead(headAfter(bench.context, run, { records, writer }))
  } finally {
    await writer.release()
  }
}

describe('rows of runs that contradict themselves', () => {
  it('[I90] [I91] [I95] are counted as damaged, told by the contradiction, and so after the next start', async () => {
    const sound = await bench.run({ a: { run: 'true' } })
    const failed = await bench.run({ a: { run: 'exit 1' } })
    await write('own', sound)
    await write('stuck', failed)
    const cache = createIndexCache({
      folder: join(bench.root, 'cache'),
      workspace: 'w',
      version: '1',
    })
    const first = { ...bench.context, index: createRunIndex(cache) }

    const { rows, counts } = await list(first, { view: 'damaged' })
    await saveIndex(first)
    const next = { ...bench.context, index: createRunIndex(cache) }
    const again = await list(next, { view: 'damaged' })

    const told = rows.map(({ id, health, flaws, reason }) => [id, [health, flaws, reason.rule]])
    expect(Object.fromEntries(told)).toEqual({
      own: ['ok', 1, 'I5'],
      stuck: ['ok', 1, 'G14'],
    })
    expect(counts).toMatchObject({ all: 4, damaged: 2, completed: 2, failed: 2 })
    expect(again).toEqual({ rows, counts, total: 2, unverified: 0 })

    for (const context of [first, next]) {
      expect(await idsOf(context, ['damaged'])).toEqual(['own', 'stuck'])
      expect(await idsOf(context, ['damaged'], true)).toEqual([failed.id, sound.id].toSorted())
      expect(await idsOf(context, ['ok'])).toEqual([failed.id, sound.id].toSorted())
      const asked = contract['run.groups'].input.parse({ by: 'health' })
      const { groups } = await groupRuns(context, asked, following)
      expect(Object.fromEntries(groups.map(({ value, count }) => [value, count]))).toEqual({
        damaged: 2,
        ok: 2,
      })
    }
  })
})
