// Starts the desktop application where it can run, and the same screens in a browser where it cannot.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildIfStale } from './build.mjs'
import { ensureElectron, missingDisplay } from './electronBinary.mjs'
import { callerFolder, CommandError, projectNode, root, run, runNode } from './run.mjs'

export async function start([typed]) {
  const path = typed === undefined ? null : resolve(callerFolder, typed)
  await buildIfStale()
  const noDisplay = missingDisplay()
  const program = noDisplay === null ? await ensureElectron() : null
  if (program !== null) {
    // Electron runs no steps: a package brings its own Node for them.
    const env = { UNSTUCK_NODE: process.env.UNSTUCK_NODE || projectNode() }
    const application = join(root, 'dist')
    const words = [...electronFlags(), application, ...(path === null ? [] : [path])]
    return run(program, words, { env })
  }
  const reason = noDisplay ?? "Electron's program could not be downloaded"
  console.error(
    `The desktop window cannot open: ${reason}. The same screens are served to a browser.`,
  )
  return serve(path ?? (await sample()), { opensBrowser: noDisplay === null })
}

/** Chromium's sandbox refuses to work for root on Linux; the application's own sandboxing is not touched for others. */
function electronFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function serve(workspace, { opensBrowser }) {
  let isOpened = !opensBrowser
  const onStdout = (text) => {
    process.stdout.write(text)
    const url = isOpened ? null : /https?:\/\/\S+#token=\S+/.exec(text)?.[0]
    if (!url) return
    isOpened = true
    openBrowser(url)
  }
  return runNode(['dist/cli/unstuck.js', 'serve', '--workspace', workspace], { onStdout })
}

/** The sample workspace, where the desktop application keeps it too; its runs are made the first time. */
async function sample() {
  const folder = join(dataFolder(), 'Sample workspace')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'runs'))) {
    console.error(`Making the sample workspace in ${folder} …`)
    const args = ['dist/cli/unstuck.js', 'sample', folder]
    const exitCode = await runNode(args, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (exitCode !== 0) throw new CommandError(`The sample was not made: ${folder}.`, exitCode)
  }
  return folder
}

function dataFolder() {
  const { XDG_CONFIG_HOME, APPDATA } = process.env
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/unstuck')
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'unstuck')
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'unstuck')
}

const openers = {
  darwin: (url) => ['open', [url]],
  win32: (url) => ['cmd', ['/c', 'start', '""', url]],
  linux: (url) => ['xdg-open', [url]],
}

/** The address is printed as well: where there is no opener, a person follows it by hand. */
function openBrowser(url) {
  const [program, args] = (openers[process.platform] ?? openers.linux)(url)
  const opener = spawn(program, args, { stdio: 'ignore', detached: true })
  opener.once('error', () => console.error('No browser could be opened: follow the address above.'))
  opener.unref()
}
