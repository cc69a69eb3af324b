import { homedir } from 'node:os'
import { join } from 'node:path'

/** `UNSTUCK_CONFIG_DIR`, else the platform's folder for an application's configuration. */
export function defaultConfigFolder(): string {
  const { UNSTUCK_CONFIG_DIR, XDG_CONFIG_HOME, APPDATA } = process.env
  if (UNSTUCK_CONFIG_DIR !== undefined && UNSTUCK_CONFIG_DIR !== '') return UNSTUCK_CONFIG_DIR
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'unstuck')
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'unstuck')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'unstuck')
}
