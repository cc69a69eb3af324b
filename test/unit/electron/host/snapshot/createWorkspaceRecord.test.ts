import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { randomId } from '../../../../../electron/host/hostFacts.ts'
import { createStateKeeper } from '../../../../../electron/host/snapshot/createStateKeeper.ts'
import { createWorkspaceRecord } from '../../../../../electron/host/snapshot/createWorkspaceRecord.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'

const now = (): string => new Date().toISOString()

test('[E124] a thousand changes a second with five hundred locks cost a part of one processor', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-record-'))
  const keeper = createStateKeeper({
    path: join(folder, 'state.json'),
    application: { version: '0.0.0', host: 'browser' },
    configFolder: join(folder, 'config'),
    now,
    randomId,
    report: (error) => expect.fail(error.message),
  })
  const workspace = { root: '/flows', name: 'flows', document: null }
  const record = createWorkspaceRecord(workspace, { keeper, now })
  const { compose, restore } = record
  await keeper.open()
  keeper.attach({ root: '/flows', document: null, compose, restore })
  for (let index = 0; index < 500; index += 1) {
    const run = RunId.parse(`etl-20260102-030405-${index}`)
    record.lockTaken({ run, epoch: 1, purpose: 'run', since: now() })
  }

  const before = process.cpuUsage()
  const beganMs = performance.now()
  for (let tick = 0; tick < 100; tick += 1) {
    for (let index = 0; index < 5; index += 1) {
      const id = `${tick}-${index}`
      record.operationBegan({ id, call: 'repair.apply', item: id, by: 'ada', since: now() })
      record.operationEnded(id)
    }
    await wait(9)
  }
  const { user, system } = process.cpuUsage(before)
  const passedMs = performance.now() - beganMs
  await keeper.close()
  await rm(folder, { recursive: true })
  expect((user + system) / 1000).toBeLessThan(passedMs / 2)
})
