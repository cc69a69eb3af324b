import { afterEach, describe, expect, test } from 'vitest'
import { openRun } from '../../../../electron/services/openRun.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import { openFileStore } from '../store/storeFixtures.ts'

let bench: Workbench
afterEach(() => bench.close())

describe('opening a run', () => {
  test('[E50] whose backups may not be looked at shows it without them', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run({ a: { run: 'true' } })
    const writer = await bench.store.open(id, { purpose: 'test', controlSocket: null })
    await writer.backup('test')
    await writer.release()
    const disk = createNodeFileSystem()
    const store = await openFileStore(bench.root, {
      fileSystem: {
        ...disk,
        list: async (path) => {
          if (path.includes('backups')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
          return disk.list(path)
        },
      },
    })
    const input = { ref: nativeRef(bench.context, id) }

    expect((await openRun(bench.context, input)).backups).toHaveLength(1)
    const detail = await openRun({ ...bench.context, store }, input)

    expect(detail).toMatchObject({ health: 'ok', backups: [], run: { id, status: 'completed' } })
  })
})
