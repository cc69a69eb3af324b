import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../../../electron/host/createHost.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import { temporaryName } from '../../../../electron/store/temporaryName.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'

let folder: string
const hosts: Host[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-upkeep-'))
})

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
  rmSync(folder, { recursive: true, force: true })
})

test('[K17] a host that is there for long keeps up once somebody who may write is attached', async () => {
  const [served, readOnly, command] = await Promise.all([
    openBesideLeftOver('served', 'browser'),
    openBesideLeftOver('read-only', 'browser'),
    openBesideLeftOver('command', 'cli'),
  ])

  served.host.client()
  readOnly.host.attach(memoryPair()[1], { readOnly: true })
  command.host.client()
  await expect.poll(() => leftOvers(served.root), { timeout: 60_000 }).toEqual([])

  await setTimeout(500)
  expect([leftOvers(readOnly.root).length, leftOvers(command.root).length]).toEqual([1, 1])
}, 120_000)

async function openBesideLeftOver(
  name: string,
  kind: HostOptions['host'],
): Promise<{ readonly root: string; readonly host: Host }> {
  const root = join(folder, name)
  const configFolder = join(folder, 'config')
  mkdirSync(join(root, '.unstuck'), { recursive: true })
  const { identity } = await createMachine({ configFolder, randomId: () => 'abcd1234' })
  const gone = { ...identity, bootId: `${identity.bootId} before` }
  writeFileSync(join(root, '.unstuck', temporaryName(gone, 'changes', 'abcd1234')), 'half')
  const cacheFolder = join(folder, 'cache')
  const host = await createHost({ path: root, host: kind, configFolder, cacheFolder })
  hosts.push(host)
  return { root, host }
}

function leftOvers(root: string): readonly string[] {
  return readdirSync(join(root, '.unstuck')).filter((name) => name.endsWith('.tmp'))
}
