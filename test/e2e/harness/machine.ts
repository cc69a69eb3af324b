import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))

/** Set by the command that starts the suite, which knows where browsers are and installs one if it may. */
export function chromiumPath(): string {
  const path = process.env['UNSTUCK_CHROMIUM']
  if (path) return path
  throw new Error('UNSTUCK_CHROMIUM is not set. Start the suite with "npm run e2e".')
}

/** False where only what fails is to be seen: UNSTUCK_PICTURES=failed, as `npm test` has it. */
export const keepsPictures = process.env['UNSTUCK_PICTURES'] !== 'failed'

export const chromiumFlags: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const electronPath = process.env['UNSTUCK_ELECTRON'] ?? ''

/** Path of Electron's program, and why the application cannot be started with it; an empty reason: it can. */
export const electron = {
  path: electronPath,
  missing:
    electronPath === ''
      ? process.env['UNSTUCK_NO_ELECTRON'] || 'UNSTUCK_ELECTRON is not set'
      : (process.env['UNSTUCK_NO_ELECTRON'] ?? ''),
} as const
