import { buildIfStale } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { findElectron, missingDisplay } from './electronBinary.mjs'
import { compiledFolder, runNode } from './run.mjs'
import { tellTimes, timed } from './times.mjs'

/** Everything: the gate, then the same scenarios on every target that can run here. */
export async function test() {
  await ensureChromium()
  await check()
  // Nobody looks at the pictures of what passed.
  process.env.UNSTUCK_PICTURES ??= 'failed'
  const { result: exitCode } = await timed('e2e', () => e2e([]))
  tellTimes()
  return exitCode
}

/** The end-to-end scenarios; arguments go on to the test runner (a file, `--project`, `--grep`). */
export async function e2e(args) {
  const env = {
    UNSTUCK_CHROMIUM: await ensureChromium(),
    UNSTUCK_ELECTRON: findElectron() ?? '',
    UNSTUCK_NO_ELECTRON: whyNoElectron() ?? '',
    // Hosts and commands start hundreds of times.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiledFolder,
  }
  await buildIfStale()
  const runner = ['node_modules/playwright/cli.js', 'test', '--config', 'test/e2e']
  return runNode([...runner, ...args], { env })
}

function whyNoElectron() {
  return findElectron() === null ? "Electron's program is not installed here" : missingDisplay()
}
