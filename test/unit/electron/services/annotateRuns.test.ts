import { afterEach, describe, expect, test } from 'vitest'
import { annotateRuns } from '../../../../electron/services/annotateRuns.ts'
import { undoOperation } from '../../../../electron/services/undoOperation.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { annotate } from '../../../../shared/schema/annotationChange.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, until, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const options = { signal: neverCancelled, progress: () => undefined }
const nothing = { colour: null, note: null, pinned: false, tags: [] }

describe('annotations', () => {
  test('[E202] a run at rest is pinned and has a note; what is left out stays, and it is taken back', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'true' } })
    await until('it ended', async () => (await bench.read(id)).status === 'completed')
    await until('it is let go', async () => bench.executor.find(id) === null)
    const set = (change: object) =>
      annotateRuns(bench.context, { runs: [id], change }, options).then(({ rows }) => rows)

    expect(await set({ pinned: true, tags: ['eu', 'eu'] })).toMatchObject([{ outcome: 'done' }])
    expect(await set({ note: 'kept for the audit' })).toMatchObject([{ outcome: 'done' }])
    expect((await bench.read(id)).annotations).toEqual({
      ...nothing,
      pinned: true,
      tags: ['eu'],
      note: 'kept for the audit',
    })
    expect(await set({ pinned: true })).toMatchObject([
      { outcome: 'done', cause: 'It was so before.' },
    ])

    const page = await bench.context.store.operations({ offset: 0, limit: 1 })
    expect(page.operations[0]).toMatchObject({
      call: 'run.annotate',
      changes: [{ path: '/annotations/note', before: 'null', after: '"kept for the audit"' }],
    })
    const asked = { id: page.operations[0]?.id ?? '', reason: null }
    expect(await undoOperation(bench.context, asked, options)).toMatchObject({ observed: true })
    expect((await bench.read(id)).annotations).toMatchObject({ note: null, pinned: true })
  })

  test('[E202] a run that goes on is annotated by whoever carries it, here or elsewhere', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'sleep 60' } })
    const other = await bench.another()
    await until(
      'a runs',
      async () => Object.values((await bench.read(id)).steps)[0]?.status === 'running',
    )

    const here = await annotateRuns(
      bench.context,
      { runs: [id], change: { pinned: true } },
      options,
    )
    const change = { colour: 'red' }
    const there = await annotateRuns(other.context, { runs: [id], change }, options)

    expect([here.rows[0]?.outcome, there.rows[0]?.outcome]).toEqual(['done', 'done'])
    const run = await bench.read(id)
    expect([run.status, run.annotations]).toEqual([
      'running',
      { ...nothing, pinned: true, colour: 'red' },
    ])
    await other.close()
    await bench.executor.find(id)?.cancel('ada', null)
  })

  test('[E215] a run that ends in that moment is annotated once it is let go, here and from elsewhere', async () => {
    let isHeld = true
    bench = await createWorkbench({
      wrapWriter: (writer) => ({
        ...writer,
        release: async () => {
          await until('it may be let go', async () => !isHeld)
          await writer.release()
        },
      }),
    })
    const id = await bench.start({ a: { run: 'true' } })
    const other = await bench.another()
    await until('it ended', async () => (await bench.read(id)).status === 'completed')
    expect(bench.executor.find(id)).not.toBe(null)

    const here = annotateRuns(bench.context, { runs: [id], change: { pinned: true } }, options)
    const there = annotateRuns(other.context, { runs: [id], change: { colour: 'red' } }, options)
    await new Promise((resolve) => setTimeout(resolve, 50))
    isHeld = false

    expect([(await here).rows, (await there).rows]).toMatchObject([
      [{ outcome: 'done' }],
      [{ outcome: 'done' }],
    ])
    expect((await bench.read(id)).annotations).toEqual({ ...nothing, pinned: true, colour: 'red' })
    await other.close()
  })

  test('[E215] a run at rest is annotated by two in the same moment, and both are there', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'true' } })
    await until('it is let go', async () => bench.executor.find(id) === null)
    const other = await bench.another()

    const done = await Promise.all([
      annotateRuns(bench.context, { runs: [id], change: { pinned: true } }, options),
      annotateRuns(other.context, { runs: [id], change: { colour: 'red' } }, options),
    ])

    expect(done.flatMap(({ rows }) => rows.map(({ outcome, cause }) => [outcome, cause]))).toEqual([
      ['done', null],
      ['done', null],
    ])
    expect((await bench.read(id)).annotations).toEqual({ ...nothing, pinned: true, colour: 'red' })
    await other.close()
  })

  test('[E202] what is no run is its own row, and the others are done', async () => {
    bench = await createWorkbench()
    const id = await bench.start({ a: { run: 'true' } })
    await until('it ended', async () => (await bench.read(id)).status === 'completed')
    await until('it is let go', async () => bench.executor.find(id) === null)
    const runs = [RunId.parse('nobody-knows-it'), id]

    const { rows } = await annotateRuns(bench.context, { runs, change: { pinned: true } }, options)

    expect(rows.map(({ item, outcome }) => [item, outcome])).toEqual([
      ['nobody-knows-it', 'failed'],
      [id, 'done'],
    ])
  })
})

test('[E202] an empty note takes it away, and unknown fields stay', () => {
  const before = { ...nothing, note: 'x', ours: 7 }
  expect(annotate(before, { note: '' })).toEqual({ ...nothing, note: null, ours: 7 })
  expect(annotate(before, { note: 'x', pinned: false })).toBeNull()
})
