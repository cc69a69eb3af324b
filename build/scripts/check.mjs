// The one gate: types, lint, format, unused code, tests. Stops at the first step that fails.
import { CommandError, runNode } from './run.mjs'
import { timed } from './times.mjs'

const steps = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '-b'] },
  {
    name: 'lint',
    command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  },
  {
    name: 'format',
    command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'unused', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  {
    name: 'tests',
    command: ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts'],
  },
]

export async function check() {
  for (const { name, command } of steps) {
    const { result: exitCode, seconds } = await timed(name, () => runNode(command))
    console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
    if (exitCode !== 0) throw new CommandError(`check stopped at "${name}".`, exitCode)
  }
  return 0
}
