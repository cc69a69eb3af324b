import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FileStorageBackend } from '../../../../electron/library/fileStorageBackend.ts'
import { MemoryStorageBackend } from '../../../../electron/library/memoryStorageBackend.ts'
import { storageBackendCases } from '../../../../electron/library/storageBackendCases.ts'

const backends = [
  { name: 'memory', open: async () => new MemoryStorageBackend() },
  { name: 'files', open: openFiles },
]

describe.each(backends)('a storage backend of $name', ({ open }) => {
  test.each(storageBackendCases)('[B2] $title', ({ run }) => run(open))
})

test('[B2] a backend that breaks a promise is told which', async () => {
  const [first] = storageBackendCases
  const broken = Object.assign(new MemoryStorageBackend(), { load: async () => null })
  await expect(first?.run(async () => broken)).rejects.toThrow(/Expected values/)
})

async function openFiles(): Promise<FileStorageBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-backend-'))
  const backend = new FileStorageBackend(folder)
  onTestFinished(async () => {
    await backend.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })
  return backend
}
