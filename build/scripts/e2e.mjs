import { buildIfStale } from './build.mjs'
import { checkWith } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { findElectron, missingDisplay } from './electronBinary.mjs'
import { compiledFolder, runNode } from './run.mjs'
import { tellTimes, timed } from './times.mjs'

/** Everything: the gate, and beside its tests the same scenarios on every target that can run here. */
export async function test() {
  await ensureChromium()
  // Nobody looks at the pictures of what passed.
  process.env.UNSTUCK_PICTURES ??= 'failed'
  const output = createLateOutput()
  try {
    // Built once before both: each would find that it is missing.
    await timed('build', buildIfStale)
    await checkWith(() => e2e(['--workers=2'], { onStdout: output.write }))
  } finally {
    output.tell()
    tellTimes()
  }
  return 0
}

/** The end-to-end scenarios; arguments go on to the test runner (a file, `--project`, `--grep`). */
export async function e2e(args, options = {}) {
  const env = {
    UNSTUCK_CHROMIUM: await ensureChromium(),
    UNSTUCK_ELECTRON: findElectron() ?? '',
    UNSTUCK_NO_ELECTRON: whyNoElectron() ?? '',
    // Node runs TypeScript itself; to have it rewritten by the runner takes six times as long before the first scenario.
    PW_DISABLE_TS_ESM: '1',
    // Hosts and commands start hundreds of times.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiledFolder,
  }
  await buildIfStale()
  const runner = ['node_modules/playwright/cli.js', 'test', '--config', 'test/e2e']
  return runNode([...runner, ...args], { ...options, env })
}

/** What is said beside something else that talks, told behind it. */
function createLateOutput() {
  const texts = []
  return {
    write: (text) => texts.push(text),
    tell: () => process.stdout.write(texts.join('')),
  }
}

function whyNoElectron() {
  return findElectron() === null ? "Electron's program is not installed here" : missingDisplay()
}
