import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { defaultConfigFolder } from '../../../../electron/store/configFolder.ts'
import { onPlatform } from './onPlatform.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each<[NodeJS.Platform, Readonly<Record<string, string | undefined>>, string]>([
  ['linux', { UNSTUCK_CONFIG_DIR: '/own', XDG_CONFIG_HOME: '/xdg' }, '/own'],
  ['linux', { UNSTUCK_CONFIG_DIR: '', XDG_CONFIG_HOME: '/xdg' }, '/xdg/unstuck'],
  ['linux', {}, join(homedir(), '.config', 'unstuck')],
  ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'unstuck')],
  ['win32', { APPDATA: '/roaming' }, '/roaming/unstuck'],
  ['win32', {}, join(homedir(), 'unstuck')],
])('[E221] on %s with %j', (platform, given, folder) => {
  for (const name of ['UNSTUCK_CONFIG_DIR', 'XDG_CONFIG_HOME', 'APPDATA'])
    vi.stubEnv(name, given[name])
  onPlatform(platform)
  expect(defaultConfigFolder()).toBe(folder)
})
