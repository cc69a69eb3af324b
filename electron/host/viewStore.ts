import { join } from 'node:path'
import { z } from 'zod'
import { SavedView } from '../../shared/contract/views.ts'
import { AppError } from '../../shared/errors.ts'
import type { ViewStore } from '../services/savedViews.ts'
import { readConfigFile, replaceConfigFile } from './configFile.ts'

const ViewsFile = z.object({ version: z.literal(1), views: z.array(SavedView) })

/** The views that a person saved, in the user's own configuration: they are for every workspace, and outlive every host. */
export function createViewStore(options: {
  readonly configFolder: string
  readonly randomId: (length: number) => string
}): ViewStore {
  const file = join(options.configFolder, 'views.json')
  let last: Promise<unknown> = Promise.resolve()

  async function replace(
    change: Parameters<ViewStore['change']>[0],
  ): Promise<readonly SavedView[]> {
    const views = change(await readViews(file))
    await replaceConfigFile(file, { version: 1, views }, options.randomId(8))
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
  const kept = await readConfigFile(file, 'The saved views')
  if (kept === null) return []
  const parsed = ViewsFile.safeParse(kept)
  if (parsed.success) return parsed.data.views
  throw new AppError(
    'corrupt',
    `The saved views cannot be read: ${file}. Move the file away to begin anew; nothing else depends on it.`,
    { file },
  )
}
