// The one gate: types, lint, format, unused code, tests. Stops where something fails.
import { constants } from 'node:os'
import { audit } from './audit.mjs'
import { CommandError, runNode } from './run.mjs'
import { timed } from './times.mjs'

const looks = [
  { name: 'types', action: look('node_modules/typescript/bin/tsc', '-b') },
  {
    name: 'lint',
    action: look('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  },
  { name: 'format', action: look('node_modules/oxfmt/bin/oxfmt', '--list-different') },
  { name: 'unused', action: look('node_modules/knip/bin/knip.js', '--no-progress') },
  { name: 'audit', action: audit },
]

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts']
const tests = { name: 'tests', action: node(...vitest) }

export function check() {
  return doRows([looks, [tests]])
}

/**
 * The same with the end-to-end scenarios beside the tests: both mostly wait, for processes and for pages. What looks at the
 * sources takes the time that is left.
 */
export function checkWith(endToEnd) {
  const fewer = { ...tests, action: node(...vitest, '--maxWorkers=2') }
  return doRows([[fewer, { name: 'e2e', action: endToEnd }, ...looks]])
}

/** One row after another; those in one row side by side, because what makes one wait leaves a core to another. */
async function doRows(rows) {
  for (const row of rows) {
    const exitCodes = await Promise.all(row.map(doStep))
    const failed = exitCodes.findIndex((exitCode) => exitCode !== 0)
    if (failed >= 0)
      throw new CommandError(`check stopped at "${row[failed].name}".`, exitCodes[failed])
  }
  return 0
}

function node(...command) {
  return () => runNode(command)
}

/** Nothing waits for it, so it makes nothing wait. */
function look(...command) {
  return () => runNode(command, { priority: constants.priority.PRIORITY_LOW })
}

async function doStep({ name, action }) {
  const { result: exitCode, seconds } = await timed(name, action)
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  return exitCode
}
