import { createHash } from 'node:crypto'
import {
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandError, root, run } from './run.mjs'

const lockFile = join(root, 'package-lock.json')
const installedLock = join(root, 'node_modules/.package-lock.json')
const stampFile = join(root, 'node_modules/.unstuck-lock')

/** Installs the dependencies when they are missing or another lock file's. Says one line on stderr, and all on failure. */
export async function ensureDependencies() {
  const digest = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (readOrNull(stampFile) === digest) return
  if (modifiedMs(installedLock) < modifiedMs(lockFile)) await install()
  writeFileSync(stampFile, digest)
}

async function install() {
  console.error('Installing dependencies (npm ci) …')
  const first = await npm(['ci'])
  if (first.exitCode === 0) return
  if (!first.output.includes('code EUSAGE')) throw failure('npm ci', first)
  // A lock file names the optional packages of the platforms that its author's registry had. The others are missing from
  // it, and only `npm ci` minds: their versions are exact in the packages that need them.
  console.error('The lock file is not complete for this platform: installing with npm install …')
  const second = await npm(['install', '--no-save'])
  if (second.exitCode !== 0) throw failure('npm install', second)
}

function failure(command, { exitCode, output, logPath }) {
  const tail = output.trim().split('\n').slice(-15).join('\n')
  return new CommandError(
    `${tail}\n\nThe dependencies could not be installed (${command} ended with ${exitCode}).\n` +
      `Check the network and the free disk space, then run the command again. Whole output: ${logPath}`,
    exitCode,
  )
}

/** Its output goes to a file, which is kept when it fails. */
async function npm(args) {
  const folder = mkdtempSync(join(tmpdir(), 'unstuck-install-'))
  const logPath = join(folder, 'npm.log')
  const log = openSync(logPath, 'w')
  const quiet = ['--no-fund', '--no-audit', '--loglevel=error']
  const all = isTooOldToInstall() ? npmOnOwnNode([...args, ...quiet]) : [...args, ...quiet]
  const exitCode = await runNpm(all, { stdio: ['ignore', log, log] })
  closeSync(log)
  const output = readFileSync(logPath, 'utf8')
  if (exitCode === 0) rmSync(folder, { recursive: true })
  return { exitCode, output, logPath }
}

/** What npm prints, and how it ended; no longer than that. */
export async function npmTo(args, timeoutMs) {
  let output = ''
  const onStdout = (text) => (output += text)
  const stdio = ['ignore', 'pipe', 'ignore']
  return { exitCode: await runNpm(args, { stdio, onStdout, timeoutMs }), output }
}

/** npm as this process was started by it; by name when it was not. */
function runNpm(args, options) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** npm leaves out, without a word, optional packages that do not say they work on the Node that it runs on. */
function isTooOldToInstall() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}

/** The same npm on the Node that the project brings along. */
function npmOnOwnNode(args) {
  const { node } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js'))
    return ['exec', '--yes', `--package=node@${node}`, '--', 'node', cli, ...args]
  throw new CommandError(
    `This is Node ${process.versions.node}, which cannot install what Unstuck needs. Start it by npm ("npm start"), or with Node 20.19 or newer.`,
  )
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function readOrNull(path) {
  return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : null
}
