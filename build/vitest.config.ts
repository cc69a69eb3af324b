import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const all = [
  'test/{unit,properties,conformance,contract,faults,architecture,documents,packages}/**/*.test.ts',
]
const long = ['test/faults/campaign*.test.ts', 'test/unit/examples/*.test.ts']
/** Each changes what is global, or measures its process. */
const alone = [
  'test/contract/lazySchemas.test.ts',
  'test/unit/electron/bundle/passphrase.test.ts',
  'test/unit/electron/executor/{interleavings,privateFolder}.test.ts',
  'test/unit/electron/langgraph/validation.test.ts',
  'test/unit/electron/library/runnerStore.test.ts',
  'test/unit/electron/store/archive.test.ts',
]
/** The others share a worker and what it has loaded: to load it anew costs more than most of them. */
const sharing = ['test/unit/electron/**/*.test.ts', 'test/contract/**/*.test.ts']
const pure = ['test/unit/shared/**/*.test.ts', 'test/{properties,architecture}/*.test.ts']
/** JSX and style sheets, which Node does not run. */
const screens = ['test/unit/renderer/**/*.test.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: 'build/scripts/beforeTests.mjs',
    environment: 'node',
    // Node runs TypeScript itself, and what is called through a module runner takes up to four times as long.
    experimental: { viteModuleRunner: false, nodeLoader: false },
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
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: {
          name: 'processes',
          include: all,
          exclude: [...long, ...alone, ...sharing, ...pure, ...screens],
        },
      },
      { extends: true, test: { name: 'host', include: sharing, exclude: alone, isolate: false } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'screens',
          include: screens,
          isolate: false,
          experimental: { viteModuleRunner: true },
        },
      },
    ],
  },
})
