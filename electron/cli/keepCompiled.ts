import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname } from 'node:path'

/**
 * Has Node keep what it compiles in this folder. Node does not look at what it finds there before it runs it: so only where
 * nobody but this user and the administrator can put anything. Elsewhere the program starts without, a little later.
 */
export function keepCompiled(folder: string): void {
  const made = makeFolder(folder)
  if (made !== null && isOurs(made)) enableCompileCache(made)
}

/** Null where there can be none, such as in a home that is read-only: it is only a cache. */
function makeFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return realpathSync(folder)
  } catch {
    return null
  }
}

/** Whether it and every folder above it can be written by this user and the administrator alone. */
function isOurs(folder: string): boolean {
  const user = process.geteuid?.()
  if (user === undefined) return true // Windows: the cache lies in the user's own profile
  const { uid, mode } = statSync(folder)
  const isTheirs = uid !== user && uid !== 0
  // In a sticky folder others can make files, and not replace those of this user.
  const isOpen = (mode & 0o022) !== 0 && (mode & 0o1000) === 0
  if (isTheirs || isOpen) return false
  const parent = dirname(folder)
  return parent === folder || isOurs(parent)
}
