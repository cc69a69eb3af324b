import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{unit,properties,conformance,contract,faults,architecture}/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    // A defect that waits for ever is found all the same; a slow machine is none.
    testTimeout: 120_000,
  },
})
