import { buildIfStale } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { findElectron, missingDisplay } from './electronBinary.mjs'
import { runNode } from './run.mjs'

/** Everything: the gate, then the same scenarios on every target that can run here. */
export async function test() {
  await ensureChromium()
  await check()
  return e2e([])
}

/** The end-to-end scenarios; arguments go on to the test runner (a file, `--project`, `--grep`). */
export async function e2e(args) {
  const env = {
    UNSTUCK_CHROMIUM: await ensureChromium(),
    UNSTUCK_ELECTRON: findElectron() ?? '',
    UNSTUCK_NO_ELECTRON: whyNoElectron() ?? '',
  }
  await buildIfStale()
  const runner = ['node_modules/playwright/cli.js', 'test', '--config', 'test/e2e']
  return runNode([...runner, ...args], { env })
}

function whyNoElectron() {
  return findElectron() === null ? "Electron's program is not installed here" : missingDisplay()
}
