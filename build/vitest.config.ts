import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{unit,properties,conformance,contract,faults,architecture}/**/*.test.ts'],
    globalSetup: 'build/scripts/beforeTests.mjs',
    environment: 'node',
    pool: 'forks',
    // Tests of processes mostly wait: one more than the cores less one, which is the default.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A defect that waits for ever is found all the same; a slow machine is none.
    testTimeout: 120_000,
  },
})
