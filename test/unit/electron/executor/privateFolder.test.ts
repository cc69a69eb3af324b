import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makePrivateFolder, removeLeftOvers } from '../../../../electron/executor/privateFolder.ts'

let temporary: string
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'unstuck-private-'))
  vi.stubEnv('TMPDIR', temporary)
  vi.stubEnv('TMP', temporary)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(temporary, { recursive: true })
})

test('[E154] what a killed process left is removed after a week, and nothing else', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid
  const old = [`unstuck-run-${gone}-abcDEF`, `unstuck-try-${gone}-123456`]
  const kept = [
    `unstuck-run-${process.pid}-abcdef`,
    `unstuck-run-${gone}`,
    'unstuck-try-1',
    'other',
  ]
  for (const name of [...old, ...kept]) make(name, 8)
  make(`unstuck-run-${gone}-fresh1`, 6)

  await removeLeftOvers()

  expect(readdirSync(temporary).toSorted()).toEqual(
    [...kept, `unstuck-run-${gone}-fresh1`].toSorted(),
  )
})

test('[E154] a private folder has a name by which it is found again', () => {
  expect(makePrivateFolder('try')).toMatch(new RegExp(`unstuck-try-${process.pid}-\\w{6}$`))
})

function make(name: string, days: number): void {
  const path = join(temporary, name)
  mkdirSync(path)
  const seconds = Date.now() / 1000 - days * 86_400
  utimesSync(path, seconds, seconds)
}
