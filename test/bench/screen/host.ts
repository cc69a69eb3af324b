// The process that answers both pages: `node host.ts WORKSPACE OURS PEER CACHE`. Writes all rows beside the page of the peer,
// then prints both addresses.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHost } from '../../../electron/host/createHost.ts'
import { serveRemote } from '../../../electron/remote/serveRemote.ts'
import type { Client } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'

const [path, ours, peer, cacheFolder] = process.argv.slice(2)
if (!path || !ours || !peer || !cacheFolder)
  throw new Error('Say which workspace, the folders of both pages and which cache.')

const host = await createHost({
  path,
  host: 'browser',
  cacheFolder,
  configFolder: cacheFolder,
})
await writeFile(join(peer, 'rows.json'), JSON.stringify(await allRows(host.client())))
const servers = [
  await serveRemote({ host, rendererDirectory: ours }),
  await serveRemote({ host, rendererDirectory: peer }),
]
console.log(JSON.stringify(servers.map(({ url }) => url)))
process.once('SIGTERM', () => void close())

async function allRows(client: Client): Promise<readonly RunRow[]> {
  const rows: RunRow[] = []
  for (;;) {
    const page = await client.call('run.list', { offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

async function close(): Promise<void> {
  await Promise.all(servers.map((server) => server.close()))
  await host.close()
}
