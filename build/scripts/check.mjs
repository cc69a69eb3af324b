// The one gate: types, lint, format, unused code, tests. Stops at the first step that fails.
import { CommandError, runNode } from './run.mjs'

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
    const startedMs = performance.now()
    const exitCode = await runNode(command)
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    if (exitCode !== 0) throw new CommandError(`check stopped at "${name}".`, exitCode)
  }
  return 0
}
