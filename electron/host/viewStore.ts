import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SavedView } from '../../shared/contract/views.ts'
import { AppError } from '../../shared/errors.ts'
import type { ViewStore } from '../services/savedViews.ts'

const ViewsFile = z.object({ version: z.literal(1), views: z.array(SavedView) })

/** The views that a person saved, in the user's own configuration: they are for every workspace, and outlive every host. */
export function createViewStore(options: {
  readonly configFolder: string
  readonly randomId: (length: number) => string
}): ViewStore {
  const folder = options.configFolder
  const file = join(folder, 'views.json')
  let last: Promise<unknown> = Promise.resolve()

  async function replace(
    change: Parameters<ViewStore['change']>[0],
  ): Promise<readonly SavedView[]> {
    const views = change(await readViews(file))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const temporary = `${file}.${options.randomId(8)}.tmp`
    const text = `${JSON.stringify({ version: 1, views }, null, 2)}\n`
    await writeFile(temporary, text, { mode: 0o600, flush: true })
    await rename(temporary, file)
    return readViews(file)
  }

  return {
    read: () => readViews(file),
    change: (change) => {
      const next = Promise.allSettled([last]).then(() => replace(change))
      last = next
      return next
    },
  }
}

async function readViews(file: string): Promise<readonly SavedView[]> {
  const text = await readIfThere(file)
  if (text === null) return []
  const parsed = ViewsFile.safeParse(parseOrNull(text))
  if (parsed.success) return parsed.data.views
  throw new AppError(
    'corrupt',
    `The saved views cannot be read: ${file}. Move the file away to begin anew; nothing else depends on it.`,
    { file },
  )
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new AppError('io', `The saved views cannot be read: ${file}.`, { file }, { cause: error })
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
