import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAttemptFolder } from '../../../../electron/executor/attemptFolder.ts'

test('[E1] [S28] an attempt that was not let go has its folder, and no log', async () => {
  const root = await mkdtemp(join(tmpdir(), 'unstuck-attempt-'))
  const log = join(root, 'logs', 'a.1.log')
  const paths = { folder: join(root, 'steps', 'a.1'), log, asideId: 'old' }
  await createAttemptFolder(paths, { inputs: {}, outputs: {} })
  expect(await readdir(paths.folder)).toEqual(['inputs.json', 'needs.json'])
  expect(existsSync(log)).toBe(false)
  await rm(root, { recursive: true })
})
