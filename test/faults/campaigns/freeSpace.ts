// A disk with room for nothing, a little, or twice the state: a write succeeds or says why not, and nothing is destroyed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { RunWriter, Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  application,
  createClock,
  createdAt,
  createIds,
  keyframe,
  runId,
  setVariable,
  testing,
} from '../../unit/electron/store/storeFixtures.ts'
import type { Campaign, Report } from './campaign.ts'

const writes = ['append', 'replaceHead', 'backup'] as const
const stepBytes = 4096
const [smallBytes, bigBytes] = [64 * 1024, 256 * 1024]

export const freeSpace: Campaign = {
  name: 'freeSpace',
  unit: 'one write on a disk with so much free space, in steps of 4 KB',
  sizes: { test: casesOf(smallBytes), full: casesOf(smallBytes) + casesOf(bigBytes) },
  piece: casesOf(smallBytes),
  obstacle: findObstacle,
  run: async ({ from, to, report }) => {
    const disk = mkdtempSync(join(tmpdir(), 'unstuck-space-'))
    mount(disk)
    try {
      for (let index = from; index < to; index += 1) {
        const isSmall = index < casesOf(smallBytes)
        const stateBytes = isSmall ? smallBytes : bigBytes
        const number = isSmall ? index : index - casesOf(smallBytes)
        const freeBytes = Math.trunc(number / writes.length) * stepBytes
        await writeWith({ disk, index, stateBytes, freeBytes, report })
      }
    } finally {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    }
  },
}

/** Each write at each step from nothing to twice the state. */
function casesOf(stateBytes: number): number {
  return writes.length * ((2 * stateBytes) / stepBytes + 1)
}

function findObstacle(): string | null {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (!isRoot) return 'a disk of a given size needs root on Linux'
  const disk = mkdtempSync(join(tmpdir(), 'unstuck-space-'))
  try {
    mount(disk)
    execFileSync('umount', [disk])
    return null
  } catch (error) {
    return `no disk can be mounted: ${String(error)}`
  } finally {
    rmSync(disk, { recursive: true })
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'unstuck-test', folder], { stdio: 'pipe' })
}

type Case = {
  readonly disk: string
  readonly index: number
  readonly stateBytes: number
  readonly freeBytes: number
  readonly report: Report
}

async function writeWith({ disk, index, stateBytes, freeBytes, report }: Case): Promise<void> {
  const root = join(disk, `workspace-${index}`)
  await mkdir(root)
  const heads = ['a', 'b'].map((letter) => `{"head":"${letter.repeat(stateBytes)}"}\n`)
  const store = await openStore(root)
  const acknowledged = { records: 2, head: heads[0] ?? '', backups: 0 }
  await createRun(store, acknowledged.head)
  await fillUp(disk, freeBytes)
  const write = writes[index % writes.length] ?? 'append'
  const isDone = await attempt({ store, write, stateBytes, head: heads[1] ?? '', index, report })
  if (isDone && write === 'append') acknowledged.records += 1
  if (isDone && write === 'replaceHead') acknowledged.head = heads[1] ?? ''
  if (isDone && write === 'backup') acknowledged.backups += 1
  const full = await findLoss(store, acknowledged)
  await rm(join(disk, 'ballast'))
  const freed = (await findLoss(store, acknowledged)) ?? (await findUnusable(store))
  for (const flaw of [full, freed])
    if (flaw !== null) report.violation(index, `${write}, ${freeBytes} bytes free: ${flaw}`)
  await store.close()
  await rm(root, { recursive: true })
}

function openStore(root: string): Promise<Store> {
  return createFileStore({ root, now: createClock(), randomId: createIds(), application })
}

async function createRun(store: Store, head: string): Promise<void> {
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([keyframe(), setVariable('a')], { durable: true })
  await writer.replaceHead(head)
  await writer.release()
}

async function fillUp(disk: string, freeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk)
  const file = await open(join(disk, 'ballast'), 'w')
  const bytes = new Uint8Array(Math.max(0, bavail * bsize - freeBytes))
  await file.writeFile(bytes)
  await file.close()
}

/** True when it was acknowledged. */
async function attempt(options: {
  readonly store: Store
  readonly write: (typeof writes)[number]
  readonly stateBytes: number
  readonly head: string
  readonly index: number
  readonly report: Report
}): Promise<boolean> {
  const { store, write, stateBytes, head, index, report } = options
  const work = {
    append: (writer: RunWriter) =>
      writer.append([setVariable('b', 'x'.repeat(stateBytes / 2))], { durable: true }),
    replaceHead: (writer: RunWriter) => writer.replaceHead(head),
    backup: (writer: RunWriter) => writer.backup('test'),
  }[write]
  const [opened] = await Promise.allSettled([store.open(runId, testing)])
  const writer = opened?.status === 'fulfilled' ? opened.value : null
  const [done] = await Promise.allSettled([writer === null ? null : work(writer)])
  const [released] = await Promise.allSettled([writer?.release()])
  for (const result of [opened, done, released])
    if (result?.status === 'rejected' && !isClear(result.reason))
      report.violation(index, `${write}: ${String(result.reason)}`)
  const isDone = writer !== null && done?.status === 'fulfilled'
  report.count(`${write}: ${isDone ? 'done' : 'refused'}`)
  if (released?.status === 'rejected') report.count('lock kept until there is space')
  return isDone
}

function isClear(error: unknown): boolean {
  return error instanceof AppError && error.code === 'io' && error.message.includes('disk is full')
}

type Acknowledged = {
  readonly records: number
  readonly head: string
  readonly backups: number
}

async function findLoss(store: Store, acknowledged: Acknowledged): Promise<string | null> {
  const { head, journal } = await store.read(runId)
  const flaws = (journal?.flaws ?? []).filter(({ kind }) => kind !== 'torn')
  const backups = await store.backups(runId)
  for (const { id, files } of backups)
    for (const file of files) await store.readBackup(runId, id, file)
  if (flaws.length > 0) return `the journal is damaged: ${flaws[0]?.sentence}`
  if ((journal?.records.length ?? 0) < acknowledged.records) return 'a record is lost'
  if (Buffer.from(head?.bytes ?? []).toString() !== acknowledged.head) return 'the head is another'
  // A torn tail is backed up before the next record.
  if (backups.length < acknowledged.backups) return 'a backup is lost'
  return null
}

/** A lock that could not be given back on the full disk is given back by and by. */
async function openInTime(store: Store): Promise<RunWriter> {
  const end = performance.now() + 60_000
  for (;;) {
    const [opened] = await Promise.allSettled([store.open(runId, testing)])
    if (opened?.status === 'fulfilled') return opened.value
    const error: unknown = opened?.reason
    const isHeld = error instanceof AppError && error.code === 'locked'
    if (!isHeld || performance.now() > end) throw error
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}

async function findUnusable(store: Store): Promise<string | null> {
  const writer = await openInTime(store)
  await writer.append([setVariable('again')], { durable: true })
  await writer.replaceHead('{}\n')
  await writer.release()
  const { journal, holder } = await store.read(runId)
  if (holder !== null) return 'the lock is kept'
  return journal?.flaws.length === 0 ? null : 'its journal is damaged afterwards'
}
