import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBlockingFileSystem } from '../../../../electron/store/blockingFileSystem.ts'
import { createHelper } from '../../../../electron/store/blockingFileSystemHelper.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { openFileStore, runId, temporaryFolder, writeRun } from './storeFixtures.ts'

test('[T71] a helper that dies says so, and the next task has a new one', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'a.json'), 'text')
  const helper = createHelper()

  const died = await helper.ask({ kind: 'starts', paths: ['x'], limitBytes: -1 })
  const answer = await helper.ask({
    kind: 'starts',
    paths: [join(folder, 'a.json')],
    limitBytes: 2,
  })

  expect(died).toBeNull()
  expect(answer).toMatchObject({ starts: { bytes: Uint8Array.from(Buffer.from('te')) } })
  expect(helper.pending()).toBe(0)
})

test('[T72] answers and fails as the file system that waits', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'a.json'), 'text')
  await mkdir(join(folder, 'below'))
  const [waiting, blocking] = [createNodeFileSystem(), createBlockingFileSystem()]

  for (const name of ['a.json', 'below', 'gone']) {
    const path = join(folder, name)
    for (const ask of [
      (system: typeof waiting) => system.status(path),
      (system: typeof waiting) => system.list(path),
      (system: typeof waiting) => system.check(path, 'read'),
      (system: typeof waiting) => readStart(system, path),
    ]) {
      const [one, other] = await Promise.allSettled([ask(waiting), ask(blocking)])
      expect(codeOf(other)).toEqual(codeOf(one))
    }
  }
})

test('[T72] a store over it reads runs, and writes them too', async () => {
  const root = await temporaryFolder()
  const store = await openFileStore(root, { fileSystem: createBlockingFileSystem() })
  await writeRun(store, { head: '{}\n' })

  const { head, journal } = await store.read(runId)

  expect(Buffer.from(head?.bytes ?? []).toString()).toBe('{}\n')
  expect(journal?.records).toHaveLength(1)
})

async function readStart(
  system: ReturnType<typeof createNodeFileSystem>,
  path: string,
): Promise<string> {
  const file = await system.open(path, 'read')
  try {
    const into = new Uint8Array(3)
    return Buffer.from(into.subarray(0, await file.read(into, 1))).toString()
  } finally {
    await file.close()
  }
}

/** What was answered, or the system's code. */
function codeOf(result: PromiseSettledResult<unknown>): unknown {
  if (result.status === 'fulfilled') return result.value
  const reason: unknown = result.reason
  return reason instanceof Error && 'code' in reason ? reason.code : reason
}
