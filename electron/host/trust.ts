import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Trust } from '../services/context.ts'

const TrustFile = z.object({ version: z.literal(1), folders: z.array(z.string()) })

/** The decision of a person whether a folder's workflows may be executed, kept in the user's own configuration. */
export function createTrust(options: {
  readonly root: string
  readonly configFolder: string
}): Trust {
  const folder = options.configFolder
  const file = join(folder, 'trusted.json')

  async function setTrusted(trusted: boolean): Promise<void> {
    const others = (await readFolders(file)).filter((one) => one !== options.root)
    const folders = trusted ? [...others, options.root] : others
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const temporary = `${file}.${process.pid}.tmp`
    await writeFile(temporary, `${JSON.stringify({ version: 1, folders }, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await rename(temporary, file)
  }

  return {
    isTrusted: async () => (await readFolders(file)).includes(options.root),
    setTrusted,
  }
}

async function readFolders(file: string): Promise<readonly string[]> {
  const text = await readIfThere(file)
  if (text === null) return []
  const parsed = TrustFile.safeParse(parseOrNull(text))
  if (parsed.success) return parsed.data.folders
  throw new AppError(
    'corrupt',
    `The list of trusted folders cannot be read: ${file}. Remove the file to trust folders anew.`,
    { file },
  )
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
