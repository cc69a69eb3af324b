import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { blamePath } from '../../../../electron/services/blamePath.ts'
import {
  compareCheckpoints,
  patchBetween,
} from '../../../../electron/services/compareCheckpoints.ts'
import { findDivergence } from '../../../../electron/services/findDivergence.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { compareCalls } from '../../../../shared/contract/compare.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const waits = { signal: neverCancelled, progress: () => undefined }
const gone = { ...waits, signal: { ...neverCancelled, aborted: true } }
const steps = {
  build: { run: 'echo built' },
  test: { run: 'echo "took $RANDOM" > /dev/null; echo "in 12 ms"', needs: ['build'] },
}

function side(run: RunId, checkpoint: string | null = null) {
  return { ref: nativeRef(bench.context, run), checkpoint }
}

function compare(input: CallInput<'checkpoint.compare'>, options = waits) {
  const parsed = compareCalls['checkpoint.compare'].input.parse(input)
  return compareCheckpoints(bench.context, parsed, options)
}

function blame(input: CallInput<'state.blame'>, options = waits) {
  return blamePath(bench.context, compareCalls['state.blame'].input.parse(input), options)
}

describe('comparing', () => {
  test('[D64] by pages and kinds, with counts of all and what is unchanged between', async () => {
    bench = await createWorkbench()
    const { id, checkpoints } = await bench.run(steps)
    const sides = { left: side(id, checkpoints[0]?.id), right: side(id) }

    const whole = await compare(sides)
    const second = await compare({ ...sides, offset: 1, limit: 1 })
    const added = await compare({ ...sides, kinds: ['added'] })
    const inside = await compare({ ...sides, under: '/steps/build' })

    expect(whole.changes.map(({ path }) => path)).toContain('/steps/build/status')
    expect(whole.changes[0]?.unchangedBefore?.[0]).toMatchObject({ path: '', start: 0 })
    expect(whole.unchangedAfter).toBeDefined()
    expect(second).toMatchObject({ changes: [whole.changes[1]], total: whole.total })
    expect(second.unchangedAfter).toBeUndefined()
    expect(new Set(added.changes.map(({ kind }) => kind))).toEqual(new Set(['added']))
    expect(added.counts).toEqual(whole.counts)
    expect(added.changes[0]?.unchangedBefore).toBeUndefined()
    const paths = inside.changes.flatMap(({ path, unchangedBefore = [] }) => [
      path,
      ...unchangedBefore.map((unchanged) => unchanged.path),
    ])
    expect(paths.filter((path) => !path.startsWith('/steps/build'))).toEqual([])
  })

  test('[D65] two runs without ids, times and folders', async () => {
    bench = await createWorkbench()
    const good = await bench.run(steps)
    const bad = await bench.run({
      ...steps,
      test: { run: 'echo "in 9 ms"; echo broken', needs: ['build'] },
    })
    const sides = { left: side(good.id), right: side(bad.id) }

    const all = await compare(sides)
    const steady = await compare({ ...sides, steady: true })
    const twins = await compare({
      left: side(good.id),
      right: side((await bench.run(steps)).id),
      steady: true,
    })

    expect(all.changes.map(({ path }) => path)).toContain('/id')
    expect(steady.changes.map(({ path }) => path)).toEqual([
      '/workflow/definition/steps/test/run',
      '/steps/test/output',
    ])
    expect(steady.byChance).toBe(all.total - 2)
    expect(twins.total).toBe(0)
    const parsed = compareCalls['run.divergence'].input.parse(sides)
    expect(await findDivergence(bench.context, parsed, waits)).toMatchObject({
      agreedUpTo: 'build',
      first: { step: 'test', part: 'definition' },
      total: 2,
    })
  })

  test('[D66] a patch in slices', async () => {
    bench = await createWorkbench()
    const { id, checkpoints } = await bench.run(steps)
    const sides = { left: side(id, checkpoints[0]?.id), right: side(id) }
    const read = (offset: number, limitBytes: number) =>
      patchBetween(bench.context, { ...sides, keys: [], offset, limitBytes }, waits)

    const whole = await read(0, 262_144)
    const first = await read(0, 100)
    const rest = await read(first.nextOffset ?? 0, 262_144)

    expect(first.text + rest.text).toBe(whole.text)
    expect(JSON.parse(whole.text)).toHaveLength(whole.operations)
  })

  test('[D67] blame, newest first, with the checkpoint that has it', async () => {
    bench = await createWorkbench()
    const { id, checkpoints } = await bench.run(steps)
    const pointer = '/steps/build/status'
    const { ref } = side(id)

    const { changes, total } = await blame({ ref, pointer })
    const second = await blame({ ref, pointer, offset: 1, limit: 1 })
    const early = await blame({ ref, pointer, checkpoint: checkpoints[0]?.id ?? null })

    expect(changes.map(({ type, after }) => [type, after])).toEqual([
      ['stepSucceeded', '"succeeded"'],
      ['stepStarted', '"running"'],
      ['runCreated', '"pending"'],
    ])
    expect(changes[0]).toMatchObject({ step: 'build', before: '"running"', gapFromSeq: null })
    const after = checkpoints.find(({ seq }) => seq >= (changes[0]?.seq ?? 0))
    expect(changes[0]?.checkpoint?.id).toBe(after?.id)
    expect([total, second.changes]).toEqual([3, [changes[1]]])
    expect(early.changes.every(({ seq }) => seq <= (checkpoints[0]?.seq ?? 0))).toBe(true)
  })

  test('[E200] blame of all steps has the values of the page, as if nothing was left out', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run(steps)
    const { ref } = side(id)

    const all = await blame({ ref, pointer: '/steps' })
    const second = await blame({ ref, pointer: '/steps', offset: 1, limit: 1 })

    expect(all.changes[0]?.before).toBe(all.changes[1]?.after)
    expect(second.changes).toEqual([all.changes[1]])
    expect(all.changes.at(-1)).toMatchObject({ type: 'runCreated', before: null })
  })

  test('[D67] blame of a run whose journal is gone', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run(steps)
    const { files } = await bench.store.read(id)
    const journal = files.find(({ kind }) => kind === 'journal')
    await rm(join(bench.root, journal?.path ?? ''))

    expect(await blame({ ref: side(id).ref })).toMatchObject({
      changes: [],
      problem: 'The journal of this run is gone, so nothing is known.',
    })
  })

  test('[D68] nothing is gone on with for nobody', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run(steps)
    const sides = { left: side(id), right: side(id) }

    await expect(compare(sides, gone)).rejects.toMatchObject({ code: 'cancelled' })
    await expect(blame({ ref: sides.left.ref }, gone)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
