// What odd workspaces are made of.
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import { RecordBody } from '../../../shared/schema/journal.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { createClock, createIds, testing } from '../../unit/electron/store/storeFixtures.ts'
import { born, moment, sampleRun, sha256, started } from '../../unit/shared/core/run/sampleRun.ts'

/** Where things lie: `outside` is a folder beside the workspace that nobody may read or write through it. */
export type Place = { readonly root: string; readonly outside: string }

export const victim = sampleRun().id
export const healthy = RunId.parse('release-20260102t030405-zz99')
export const secret = 'the-secret-outside'
export const day = 'runs/2026-01-02'
export const headFile = `${day}/${victim}.json`
export const journalFile = `${day}/${victim}.jsonl`

/** Two healthy runs, the second of which the odd thing must not touch. */
export async function makeWorkspace(root: string): Promise<void> {
  await makeRun(root, victim, 1)
  await makeRun(root, healthy, 1)
}

export async function makeRun(
  root: string,
  run: RunId,
  value: Json,
  times: readonly string[] = [],
): Promise<void> {
  const tick = createClock(moment(0))
  const late = [...times]
  const store = await createFileStore({
    root,
    now: () => late.shift() ?? tick(),
    randomId: createIds(),
    application: { version: 'test' },
  })
  const writer = await store.create(run, { ...testing, createdAt: moment(0) })
  const bodies = [{ ...born(), run: { ...sampleRun(), id: run } }, started]
  await writer.append(
    bodies.map((body) => RecordBody.parse(body)),
    { durable: true },
  )
  const state = replay((await store.read(run)).journal?.records ?? [])
  if (state !== null) await writer.replaceHead(encodeHead(state, sha256))
  await writer.append([{ type: 'variableSet', name: 'odd', value }], { durable: true })
  await writer.release()
  await store.close()
}

/** Adds records of 100 KB to the run. */
export async function makeLong(root: string, count: number): Promise<void> {
  const store = await createFileStore({
    root,
    now: createClock(moment(0)),
    randomId: createIds('l'),
    application: { version: 'test' },
  })
  const writer = await store.open(victim, testing)
  const value = 'x'.repeat(100_000)
  for (let number = 0; number < count; number += 1)
    await writer.append([{ type: 'variableSet', name: `v${number % 10}`, value }], {
      durable: false,
    })
  await writer.release()
  await store.close()
}

export function withBytes(bytes: Buffer, added: readonly number[]): Buffer {
  const at = Math.trunc(bytes.byteLength / 2)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(added), bytes.subarray(at)])
}

export function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels)
}

export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** What was there lies outside from now on, and a link to it stands in its place. */
export function moveOut(root: string, outside: string, path: string): void {
  const target = join(outside, path.replaceAll('/', '-'))
  renameSync(join(root, path), target)
  symlinkSync(target, join(root, path))
}

export function makePipe(root: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  rmSync(join(root, path), { force: true })
  execFileSync('mkfifo', [join(root, path)])
}

/** The name stays when the server's process goes on without it. */
export async function makeSocket(root: string, path: string): Promise<void> {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  rmSync(join(root, path), { force: true })
  const server = createServer()
  // A socket's path is short; it is made beside and moved.
  const made = join(root, 's')
  await new Promise<void>((resolve) => {
    server.listen(made, resolve)
  })
  renameSync(made, join(root, path))
  await new Promise((resolve) => {
    server.close(resolve)
  })
}

export function kindOf(path: string): string {
  if (path === headFile) return 'the head'
  if (path === journalFile) return 'the journal'
  if (path.startsWith('.unstuck/locks/')) return 'the lock'
  return path === 'x.json' ? 'a document' : path
}
