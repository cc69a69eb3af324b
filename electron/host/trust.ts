import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Trust } from '../services/context.ts'
import { readConfigFile, replaceConfigFile } from './configFile.ts'

const TrustFile = z.object({ version: z.literal(1), folders: z.array(z.string()) })

/** The decision of a person whether a folder's workflows may be executed, kept in the user's own configuration. */
export function createTrust(options: {
  readonly root: string
  readonly configFolder: string
}): Trust {
  const file = join(options.configFolder, 'trusted.json')

  async function setTrusted(trusted: boolean): Promise<void> {
    const others = (await readFolders(file)).filter((one) => one !== options.root)
    const folders = trusted ? [...others, options.root] : others
    await replaceConfigFile(file, { version: 1, folders }, String(process.pid))
  }

  return {
    isTrusted: async () => (await readFolders(file)).includes(options.root),
    setTrusted,
  }
}

async function readFolders(file: string): Promise<readonly string[]> {
  const kept = await readConfigFile(file, 'The list of trusted folders')
  if (kept === null) return []
  const parsed = TrustFile.safeParse(kept)
  if (parsed.success) return parsed.data.folders
  throw new AppError(
    'corrupt',
    `The list of trusted folders cannot be read: ${file}. Remove the file to trust folders anew.`,
    { file },
  )
}
