import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'unstuck-compiled-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a process says of where it keeps what it compiles, asked to keep it in this folder. */
function keptWhenAsked(place: string): string {
  // What measures coverage turns it off.
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: _off, ...env } = process.env
  const { href } = new URL('../../../../electron/cli/keepCompiled.ts', import.meta.url)
  const program = `
    import { getCompileCacheDir } from 'node:module'
    import { keepCompiled } from '${href}'
    keepCompiled(process.argv[1])
    console.log(getCompileCacheDir() ?? 'nowhere')`
  const args = ['--input-type=module', '--eval', program, place]
  return spawnSync(process.execPath, args, { encoding: 'utf8', env }).stdout.trim()
}

it('[X132] what was compiled is kept in a folder of the user', () => {
  const place = join(folder, 'cache', 'compiled')

  expect(keptWhenAsked(place).startsWith(place)).toBe(true)
})

it('[X132] nothing is kept where there can be no folder', () => {
  writeFileSync(join(folder, 'cache'), 'a file')

  expect(keptWhenAsked(join(folder, 'cache', 'compiled'))).toBe('nowhere')
})

it.skipIf(process.platform === 'win32')(
  '[X132] nothing is kept where others could put code',
  () => {
    const shared = join(folder, 'shared')
    mkdirSync(shared)
    chmodSync(shared, 0o777)

    expect(keptWhenAsked(join(shared, 'compiled'))).toBe('nowhere')
  },
)
