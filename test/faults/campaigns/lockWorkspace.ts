// A workspace that several processes lock and write.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { Store } from '../../../electron/store/store.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import {
  application,
  createClock,
  createIds,
  keyframe,
  writeRun,
} from '../../unit/electron/store/storeFixtures.ts'
import { startChild, type Child } from './children.ts'

export type Workspace = {
  readonly root: string
  readonly store: Store
  /** Starts a child that is gone with the workspace. */
  readonly start: <Question extends object, Answer>(
    script: string,
  ) => Promise<Child<Question, Answer>>
}

export async function inWorkspace(work: (workspace: Workspace) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'unstuck-locks-'))
  const children: { kill(): Promise<void> }[] = []
  const store = await openStore(root)
  try {
    await work({
      root,
      store,
      start: async <Question extends object, Answer>(script: string) => {
        const child = await startChild<Question, Answer>(script, root)
        children.push(child)
        return child
      },
    })
  } finally {
    for (const child of children) await child.kill()
    await store.close()
    await rm(root, { recursive: true, force: true })
  }
}

function openStore(root: string): Promise<Store> {
  return createFileStore({ root, now: createClock(), randomId: createIds(), application })
}

export async function createRuns(store: Store, count: number): Promise<readonly RunId[]> {
  const runs = Array.from({ length: count }, (_, index) => RunId.parse(`run-${index}`))
  for (const run of runs) await writeRun(store, { run, bodies: [keyframe(run)] })
  return runs
}
