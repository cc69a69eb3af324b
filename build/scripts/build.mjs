// Builds dist/ from the sources, and knows whether that is needed.
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, root, runNode } from './run.mjs'

const folders = ['shared', 'electron', 'renderer', 'build', 'test/conformance']
const sources = [...folders, 'package.json', 'package-lock.json']
const stamp = join(root, 'dist/.built')

export async function build() {
  const startedAt = new Date()
  await vite('build/vite.renderer.config.ts')
  await vite('build/vite.main.config.ts')
  writeFileSync(join(root, 'dist/package.json'), `${JSON.stringify(asApplication())}\n`)
  writeFileSync(stamp, '')
  utimesSync(stamp, startedAt, startedAt) // what changes while it builds is newer than the build
  return 0
}

/** What Electron is started on: the package itself is a library, whose `main` npm would ship with it. */
function asApplication() {
  const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { name, version, type, main: 'main/main.js' }
}

/** Builds when a source is newer than the last build. What it prints goes to stderr. */
export async function buildIfStale() {
  const builtMs = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const newestMs = Math.max(...sources.map((path) => newest(join(root, path))))
  if (newestMs <= builtMs) return
  console.error('Building …')
  await build()
}

async function vite(config) {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--app', '--logLevel', 'warn']
  // Who builds before tests says `test` here, and would get the slow React that is for development.
  const env = { NODE_ENV: 'production' }
  const exitCode = await runNode([...args, '--config', config], { env, stdio: ['inherit', 2, 2] })
  if (exitCode !== 0) throw new CommandError(`The build failed (${config}).`, exitCode)
}

function newest(path) {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return 0
  if (!status.isDirectory()) return status.mtimeMs
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
