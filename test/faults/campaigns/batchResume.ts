// Many runs are resumed in one batch whose hosts are killed on the way: each has its effect once, and its row says so.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHost, type Host } from '../../../electron/host/createHost.ts'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { builtCli } from '../../builtCli.ts'
import { now, randomId } from '../../unit/electron/executor/workbench.ts'
import type { Campaign, CampaignOptions } from './campaign.ts'
import { makeFailedRuns } from './failedRuns.ts'

export const batchResume: Campaign = {
  name: 'batch-resume',
  unit: 'a run resumed in a batch whose host is killed',
  sizes: { test: 30, full: 10_000 },
  piece: 10_000,
  obstacle: () => (process.platform === 'win32' ? 'Windows has no SIGKILL' : null),
  run: async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'unstuck-batch-resume-'))
    try {
      await resumeAll(folder, options)
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  },
}

async function resumeAll(folder: string, { from, to, report }: CampaignOptions): Promise<void> {
  const root = join(folder, 'work')
  const count = to - from
  await mkdir(root)
  const runs = await makeFailedRuns(root, count)
  const kills = Math.max(1, Math.floor(count / 2_000))
  const begun = performance.now()

  // The first host is the command that starts the batch; those after it only open the workspace.
  let host = start(folder, ['resume', '--select', 'status:failed', '--canary', '0', '--apply'])
  for (let kill = 1; kill <= kills; kill += 1) {
    await until(async () => (await effectsIn(root)).length >= (kill * count) / (kills + 1))
    host.kill('SIGKILL')
    await once(host, 'exit')
    report.count('hosts killed')
    host = start(folder, ['serve'])
  }
  const shown = await atRest(folder)
  host.kill('SIGKILL')
  await once(host, 'exit')

  report.measure('batch ms', performance.now() - begun)
  report.count('runs', count)
  for (const flaw of await flawsOf(root, { runs, shown })) report.violation(from, flaw)
}

function start(folder: string, words: readonly string[]): ChildProcess {
  const root = join(folder, 'work')
  return spawn(process.execPath, [builtCli, ...words, '--workspace', root, '--trust', '--json'], {
    stdio: 'ignore',
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_CACHE_HOME: folder },
  })
}

async function effectsIn(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'effects'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

type Shown = CallOutput<'resume.batch.get'>

/** Looked at by a host that only reads: it takes no batch. */
async function atRest(folder: string): Promise<Shown['batch']> {
  const host = await openReader(folder)
  const client = host.client()
  try {
    let shown: Shown['batch'] | undefined
    await until(async () => {
      const { batches } = await client.call('resume.batch.list', {})
      ;[shown] = batches
      const isOver = shown?.phase === 'done' || shown?.phase === 'paused'
      return isOver && shown?.counts['underWay'] === 0
    })
    if (shown === undefined) throw new Error('There is no batch.')
    return shown
  } finally {
    await host.close()
  }
}

function openReader(folder: string): Promise<Host> {
  return createHost({
    path: join(folder, 'work'),
    host: 'cli',
    configFolder: join(folder, 'reader'),
    cacheFolder: folder,
  })
}

async function flawsOf(
  root: string,
  { runs, shown }: { readonly runs: readonly RunId[]; readonly shown: Shown['batch'] },
): Promise<readonly string[]> {
  const effects = await effectsIn(root)
  const times = new Map<string, number>()
  for (const run of effects) times.set(run, (times.get(run) ?? 0) + 1)
  const wrong = runs.filter((run) => times.get(run) !== 1)
  const isDone = shown.phase === 'done' && shown.counts['completed'] === runs.length
  return [
    ...wrong.slice(0, 20).map((run) => `${run} had its effect ${times.get(run) ?? 0} times`),
    ...(isDone ? [] : [`the batch says: ${JSON.stringify([shown.phase, shown.counts])}`]),
    ...(await resumedOnce(root, runs)),
  ]
}

/** Its journal has one resume by the batch; what came after a kill only took it over. */
async function resumedOnce(root: string, runs: readonly RunId[]): Promise<readonly string[]> {
  const application = { version: '0.0.0-test' }
  const store = await createFileStore({ root, now, randomId, application })
  const flaws = await mapBounded(runs, 4, async (run) => {
    const { journal } = await store.read(run)
    const resumed = (journal?.records ?? []).filter(
      ({ kind, record }) => kind === 'known' && record.type === 'runResumed',
    )
    const fresh = resumed.filter(({ record }) => !isTakenOver(record))
    return fresh.length === 1 ? null : `${run} was resumed ${fresh.length} times`
  })
  await store.close()
  return flaws.filter((flaw) => flaw !== null).slice(0, 20)
}

function isTakenOver(record: object): boolean {
  return JSON.stringify(record).includes('"takenOver":true')
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50)
}
