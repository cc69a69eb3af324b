// The one gate: types, lint, format, unused code, tests. Stops where something fails.
import { audit } from './audit.mjs'
import { CommandError, runNode } from './run.mjs'
import { timed } from './times.mjs'

/**
 * Of the checker and the linter, which are written in Go. Each checker of types, and each thread of the linter, works out
 * for itself the types that others know already: four took nearly three times the processor time of one. To collect
 * garbage a fourth as often saves another fifth of it.
 */
const rarelyCollecting = { GOGC: '400' }

/** One row after another; those in one row side by side, because what makes one wait leaves a core to another. */
const looks = [
  [
    {
      name: 'types',
      action: node(['node_modules/typescript/bin/tsc', '-b', '--checkers', '1'], rarelyCollecting),
    },
    {
      name: 'lint',
      action: node(['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'], {
        ...rarelyCollecting,
        GOMAXPROCS: '1',
      }),
    },
    {
      name: 'format',
      action: node(['node_modules/oxfmt/bin/oxfmt', '--list-different']),
    },
    { name: 'unused', action: node(['node_modules/knip/bin/knip.js', '--no-progress']) },
    { name: 'audit', action: audit },
  ],
]

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts']
const tests = { name: 'tests', action: node(vitest) }

export function check() {
  return doRows([...looks, [tests]])
}

/** The same with the end-to-end scenarios beside the tests: both mostly wait, for processes and for pages. */
export function checkWith(endToEnd) {
  const fewer = { ...tests, action: node([...vitest, '--maxWorkers=2']) }
  return doRows([...looks, [fewer, { name: 'e2e', action: endToEnd }]])
}

async function doRows(rows) {
  for (const row of rows) {
    const exitCodes = await Promise.all(row.map(doStep))
    const failed = exitCodes.findIndex((exitCode) => exitCode !== 0)
    if (failed >= 0)
      throw new CommandError(`check stopped at "${row[failed].name}".`, exitCodes[failed])
  }
  return 0
}

function node(command, env = {}) {
  return () => runNode(command, { env })
}

async function doStep({ name, action }) {
  const { result: exitCode, seconds } = await timed(name, action)
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  return exitCode
}
