// Lets an example import `unstuck` as whoever installed it does: from the sources.
import { registerHooks } from 'node:module'

const library = new URL('../../../../electron/library.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'unstuck' ? { url: library, shortCircuit: true } : next(specifier, context),
})
