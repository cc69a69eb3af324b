// The modules of a sandbox: `vitest`, `fast-check` and processes are answered by ours, and what leads to one file can be loaded once more.
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

export interface Modules {
  import(path: string): Promise<unknown>
  /** From now on these files, and all that import them, are loaded anew. */
  reload(path: string): void
  /** Every file that is imported leads to the files it imports. */
  leadsTo(path: string, target: string): boolean
}

export function openModules(sandbox: string): Modules {
  const root = pathToFileURL(`${sandbox}/`).href
  const stands: Readonly<Record<string, string>> = {
    vitest: new URL('tests.ts', import.meta.url).href,
    'fast-check': new URL('properties.ts', import.meta.url).href,
    'node:child_process': new URL('processes.ts', import.meta.url).href,
  }
  const importers = new Map<string, Set<string>>()
  const sources = new Map<string, string>()
  let stale: ReadonlySet<string> = new Set()
  let version = 0

  registerHooks({
    resolve(specifier, context, nextResolve) {
      const from = context.parentURL === undefined ? '' : plain(context.parentURL)
      const stand = stands[specifier]
      if (stand !== undefined && isOurs(from)) return { url: stand, shortCircuit: true }
      const resolved = nextResolve(specifier, context)
      const url = plain(resolved.url)
      if (!isOurs(url)) return resolved
      if (isOurs(from)) addTo(importers, url, from)
      return { ...resolved, url: stale.has(url) ? `${url}?${version}` : url }
    },
    load(url, context, nextLoad) {
      if (!isOurs(url) || !plain(url).endsWith('.ts')) return nextLoad(url, context)
      return { format: 'module', source: sourceOf(plain(url)), shortCircuit: true }
    },
  })

  function isOurs(url: string): boolean {
    return url.startsWith(root) && !url.includes('/node_modules/')
  }

  function sourceOf(url: string): string {
    const known = sources.get(url)
    if (known !== undefined) return known
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    sources.set(url, source)
    return source
  }

  function importersOf(path: string): ReadonlySet<string> {
    const found = new Set([pathToFileURL(path).href])
    for (const url of found) for (const next of importers.get(url) ?? []) found.add(next)
    return found
  }

  return {
    import: (path) => import(pathToFileURL(path).href),
    reload(path) {
      stale = importersOf(path)
      version += 1
    },
    leadsTo: (path, target) => importersOf(target).has(pathToFileURL(path).href),
  }
}

function plain(url: string): string {
  return url.replace(/\?.*$/, '')
}

function addTo(all: Map<string, Set<string>>, key: string, value: string): void {
  const known = all.get(key)
  if (known === undefined) all.set(key, new Set([value]))
  else known.add(value)
}
