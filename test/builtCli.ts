import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { besideHosts, buildPrograms } from './buildPrograms.ts'

const folder = fileURLToPath(new URL('../dist/test', import.meta.url))

/** The command line as it is shipped, which starts three times as fast as its sources. Built before the tests. */
export const builtCli = join(folder, 'unstuck.js')

/** Called by vitest once. */
export default function setup(): Promise<void> {
  return buildPrograms(folder, { 'unstuck.js': 'electron/cli/main.ts', ...besideHosts })
}
