import { availableParallelism } from 'node:os'
import { defineConfig } from 'playwright/test'
import { electron } from './harness/machine.ts'
import type { TargetName } from './harness/target.ts'

const targets: readonly TargetName[] = [
  'browser',
  'electron-double',
  ...(electron.missing === '' ? (['electron'] as const) : []),
]

/** The same pages in the same engine: looked at once. */
const once = [
  '**/pictures.test.ts',
  '**/accessible.test.ts',
  '**/fourStates.test.ts',
  '**/hostile.test.ts',
  '**/twoPeople.test.ts',
]

/** The double's transport is proved by the others; these are about the page, and a real Electron has them too. */
const ofThePage = [
  '**/compare.test.ts',
  '**/emptyRuns.test.ts',
  '**/everywhere.test.ts',
  '**/findInRun.test.ts',
  '**/findRun.test.ts',
  '**/findings.test.ts',
  '**/graph.test.ts',
  '**/largeList.test.ts',
  '**/migrateMany.test.ts',
  '**/selectMany.test.ts',
  '**/unknownJson.test.ts',
  '**/wrongInput.test.ts',
]

/** What only a desktop has is not asked of a browser; what only the double can arrange is not asked of Electron. */
const notFor: Readonly<Record<TargetName, readonly string[]>> = {
  browser: ['**/desktop/**', '**/double/**'],
  electron: ['**/double/**', ...once],
  'electron-double': [...once, ...ofThePage],
}

/** The same command line beside every target: run once. */
const byCommandLine = /@command-line/

/** The same scenarios on every target, but for what is above. */
export default defineConfig<object, { target: TargetName }>({
  testDir: './scenarios',
  outputDir: '../../test-results',
  fullyParallel: true,
  // A scenario mostly waits: for a process, for the page, for a frame.
  workers: Math.min(availableParallelism(), 3) + 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  globalTimeout: 60 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['./harness/summaryReporter.ts']],
  projects: targets.map((target) => ({
    name: target,
    use: { target },
    testIgnore: [...notFor[target]],
    ...(target === 'browser' ? {} : { grepInvert: byCommandLine }),
  })),
})
