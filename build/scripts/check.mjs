// The one gate: types, lint, format, unused code, tests. Stops where something fails.
import { audit } from './audit.mjs'
import { CommandError, runNode } from './run.mjs'
import { timed } from './times.mjs'

/** One after another; those in one row side by side, because each uses one core. */
const steps = [
  [{ name: 'types', command: ['node_modules/typescript/bin/tsc', '-b'] }],
  [
    {
      name: 'lint',
      command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    },
  ],
  [
    {
      name: 'format',
      command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    },
    { name: 'unused', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
    { name: 'audit', action: audit },
  ],
  [
    {
      name: 'tests',
      command: ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts'],
    },
  ],
]

export async function check() {
  for (const row of steps) {
    const exitCodes = await Promise.all(row.map(doStep))
    const failed = exitCodes.findIndex((exitCode) => exitCode !== 0)
    if (failed >= 0)
      throw new CommandError(`check stopped at "${row[failed].name}".`, exitCodes[failed])
  }
  return 0
}

async function doStep({ name, command, action = () => runNode(command) }) {
  const { result: exitCode, seconds } = await timed(name, action)
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  return exitCode
}
