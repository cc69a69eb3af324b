import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { usualWorkFactor } from '../bundle/passphrase.ts'
import { makePrivateFolder } from '../executor/privateFolder.ts'
import type { BundleDesk, DeskFile } from '../services/bundles/bundleDesk.ts'

/** Makes its folder with the first file. */
export function createBundleDesk(options: {
  readonly randomId: (length: number) => string
  readonly openStore: BundleDesk['openStore']
  readonly workFactor?: number
}): BundleDesk {
  const { randomId, openStore } = options
  const files = new Map<string, DeskFile & { readonly kind: string }>()
  let folder: string | null = null
  const own = (): string => (folder ??= makePrivateFolder('bundle'))

  async function remove(token: string): Promise<void> {
    const file = files.get(token)
    files.delete(token)
    if (file !== undefined) await rm(file.path, { force: true })
  }

  return {
    put: async (kind, name) => {
      for (const [oldest] of files) if (files.size >= mostFiles) await remove(oldest)
      const token = randomId(20)
      const file = { token, name, kind, path: join(own(), token) }
      files.set(token, file)
      return file
    },
    find: (kind, token) => {
      const file = files.get(token)
      if (file?.kind === kind) return file
      const message = `The host has no such ${kind} any more: it was taken, or others came after it. Begin again.`
      throw new AppError('not-found', message)
    },
    remove,
    openStore,
    shown: new Map(),
    workFactor: options.workFactor ?? usualWorkFactor,
    makeFolder: () => mkdtemp(join(own(), 'unpacked-')),
    close: async () => {
      files.clear()
      if (folder !== null) await rm(folder, { recursive: true, force: true })
      folder = null
    },
  }
}

const mostFiles = 8
