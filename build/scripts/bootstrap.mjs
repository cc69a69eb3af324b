// From a fresh clone to a running command: installs what is missing, then runs it under the project's own Node.
// Plain Node 18 and built-ins only, because nothing else is there yet.
import { build, buildIfStale } from './build.mjs'
import { check } from './check.mjs'
import { coverage } from './coverage.mjs'
import { writeDeclarations } from './declarations.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { e2e, test } from './e2e.mjs'
import { faults } from './faults.mjs'
import { makePackages } from './package.mjs'
import { callerFolder, CommandError, runNode } from './run.mjs'
import { start } from './start.mjs'

const commands = {
  start,
  test,
  check,
  coverage,
  /** Keeps its results in the repository and goes on where it was cut. */
  mutants: (args) => runNode(['test/mutants/main.ts', ...args]),
  e2e,
  faults,
  build,
  package: makePackages,
  /** What `npm pack` takes. */
  async prepack() {
    await buildIfStale()
    return writeDeclarations()
  },
  async bench(args) {
    await buildIfStale()
    return runNode(['test/bench/main.ts', ...args])
  },
  async unstuck(args) {
    await buildIfStale()
    return runNode(['dist/cli/unstuck.js', ...args], { cwd: callerFolder })
  },
}

async function main([name = '', ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : null
  if (command === null) {
    throw new CommandError(
      `There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`,
    )
  }
  await ensureDependencies()
  return command(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof CommandError ? error.message : error)
  process.exitCode = error instanceof CommandError ? error.exitCode : 1
}
