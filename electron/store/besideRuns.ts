// What lies beside the heads and journals of runs: logs, reports of steps, backups.
import { RunId } from '../../shared/schema/ids.ts'
import { backupFolder, logFolder, places, stepsFolder } from './layout.ts'
import { childrenOf, listFiles } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'

/** Three looks, whatever is in them: a run without such files costs nothing more. */
export async function findRunsBeside(context: StoreContext): Promise<ReadonlySet<RunId>> {
  const roots = [places.logs, places.steps, places.backups]
  const names = await Promise.all(roots.map((root) => childrenOf(context, root)))
  return new Set(
    names.flat().flatMap((name) => {
      const run = RunId.safeParse(name)
      return run.success ? [run.data] : []
    }),
  )
}

export async function measureBeside(context: StoreContext, run: RunId): Promise<number> {
  const folders = [logFolder(run), stepsFolder(run), backupFolder(run)]
  const files = await Promise.all(folders.map((folder) => listFiles(context, folder)))
  return files.flat().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
