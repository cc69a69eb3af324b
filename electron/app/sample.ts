import { join } from 'node:path'
import type { Host } from '../host/createHost.ts'

export function samplePath(dataFolder: string): string {
  return join(dataFolder, 'Sample workspace')
}

/** Makes the sample's runs when the folder has none yet. */
export async function fillSample(host: Host): Promise<void> {
  const client = host.client()
  const { total } = await client.call('run.list', { limit: 1 })
  if (total === 0) await client.call('sample.create', {})
  client.close()
}
