// Given to Node with `--import`: from here on `import 'electron'` is the one beside this file.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})

// The program of a package is its own first argument.
process.argv.splice(1, 1)
