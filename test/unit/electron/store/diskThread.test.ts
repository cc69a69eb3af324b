import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { LaneTarget } from '../../../../electron/store/disk.ts'
import { startDiskThread } from '../../../../electron/store/diskThread.ts'
import { failureOf, runId, temporaryFolder } from './storeFixtures.ts'

const target: LaneTarget = {
  run: runId,
  journal: { root: '/nowhere', relative: 'a.jsonl' },
  lock: { path: '/nowhere/lock', inode: 1n, modifiedNs: 1n },
}

test('[T47] a thread that was closed takes no job, says so, and can be closed again', async () => {
  const thread = startDiskThread(() => {})
  await vi.waitUntil(() => thread.state() === 'ready', 60_000)
  const lane = thread.openLane(target, false)

  const closing = thread.close()
  expect(await failureOf(lane.perform({ kind: 'release' }))).toMatchObject({
    message: expect.stringContaining('has ended (it is closed)'),
  })
  await closing

  expect(thread.state()).toBe('closed')
  expect(await failureOf(lane.perform({ kind: 'release' }))).toMatchObject({
    message: expect.stringMatching(
      /the thread that writes to the disk has ended .*open the run again/i,
    ),
  })
  await lane.close()
  await thread.close()
})

test('[T47] a thread that is closed before it is ready ends, and nobody is told of a death', async () => {
  const deaths: unknown[] = []
  const thread = startDiskThread((cause) => deaths.push(cause))

  await thread.close()

  expect([thread.state(), deaths]).toEqual(['closed', []])
})

test.each([
  ['throws an error', "throw new Error('it broke')", 'it broke'],
  ['throws something else', "throw 'it broke'", 'it broke'],
  ['ends', 'process.exit(3)', 'it ended with code 3'],
])('[T47] a thread that %s is dead, and its jobs say why', async (_what, program, cause) => {
  const entry = join(await temporaryFolder(), 'thread.mjs')
  await writeFile(entry, program)
  const deaths: unknown[] = []
  const thread = startDiskThread((error, wasReady) => deaths.push([error.message, wasReady]), entry)
  const lane = thread.openLane(target, false)

  await vi.waitUntil(() => thread.state() === 'died', 60_000)

  expect(deaths).toEqual([[cause, false]])
  expect(await failureOf(lane.perform({ kind: 'release' }))).toMatchObject({
    message: expect.stringContaining(`has ended (${cause})`),
  })
  await lane.close()
  await thread.close()
})
