import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNode } from './run.mjs'

const folder = join(root, 'node_modules/electron')
const programs = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Path of Electron's program; null when it was not downloaded. */
export function findElectron() {
  const place = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const program = join(place, programs[process.platform] ?? 'electron')
  return existsSync(program) ? program : null
}

/** Downloads Electron's program when it is missing. Null when that was not possible. */
export async function ensureElectron() {
  const found = findElectron()
  if (found !== null || !existsSync(join(folder, 'install.js'))) return found
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  console.error(`Downloading Electron ${version} …`)
  const options = { stdio: ['ignore', 'ignore', 'ignore'], timeoutMs: 300_000 }
  await runNode(['node_modules/electron/install.js'], options)
  return findElectron()
}

/** Why no window can be shown here; null when one can. */
export function missingDisplay() {
  if (process.platform !== 'linux') return null
  const isThere = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  return isThere ? null : 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
}
