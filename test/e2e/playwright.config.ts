import { defineConfig } from 'playwright/test'
import { electron } from './harness/machine.ts'
import type { TargetName } from './harness/target.ts'

const targets: readonly TargetName[] = [
  'browser',
  'electron-double',
  ...(electron.missing === '' ? (['electron'] as const) : []),
]

/**
 * What only a desktop has is not asked of a browser; what only the double can arrange is not asked of Electron. Pictures
 * are made once.
 */
const notFor: Readonly<Record<TargetName, readonly string[]>> = {
  browser: ['**/desktop/**', '**/double/**'],
  electron: ['**/double/**', '**/pictures.test.ts'],
  'electron-double': ['**/pictures.test.ts'],
}

/** The same scenarios on every target. */
export default defineConfig<object, { target: TargetName }>({
  testDir: './scenarios',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['./harness/summaryReporter.ts']],
  projects: targets.map((target) => ({
    name: target,
    use: { target },
    testIgnore: [...notFor[target]],
  })),
})
