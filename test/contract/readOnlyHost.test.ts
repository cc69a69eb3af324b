import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost, type Host } from '../../electron/host/createHost.ts'
import { callNames, contract, type Client } from '../../shared/contract/contract.ts'
import { connect } from '../../shared/rpc/connect.ts'
import { memoryPair } from '../../shared/rpc/memory.ts'
import { validInputs } from './samples.ts'

let folder: string
let workspace: string
let host: Host
let client: Client

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-read-only-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
  host = await createHost({
    path: workspace,
    host: 'browser',
    trust: true,
    configFolder: join(folder, 'config'),
  })
  const [here, there] = memoryPair()
  host.attach(there, { readOnly: true })
  client = connect(here)
})

afterEach(async () => {
  client.close()
  await host.close()
  rmSync(folder, { recursive: true })
})

const writing = callNames.filter((name) => contract[name].effect === 'write')

it.each(writing)('[Q9] a real host refuses %s on a connection that may only read', async (name) => {
  const before = readdirSync(workspace, { recursive: true })

  await expect(client.call(name, validInputs[name])).rejects.toMatchObject({ code: 'read-only' })

  expect(readdirSync(workspace, { recursive: true })).toEqual(before)
})

it('[Q9] a real host answers what reads on a connection that may only read', async () => {
  expect(await client.call('run.list', {})).toMatchObject({ total: 0 })
})
