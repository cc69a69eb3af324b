import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CommandError, run } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of the browser the end-to-end tests drive; null when there is none. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const chosen = process.env.UNSTUCK_CHROMIUM
  if (chosen) return isExecutable(chosen) ? chosen : null
  return [...candidates, ...places].find(isExecutable) ?? null
}

/** Returns the browser's path; on Debian, as root, installs it when it is missing. */
export async function ensureChromium() {
  const found = findChromium()
  if (found !== null) return found
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) await installWithApt()
  const installed = findChromium()
  if (installed !== null) return installed
  throw new CommandError(
    'The end-to-end tests need Chromium or Chrome, and none was found. Install one ' +
      '(Debian: "apt-get install chromium"), or set UNSTUCK_CHROMIUM to the path of its program.',
  )
}

async function installWithApt() {
  console.error('Installing Chromium (apt-get install chromium) …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  await run('apt-get', ['update', '-qq'], options)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(error.code)) return false
    throw error
  }
}
