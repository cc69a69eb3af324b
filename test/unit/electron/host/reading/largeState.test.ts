import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../../electron/host/createHost.ts'
import { maxMessageBytes, type Client } from '../../../../../shared/contract/contract.ts'
import type { Ref } from '../../../../../shared/contract/call.ts'
import { connect } from '../../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../../shared/rpc/memory.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { makeLongRun } from '../../../../bench/makeLongRun.ts'

const id = RunId.parse('long-20260102t030405z-50mb')
let folder: string
let host: Host
let client: Client
let ref: Ref
const messages: number[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-large-'))
  await makeLongRun(folder, { id, records: 2, variables: { rows: rowsOf(52_000_000) } })
  host = await createHost({ path: folder, host: 'browser', configFolder: join(folder, 'config') })
  const [here, there] = memoryPair()
  host.attach({
    ...there,
    send: (frame) => {
      messages.push(Buffer.byteLength(frame))
      there.send(frame)
    },
  })
  client = connect(here)
  const workspace = (await client.call('workspace.get', {})).id
  ref = { workspace, format: 'unstuck', document: id, item: null }
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

/** Rows of a table, some hundred bytes each. */
function rowsOf(sizeBytes: number): Json {
  const text = 'what came of this row, as its program told it; '.repeat(9)
  return Array.from({ length: Math.trunc(sizeBytes / 470) }, (_, index) => ({
    id: index,
    text: `${text}${index}`,
  }))
}

describe('a state of 50 MB', () => {
  test('[E171] is opened, looked into and searched in messages of at most 1 MB', async () => {
    const top = await client.call('state.read', { ref })
    const rows = await client.call('state.read', { ref, pointer: '/variables/rows', limit: 500 })
    const far = await client.call('state.read', {
      ref,
      pointer: '/variables/rows',
      child: '100000',
      limit: 200,
    })
    const value = await client.call('state.value', {
      ref,
      pointer: '/variables/rows',
      limitBytes: 262_144,
    })
    const found = await client.call('state.search', { ref, query: 'told it; 99999' })

    expect(top.children.map(({ key }) => key)).toContain('variables')
    expect(rows.total).toBeGreaterThan(100_000)
    expect(far).toMatchObject({ offset: 100_000, children: { length: 200 } })
    expect(value.sizeBytes).toBeGreaterThan(50_000_000)
    expect(found.matches.map(({ node }) => node.pointer)).toEqual(['/variables/rows/99999/text'])
    expect(Math.max(...messages)).toBeLessThan(maxMessageBytes)
  }, 120_000)
})
