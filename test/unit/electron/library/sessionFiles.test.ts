import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHost } from '../../../../electron/host/createHost.ts'
import { sha256 } from '../../../../electron/host/hostFacts.ts'
import { runIdOf } from '../../../../electron/library/sessionRun.ts'
import { check } from '../../../../shared/core/integrity/check.ts'
import { openSessions, sessionFolder } from './sessionFixtures.ts'
import { keyframe, openFileStore, runId, writeRun } from '../store/storeFixtures.ts'
import { decodeHead } from '../../../../shared/core/codec/decodeHead.ts'

const child = fileURLToPath(new URL('./sessionChild.ts', import.meta.url))

describe('sessions in files', () => {
  test('[B7] a session is a run that the list, the view and the comparison know', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder, { program: 'crawler' })
    await states.saveSession('User 42', { page: 1, seen: ['a'] })
    await states.createCheckpoint('User 42', 'page one')
    await states.saveSession('User 42', { page: 2, seen: ['a', 'b'] })
    await states.createCheckpoint('User 42', 'page two')

    const host = await createHost({
      path: folder,
      host: 'cli',
      cacheFolder: join(folder, 'cache'),
      configFolder: join(folder, 'config'),
    })
    onTestFinished(() => host.close())
    const client = host.client()
    const { rows } = await client.call('run.list', {})
    expect(rows).toMatchObject([{ workflow: 'crawler', status: 'paused', health: 'ok' }])
    const ref = rows[0]?.ref
    if (ref === undefined) throw new Error('no row')
    expect(await client.call('run.get', { ref })).toMatchObject({ health: 'ok', findings: [] })
    const { checkpoints } = await client.call('run.checkpoints', { ref })
    expect(checkpoints.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['page one', 'page two']),
    )
    const [left, right] = ['page one', 'page two'].map((name) => ({
      ref,
      checkpoint: checkpoints.find((one) => one.name === name)?.id ?? null,
    }))
    if (left === undefined || right === undefined) throw new Error('no sides')
    const compared = await client.call('checkpoint.compare', { left, right, under: '/variables' })
    expect(compared.changes.map(({ path }) => path)).toEqual([
      '/variables/page',
      '/variables/seen/1',
    ])
    const { records } = await client.call('run.history', { ref })
    expect(records.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/ changed 2 variables\.$/),
    )
  })

  test('[B7] its head is sound, and says what the session says', async () => {
    const folder = await sessionFolder()
    await openSessions(folder).saveSession('a', { n: 1 }, { status: 'completed' })
    const [day = ''] = await readdir(join(folder, 'runs'))
    const decoded = decodeHead(await readFile(join(folder, 'runs', day, 'a.json'), 'utf8'), sha256)
    if (decoded.kind !== 'ok') throw new Error(decoded.kind)
    expect(decoded.run).toMatchObject({ kind: 'session', session: 'a', status: 'completed' })
    expect(check(decoded.run)).toEqual([])
  })

  test('[B8] ids become ids of runs, and two sessions never share one', async () => {
    expect(runIdOf('import-2026', sha256)).toBe('import-2026')
    expect(runIdOf('User 42', sha256)).toMatch(/^user-42-[0-9a-f]{16}$/)
    const states = openSessions(await sessionFolder())
    await states.saveSession('User 42', { n: 1 })
    const taken = runIdOf('User 42', sha256)
    await expect(states.saveSession(taken, { n: 2 })).rejects.toThrow(
      `${taken} is the session User 42`,
    )
    expect(await states.loadSession('User 42')).toEqual({ n: 1 })
  })

  test('[B8] a run of a workflow is never taken for a session', async () => {
    const folder = await sessionFolder()
    const store = await openFileStore(folder)
    await writeRun(store, { bodies: [keyframe()] })
    const states = openSessions(folder)
    await expect(states.loadSession(runId)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(states.saveSession(runId, {})).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(states.deleteSession(runId)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await states.listSessions()).toEqual([])
  })

  test('[B9] only names whose value changed are written, in one record; none where nothing did', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    await states.saveSession('a', { big: 'x'.repeat(50_000), n: 1, old: true })
    await states.saveSession('a', { big: 'x'.repeat(50_000), n: 2 })
    await states.saveSession('a', { n: 2, big: 'x'.repeat(50_000) })
    const [day = ''] = await readdir(join(folder, 'runs'))
    const lines = (await readFile(join(folder, 'runs', day, 'a.jsonl'), 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      type: 'variablesChanged',
      set: [{ name: 'n', value: 2 }],
      removed: ['old'],
    })
  })

  test('[B9] the whole state is written again as rarely as that pays', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    const list = Array.from({ length: 1000 }, (_, n) => `entry ${n}`)
    for (let n = 0; n < 60; n++) await states.saveSession('a', { n, list: [...list, String(n)] })
    const [day = ''] = await readdir(join(folder, 'runs'))
    const text = await readFile(join(folder, 'runs', day, 'a.jsonl'), 'utf8')
    const frames = text.split('\n').filter((line) => line.includes('"type":"keyframe"'))
    expect(frames.length).toBeGreaterThan(3)
    expect(frames.length).toBeLessThan(20)
    expect(await openSessions(folder).loadSession('a')).toMatchObject({ n: 59 })
  })

  test('[B10] two processes that count at the same time lose nothing', async () => {
    const folder = await sessionFolder()
    const ended = await Promise.all([1, 2].map(() => runChild('count', folder, '40')))
    expect(ended).toEqual([0, 0])
    expect(await openSessions(folder).loadSession('shared')).toEqual({ n: 80 })
  }, 120_000)

  test('[B10] a session that another process holds for long is told with its holder', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    await states.saveSession('a', { n: 1 })
    const store = await openFileStore(folder)
    const run = runIdOf('a', sha256)
    // Its own lock is kept for a moment.
    await expect.poll(async () => (await store.read(run)).holder).toBeNull()
    const writer = await store.open(run, { purpose: 'test', controlSocket: null })
    const hasty = openSessions(folder, { lockWaitMs: 30 })
    await expect(hasty.saveSession('a', { n: 2 })).rejects.toMatchObject({ code: 'locked' })
    expect(await hasty.loadSession('a')).toEqual({ n: 1 })
    const patient = openSessions(folder).saveSession('a', { n: 3 })
    setTimeout(() => void writer.release(), 50)
    await patient
    expect(await hasty.loadSession('a')).toEqual({ n: 3 })
  })

  test('[B11] a process that is killed at any time leaves a save whole or not there', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    for (const killAfterMs of [0, 3, 9, 20, 45]) {
      await killedWhile('both', folder, killAfterMs)
      const state = await states.loadSession<{ one: number; other: number }>('pair')
      if (state !== null) expect(state.one).toBe(state.other)
      await states.updateSession('pair', (before) => before ?? { one: 0, other: 0 })
    }
    expect(await states.listSessions()).toMatchObject([{ id: 'pair', problem: null }])
  }, 120_000)

  test('[B11] a session that was cut while it was made was never there', async () => {
    const folder = await sessionFolder()
    await openSessions(folder).saveSession('a', { n: 1 })
    const [day = ''] = await readdir(join(folder, 'runs'))
    const journal = join(folder, 'runs', day, 'a.jsonl')
    const head = join(folder, 'runs', day, 'a.json')
    await truncate(journal, 100)
    await rm(head)
    const states = openSessions(folder)
    expect(await states.loadSession('a')).toBeNull()
    expect(await states.listSessions()).toEqual([])
    await states.saveSession('a', { n: 2 })
    expect(await states.loadSession('a')).toEqual({ n: 2 })
  })

  test('[B12] a damaged session is refused with what to do, listed, and not written', async () => {
    const folder = await sessionFolder()
    await openSessions(folder).saveSession('a', { n: 1 })
    const [day = ''] = await readdir(join(folder, 'runs'))
    const head = join(folder, 'runs', day, 'a.json')
    const text = await readFile(head, 'utf8')
    await writeFile(head, text.replace('"n": 1', '"n": 7'))
    const states = openSessions(folder)
    await expect(states.loadSession('a')).rejects.toThrow(
      /Session a is damaged: .*unstuck repair a/,
    )
    await expect(states.saveSession('a', { n: 2 })).rejects.toMatchObject({ code: 'corrupt' })
    expect(await states.listSessions()).toMatchObject([
      { id: 'a', problem: expect.stringContaining('unstuck repair a') },
    ])
  })

  test('[B12] a deleted session lies in the trash, from where it comes back', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    await states.saveSession('a', { n: 1 })
    await states.deleteSession('a')
    const store = await openFileStore(folder, { now: () => new Date().toISOString() })
    const [entry] = await store.trashed()
    expect(entry).toMatchObject({ run: 'a', reason: 'Deleted by its program' })
    await store.restoreTrashed(entry?.id ?? '')
    expect(await openSessions(folder).loadSession('a')).toEqual({ n: 1 })
  })

  test('[E216] how long a deleted session is kept is what the settings say when it is deleted', async () => {
    const folder = await sessionFolder()
    const states = openSessions(folder)
    await states.saveSession('a', { n: 1 })
    await writeFile(join(folder, 'unstuck.json'), '{"version": 1, "cleanup": {"trashDays": 3}}')
    await states.deleteSession('a')
    const store = await openFileStore(folder, { now: () => new Date().toISOString() })
    const [entry] = await store.trashed()
    const keptMs = Date.parse(entry?.expiresAt ?? '') - Date.parse(entry?.at ?? '')
    expect(keptMs).toBe(3 * 24 * 60 * 60_000)
  })

  test('[B3] a state that is larger than allowed is not saved', async () => {
    const states = openSessions(await sessionFolder(), { maxStateBytes: 1000 })
    await states.saveSession('a', { n: 1 })
    await expect(states.saveSession('a', { n: 'x'.repeat(2000) })).rejects.toThrow('at most 1000')
    expect(await states.loadSession('a')).toEqual({ n: 1 })
  })
})

async function runChild(...parameters: readonly string[]): Promise<unknown> {
  const started = spawn(process.execPath, [child, ...parameters], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(started, 'exit')
  return code
}

/** Killed that long after it said that it saves. */
async function killedWhile(what: string, folder: string, afterMs: number): Promise<void> {
  const started = spawn(process.execPath, [child, what, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(started.stdout, 'data')
  setTimeout(() => started.kill('SIGKILL'), afterMs)
  await once(started, 'exit')
}
