// Locks between real processes: updates that all count, races for a stale lock, and how soon a killed holder's is free.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { createMachine } from '../../../electron/store/machine.ts'
import type { RunWriter, Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { createIds, testing } from '../../unit/electron/store/storeFixtures.ts'
import type { ChildAnswer, ChildCommand } from '../storeChild.ts'
import { noObstacle, type Campaign, type CampaignOptions } from './campaign.ts'
import { createRuns, inWorkspace, type Workspace } from './lockWorkspace.ts'
import type { UpdateAnswer, UpdateTask } from './updateChild.ts'

const processes = 8

const freeAfter = 'lock free after ms'
/** Where others have the processors, a process dies late, and the one that asks comes late to its turn. */
const freeAfterIdle = `${freeAfter}, on an idle machine`

export const lockUpdates: Campaign = {
  name: 'lockUpdates',
  unit: 'an update by one of eight processes on one workspace',
  sizes: { test: processes * 60, full: processes * 1000 },
  piece: processes * 1000,
  obstacle: noObstacle,
  run: (options) => inWorkspace((workspace) => updateTogether(workspace, options)),
}

export const lockRaces: Campaign = {
  name: 'lockRaces',
  unit: 'a race of four processes for a stale lock',
  sizes: { test: 100, full: 1000 },
  piece: 100,
  obstacle: noObstacle,
  run: (options) => inWorkspace((workspace) => race(workspace, options)),
}

export const killedHolders: Campaign = {
  name: 'killedHolders',
  unit: 'a holder killed, and its lock taken',
  sizes: { test: 8, full: 200 },
  piece: 20,
  obstacle: noObstacle,
  limits: { [freeAfterIdle]: 50 },
  run: (options) => inWorkspace((workspace) => killHolders(workspace, options)),
}

async function updateTogether(
  { store, start, root }: Workspace,
  { from, to, report }: CampaignOptions,
): Promise<void> {
  const runs = await createRuns(store, 4)
  const each = Math.ceil((to - from) / processes)
  const children = await Promise.all(
    Array.from({ length: processes }, () => start<UpdateTask, UpdateAnswer>('updateChild.ts')),
  )
  const answers = await Promise.all(children.map((child) => child.ask({ runs, updates: each })))
  for (const answer of answers) {
    if (answer.kind === 'failed') report.violation(from, `An update failed: ${answer.message}`)
    if (answer.kind === 'done') report.count('refused meanwhile', answer.refusals)
  }
  const seen = new Set<string>()
  for (const run of runs) {
    const { journal, holder } = await store.read(run)
    if (holder !== null) report.violation(from, `${run} is still held.`)
    if (journal === null || journal.flaws.length > 0)
      report.violation(from, `The journal of ${run}: ${JSON.stringify(journal?.flaws)}`)
    for (const { record } of journal?.records ?? [])
      if (record.type === 'variableSet') seen.add(JSON.stringify(record['value']))
  }
  report.count('updates kept', seen.size)
  const expected = each * processes
  if (seen.size !== expected)
    report.violation(from, `${seen.size} of ${expected} updates are kept.`)
  const left = await readdir(join(root, '.unstuck/locks'))
  if (left.length > 0) report.violation(from, `Files are left among the locks: ${left.join(', ')}`)
}

async function race({ root, store, start }: Workspace, options: CampaignOptions): Promise<void> {
  const { from, to, report } = options
  const runs = await createRuns(store, 10)
  const children = await Promise.all(
    [1, 2, 3, 4].map(() => start<ChildCommand, ChildAnswer>('../storeChild.ts')),
  )
  const dead = await start<ChildCommand, ChildAnswer>('../storeChild.ts')
  await dead.kill()
  for (let index = from; index < to; index += 1) {
    const run = runs[index % runs.length] ?? RunId.parse('run-0')
    await leaveLock(root, { run, pid: dead.pid, nonce: `stale${index}` })
    const at = Date.now() + 4
    const answers = await Promise.all(children.map((child) => child.ask({ kind: 'open', run, at })))
    const holders = answers.filter(({ kind }) => kind === 'opened').length
    if (holders !== 1) report.violation(index, `${holders} processes hold ${run}.`)
    for (const answer of answers)
      if (answer.kind === 'refused' && answer.code !== 'locked')
        report.violation(index, `${answer.code}: ${answer.message}`)
    await Promise.all(children.map((child) => child.ask({ kind: 'release' })))
    report.count('races')
  }
  for (const run of runs) {
    const { journal } = await store.read(run)
    if (journal?.flaws.length !== 0) report.violation(from, `The journal of ${run} is damaged.`)
  }
}

async function leaveLock(
  root: string,
  lock: { readonly run: RunId; readonly pid: number; readonly nonce: string },
): Promise<void> {
  const machine = await createMachine({ configFolder: join(root, 'config'), randomId: createIds() })
  const holder = {
    ...machine.identity,
    ...lock,
    applicationVersion: 'test',
    epoch: 1,
    since: new Date().toISOString(),
    controlSocket: null,
    purpose: 'test',
  }
  await mkdir(join(root, '.unstuck/locks'), { recursive: true })
  await writeFile(join(root, '.unstuck/locks', `${lock.run}.json`), JSON.stringify(holder))
}

async function killHolders(
  { store, start }: Workspace,
  { from, to, report }: CampaignOptions,
): Promise<void> {
  const [run] = await createRuns(store, 1)
  if (run === undefined) return
  for (let index = from; index < to; index += 1) {
    const child = await start<ChildCommand, ChildAnswer>('../storeChild.ts')
    const opened = await child.ask({ kind: 'open', run, at: 0 })
    if (opened.kind !== 'opened') report.violation(index, `The child got no lock: ${opened.kind}`)
    let killedAt = 0
    let isGone = false
    const gone = child
      .kill(() => {
        killedAt = performance.now()
      })
      .finally(() => {
        isGone = true
      })
    const { writer, refusals } = await takeOver(store, run, () => isGone)
    const tookMs = performance.now() - killedAt
    await writer.release()
    await gone
    report.measure(freeAfter, tookMs)
    if (isMachineIdle()) report.measure(freeAfterIdle, tookMs)
    if (refusals > 0)
      report.violation(index, `It was refused ${refusals} times after its holder was gone.`)
  }
}

/** Nobody else had the processors in the last minute; Windows does not tell. */
function isMachineIdle(): boolean {
  const [load = 0] = loadavg()
  return process.platform !== 'win32' && load < availableParallelism() * 0.75
}

/** Asks until it holds the lock. `refusals`: how often it was refused although the holder was gone when it asked. */
async function takeOver(
  store: Store,
  run: RunId,
  isGone: () => boolean,
): Promise<{ readonly writer: RunWriter; readonly refusals: number }> {
  for (let refusals = 0; ;) {
    const wasGone = isGone()
    const [opened] = await Promise.allSettled([store.open(run, testing)])
    if (opened?.status === 'fulfilled') return { writer: opened.value, refusals }
    const error: unknown = opened?.reason
    if (!(error instanceof AppError) || error.code !== 'locked') throw error
    if (wasGone) refusals += 1
  }
}
