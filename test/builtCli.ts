import { fileURLToPath } from 'node:url'

/** The command line as it is shipped; built before the tests. */
export const builtCli = fileURLToPath(new URL('../dist/cli/unstuck.js', import.meta.url))
