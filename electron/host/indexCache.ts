import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { IndexCache, KnownFacts } from '../services/runIndex.ts'

/**
 * Keeps what was read of a workspace's documents in the user's cache, so that the next start reads only what changed. The
 * workspace itself is not written: opening leaves no trace. Any file that does not fit is as good as none.
 */
export function createIndexCache(options: {
  readonly folder: string
  /** Tells workspaces apart. */
  readonly workspace: string
  /** Rows of another version may have another shape. */
  readonly version: string
}): IndexCache {
  const { folder, workspace, version } = options
  const file = join(folder, `${workspace}.json`)
  return {
    load: async () => {
      const read = parse(await readIfThere(file))
      return read?.version === version ? read.facts : []
    },
    save: async (facts) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const temporary = `${file}.${process.pid}.tmp`
      await writeFile(temporary, JSON.stringify({ version, facts }), { mode: 0o600 })
      await rename(temporary, file)
    },
  }
}

/** `UNSTUCK_CACHE_DIR`, else the platform's folder for what may be deleted at any time. */
export function defaultCacheFolder(): string {
  const { UNSTUCK_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (UNSTUCK_CACHE_DIR !== undefined && UNSTUCK_CACHE_DIR !== '') return UNSTUCK_CACHE_DIR
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'unstuck')
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'unstuck', 'cache')
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'unstuck')
}

type Saved = {
  readonly version: string
  readonly facts: readonly (readonly [string, KnownFacts])[]
}

function parse(text: string | null): Saved | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isSaved(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Whole by its version: the same version wrote it, in one piece. */
function isSaved(value: unknown): value is Saved {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    'facts' in value &&
    Array.isArray(value.facts)
  )
}

/** Null for whatever cannot be read: a cache that is not to be had is none, and the list is made without it. */
async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
