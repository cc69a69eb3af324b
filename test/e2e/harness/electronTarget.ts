import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron, type ElectronApplication } from 'playwright'
import { electron, root } from './machine.ts'
import type { Desktop, Opened, OpenOptions } from './target.ts'

/** The application itself. */
export async function openInElectron(options: OpenOptions): Promise<Opened> {
  const path = options.path === null ? [] : [options.path]
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const steps = { UNSTUCK_NODE: process.execPath }
  const env = Object.entries({ ...process.env, ...steps, ...options.env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const application = await _electron.launch({
    executablePath: electron.path,
    args: [...flags, join(root, 'dist'), `--user-data-dir=${options.userData}`, ...path],
    env: Object.fromEntries(env),
  })
  let output = ''
  const child = application.process()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  return {
    page: await application.firstWindow(),
    desktop: desktopOf(application),
    pid: child.pid ?? 0,
    output: () => output,
    close: () => application.close(),
  }
}

function desktopOf(application: ElectronApplication): Desktop {
  return {
    chooseFromMenu: (...labels) =>
      application.evaluate(({ Menu }, path) => {
        let items = Menu.getApplicationMenu()?.items ?? []
        for (const [depth, label] of path.entries()) {
          const item = items.find((one) => one.label.replace('&', '') === label)
          if (item === undefined) throw new Error(`The menu has no item ${label}.`)
          if (depth === path.length - 1) item.click()
          items = item.submenu?.items ?? []
        }
      }, labels),
    answerNext: (answer) =>
      application.evaluate(({ dialog }, given) => {
        const own = { ...dialog }
        const restore = (): void => void Object.assign(dialog, own)
        Object.assign(dialog, {
          showMessageBox: async (_window: unknown, asked: { buttons: string[] }) => {
            restore()
            const response = 'button' in given ? asked.buttons.indexOf(given.button) : -1
            return { response, checkboxChecked: false }
          },
          showOpenDialog: async () => {
            restore()
            return { canceled: false, filePaths: 'paths' in given ? given.paths : [] }
          },
        })
      }, answer),
    sendForeign: (sender, frame) =>
      application.evaluate(
        ({ BrowserWindow, ipcMain }, given) => {
          const replies: unknown[] = []
          const parent = given.sender.parentOrigin ? { origin: given.sender.parentOrigin } : null
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          const event = {
            sender: given.sender.isOtherWindow === true ? { id: -1 } : contents,
            senderFrame: { origin: given.sender.origin, parent },
            reply: (_name: string, ...told: unknown[]) => replies.push(...told),
          }
          ipcMain.emit('unstuck:frame', event, given.frame)
          return replies
        },
        { sender, frame },
      ),
    fetchOwn: (url) =>
      application.evaluate(async ({ session }, given) => {
        const response = await session.defaultSession.fetch(given)
        return {
          status: response.status,
          policy: response.headers.get('Content-Security-Policy'),
        }
      }, url),
    startSecondInstance: (path) =>
      application.evaluate(({ app }, given) => {
        app.emit('second-instance', {}, [], '', { path: given })
      }, path),
    drop: (path) =>
      application.evaluate(({ BrowserWindow }, url) => {
        let isPrevented = false
        const preventDefault = (): void => {
          isPrevented = true
        }
        const event = { url, isMainFrame: true, preventDefault }
        BrowserWindow.getAllWindows()[0]?.webContents.emit('will-frame-navigate', event)
        return { isPrevented }
      }, pathToFileURL(path).href),
    isWindowVisible: () =>
      application.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false,
      ),
    closeWindow: () =>
      application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    ended: new Promise((resolve) => application.process().once('close', (code) => resolve(code))),
  }
}
