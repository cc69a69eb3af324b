import { homedir } from 'node:os'
import { join } from 'node:path'

/** `UNSTUCK_CACHE_DIR`, else the platform's folder for what may be deleted at any time. */
export function defaultCacheFolder(): string {
  const { UNSTUCK_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (UNSTUCK_CACHE_DIR !== undefined && UNSTUCK_CACHE_DIR !== '') return UNSTUCK_CACHE_DIR
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'unstuck')
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'unstuck', 'cache')
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'unstuck')
}
