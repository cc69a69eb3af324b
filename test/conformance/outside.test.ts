import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { OutsideReport } from './outside/runOutside.ts'
import { storeConformance } from './storeConformance.ts'

const titles = storeConformance.map(({ title }) => title)
const patienceMs = 60_000

test(
  '[T61] another store runs the suite without a test runner, and keeps every promise',
  async () => {
    expect(await runOutside('whole')).toEqual({ kept: titles, broken: [] })
  },
  patienceMs,
)

test.each([
  ['forgetful', 'a created run is read back as it was written'],
  ['unlocked', 'a run that is held is locked, in this process too, and says by whom'],
] as const)(
  '[T61] a store that is %s is found out',
  async (kind, title) => {
    const { broken } = await runOutside(kind)
    expect(broken.map((one) => one.title)).toContain(title)
  },
  patienceMs,
)

/** In a process of its own, which has no test runner in it. */
async function runOutside(kind: string): Promise<OutsideReport> {
  const script = join(import.meta.dirname, 'outside/runOutside.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script, kind])
  return JSON.parse(stdout) as OutsideReport // printed by that script
}
