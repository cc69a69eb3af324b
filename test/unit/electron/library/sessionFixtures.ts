import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { FileStorageBackend } from '../../../../electron/library/fileStorageBackend.ts'
import { StateManager } from '../../../../electron/library/stateManager.ts'

/** A folder that is gone after the test. */
export async function sessionFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-sessions-'))
  onTestFinished(() =>
    rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  )
  return folder
}

export function openSessions(
  folder: string,
  options: ConstructorParameters<typeof FileStorageBackend>[1] = {},
): StateManager {
  const backend = new FileStorageBackend(folder, options)
  onTestFinished(() => backend.close())
  return new StateManager(backend)
}
