// What is wrong in a workspace in which one run was killed and resumed until it was done.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHost } from '../../../electron/host/createHost.ts'
import { keepUp } from '../../../electron/services/upkeep.ts'
import { neverCancelled } from '../../../shared/cancel.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../../unit/electron/executor/workbench.ts'

export async function findFlaws(
  root: string,
  steps: readonly string[],
): Promise<readonly string[]> {
  const expected = steps.toSorted().join(' ')
  const [begun, done] = await Promise.all([linesOf(root, 'begun'), linesOf(root, 'done')])
  await startNextHost(root)
  return [
    done === expected ? [] : [`finished steps are lost or repeated: ${done}`],
    begun === expected ? [] : [`steps were begun twice: ${begun}`],
    await findRunFlaws(root),
    (await findTemporaryFiles(root)).map((path) => `a temporary file is left: ${path}`),
  ].flat()
}

/** One run reads well and is completed. A start that was cut before its first record may have left its empty files. */
async function findRunFlaws(root: string): Promise<readonly string[]> {
  const bench = await createWorkbench({ root })
  try {
    const entries = await bench.store.list()
    const runs = entries.flatMap(({ run }) => (run === null ? [] : [run]))
    const states = await Promise.all(runs.map((run) => stateOf(bench, run)))
    const told = states.filter((state) => state !== 'nothing')
    return told.length === 1 && told[0] === 'completed'
      ? []
      : [`the runs are in the end: ${states.join(', ')}`]
  } finally {
    await bench.close()
  }
}

async function stateOf(bench: Workbench, run: RunId): Promise<string> {
  const { journal } = await bench.store.read(run)
  if ((journal?.records ?? []).length === 0) return 'nothing'
  const [read] = await Promise.allSettled([bench.read(run)])
  if (read === undefined) return 'unread'
  return read.status === 'fulfilled' ? read.value.status : String(read.reason)
}

/** Lists, and looks after what dead hosts left behind, as a host that lives long does. */
async function startNextHost(root: string): Promise<void> {
  const host = await createHost({
    path: root,
    host: 'cli',
    configFolder: join(root, 'config'),
    cacheFolder: join(root, 'cache'),
  })
  await host.client().call('run.list', {})
  await host.close()
  const bench = await createWorkbench({ root })
  await keepUp(bench.context, neverCancelled)
  await bench.close()
}

async function linesOf(root: string, name: string): Promise<string> {
  const text = await readFile(join(root, name), { encoding: 'utf8', flag: 'a+' })
  return text.split('\n').slice(0, -1).toSorted().join(' ')
}

/** Files that the program makes to rename or remove them; in the trash they are kept for a person to look at. */
async function findTemporaryFiles(root: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true })
  return names.filter(
    (name) => /\.(tmp|claim)$/.test(name) && !name.startsWith(join('.unstuck', 'trash')),
  )
}
