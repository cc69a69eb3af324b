import { shell } from 'electron'
import { existsSync } from 'node:fs'
import { dirname, normalize } from 'node:path'

/** Shows a path in the file manager; where it is gone, the nearest folder above it that is still there. */
export function revealPath(path: string): void {
  let there = normalize(path)
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  shell.showItemInFolder(there)
}
