// The types of what programs import, without those that none of them leads to.
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { CommandError, root, runNode } from './run.mjs'

const all = join(root, 'dist/types')
const shipped = join(root, 'dist/declarations')
const entries = ['electron/library', 'electron/langgraph', 'test/conformance/storeConformance']

export async function writeDeclarations() {
  const projects = ['shared', 'electron', 'build/tsconfig.conformance.json']
  const options = { stdio: ['ignore', 2, 2] }
  const exitCode = await runNode(['node_modules/typescript/bin/tsc', '-b', ...projects], options)
  if (exitCode !== 0) throw new CommandError('The types could not be written.', exitCode)
  rmSync(shipped, { recursive: true, force: true })
  for (const path of reached(entries.map((entry) => join(all, `${entry}.d.ts`))))
    cpSync(path, join(shipped, relative(all, path)))
  return 0
}

function reached(starts) {
  const found = new Set(starts)
  for (const path of found) for (const next of importsOf(path)) found.add(next)
  return found
}

function importsOf(path) {
  const asked = readFileSync(path, 'utf8').matchAll(
    /(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.ts['"]/g,
  )
  return [...asked].map(([, target]) => join(dirname(path), `${target}.d.ts`))
}
