import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createBundleDesk } from '../../../../electron/host/createBundleDesk.ts'
import { archiveRuns } from '../../../../electron/services/archiveRuns.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench } from '../executor/workbench.ts'

/** Archives a run so that a guess of its passphrase costs next to nothing: what a guess costs is proven elsewhere. */
export async function encryptArchive(root: string, run: string, passphrase: string): Promise<void> {
  const bench = await createWorkbench({ root })
  const bundleDesk = createBundleDesk({
    randomId: bench.context.randomId,
    openStore: () => Promise.reject(new Error('not asked for')),
    workFactor: 4,
  })
  const { rows } = await archiveRuns(
    { ...bench.context, bundleDesk },
    { runs: [RunId.parse(run)], passphrase },
    { signal: neverCancelled, progress: () => undefined },
  )
  if (!rows.every(({ outcome }) => outcome === 'done')) throw new Error(JSON.stringify(rows))
  await bench.executor.close()
  for (const own of ['config', 'control'])
    await rm(join(root, own), { recursive: true, force: true })
}
