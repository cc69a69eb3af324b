// Lets an example import `unstuck` as whoever installed it does: from the sources.
import { registerHooks } from 'node:module'

const sources: Readonly<Record<string, string>> = {
  unstuck: new URL('../../../../electron/library.ts', import.meta.url).href,
  'unstuck/langgraph': new URL('../../../../electron/langgraph.ts', import.meta.url).href,
}

registerHooks({
  resolve: (specifier, context, next) => {
    const url = sources[specifier]
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true }
  },
})
