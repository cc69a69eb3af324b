import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareCheckpoints } from '../../../../electron/services/compareCheckpoints.ts'
import { openRun } from '../../../../electron/services/openRun.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { compareCalls } from '../../../../shared/contract/compare.ts'
import { openUnknown } from './openUnknown.ts'

const state = (id: string, status: string) => JSON.stringify({ run_id: id, status })

async function rowsOf({ rows, context }: Awaited<ReturnType<typeof openUnknown>>) {
  context.index.isStale = true
  return (await rows()).map(({ document }) => document).toSorted()
}

test('[F324] versions of one id are one row, with the earlier ones as points that compare', async () => {
  const bench = await openUnknown({
    'x/r.v1.json': state('r', 'running'),
    'x/r.v2.json': state('r', 'failed'),
    'x/r.v2.json.bak': state('r', 'pending'),
    'x/s-20260301T080000Z.json': state('s', 'running'),
    'x/s-20260301T090000Z.json': state('s', 'failed'),
    'x/t-20260301T080000Z.json': state('t1', 'running'),
    'x/t-20260301T090000Z.json': state('t2', 'failed'),
    'x/u-2026-03-01.json': '{"status":"failed"}',
    'x/u-2026-03-02.json': '{"status":"failed"}',
  })
  expect(await rowsOf(bench)).toEqual([
    'x/r.v2.json',
    'x/s-20260301T090000Z.json',
    'x/t-20260301T080000Z.json',
    'x/t-20260301T090000Z.json',
    'x/u-2026-03-01.json',
    'x/u-2026-03-02.json',
  ])

  const ref = bench.ref('x/r.v2.json')
  const { foreign, run } = await openRun(bench.context, { ref })
  expect(foreign?.points.map(({ id, kind }) => [id, kind])).toEqual([
    ['file:r.v1.json', 'history'],
    ['file:r.v2.json.bak', 'backup'],
  ])
  expect(foreign?.guesses).toContainEqual({
    field: 'versions',
    path: null,
    confidence: 'possible',
    evidence:
      '2 files, such as r.v1.json, are named like it but for a version, and of the same id.',
  })
  expect(run?.checkpointsTotal).toBe(2)
  const sides = { left: { ref, checkpoint: 'file:r.v1.json' }, right: { ref, checkpoint: null } }
  const asked = compareCalls['checkpoint.compare'].input.parse(sides)
  const compared = await compareCheckpoints(bench.context, asked, {
    signal: neverCancelled,
    progress: () => undefined,
  })
  expect(JSON.stringify(compared)).toContain('/status')
})

test('[F325] without the newest one, or when that is damaged, the one before has the row', async () => {
  const bench = await openUnknown({
    'x/r.v1.json': state('r', 'running'),
    'x/r.v2.json': state('r', 'failed'),
  })
  await writeFile(join(bench.root, 'x/r.v3.json'), state('r', 'done'))
  expect(await rowsOf(bench)).toEqual(['x/r.v3.json'])
  await writeFile(join(bench.root, 'x/r.v3.json'), '{"run_id":"r","stat')
  await rm(join(bench.root, 'x/r.v1.json'))
  expect(await rowsOf(bench)).toEqual(['x/r.v2.json', 'x/r.v3.json'])
  await writeFile(join(bench.root, 'x/r.v3.json'), state('r', 'done'))
  expect(await rowsOf(bench)).toEqual(['x/r.v3.json'])
  await rm(join(bench.root, 'x/r.v3.json'))
  expect(await rowsOf(bench)).toEqual(['x/r.v2.json'])
})

test('[F325] a person may say that there are no versions', async () => {
  const bench = await openUnknown({
    'x/r.v1.json': state('r', 'running'),
    'x/r.v2.json': state('r', 'failed'),
  })
  expect(await rowsOf(bench)).toEqual(['x/r.v2.json'])
  const mapping = { folder: 'x', keys: ['run_id', 'status'], paths: { versions: null } }
  const settings = { unknown: { mappings: [mapping] } }
  await writeFile(join(bench.root, 'unstuck.json'), JSON.stringify(settings))
  expect(await rowsOf(bench)).toEqual(['x/r.v1.json', 'x/r.v2.json'])
})
