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

test('[E124] a thousand changes a second with five hundred locks are put together some ten times', async () => {
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
  const { restore } = record
  let composed = 0
  const compose = (): ReturnType<typeof record.compose> => {
    composed += 1
    return record.compose()
  }
  await keeper.open()
  keeper.attach({ root: '/flows', document: null, compose, restore })
  for (let index = 0; index < 500; index += 1) {
    const run = RunId.parse(`etl-20260102-030405-${index}`)
    record.lockTaken({ run, epoch: 1, purpose: 'run', since: now() })
  }

  composed = 0
  const beganMs = performance.now()
  for (let tick = 0; tick < 100; tick += 1) {
    for (let index = 0; index < 5; index += 1) {
      const id = `${tick}-${index}`
      record.operationBegan({ id, call: 'repair.apply', item: id, by: 'ada', since: now() })
      record.operationEnded(id)
    }
    await wait(9)
  }
  const passedMs = performance.now() - beganMs
  await keeper.close()
  await rm(folder, { recursive: true })
  expect(composed).toBeGreaterThan(0)
  // The first one may be due at once, and closing writes one more.
  expect(composed).toBeLessThanOrEqual(passedMs / 100 + 2)
})
