import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const all = [
  'test/{unit,properties,conformance,contract,faults,architecture,documents,packages}/**/*.test.ts',
]
const long = ['test/faults/campaign*.test.ts', 'test/unit/examples/*.test.ts']
/** None of these has a process, a thread or a global of its own, so they share a worker and what it has loaded. */
const pure = [
  'test/unit/{shared,renderer}/**/*.test.ts',
  'test/{properties,architecture}/*.test.ts',
]

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: 'build/scripts/beforeTests.mjs',
    environment: 'node',
    pool: 'forks',
    // Tests of processes mostly wait: one more than the cores.
    maxWorkers: availableParallelism() + 1,
    // A defect that waits for ever is found all the same; a slow machine is none.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Files begin in the order of these names: the long ones first, those that fill any gap last.
    projects: [
      { extends: true, test: { name: 'long', include: long } },
      { extends: true, test: { name: 'processes', include: all, exclude: [...long, ...pure] } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
})
