// Electron without a window, for the packaged main process: its page is the process that started it.
import { EventEmitter } from 'node:events'
import { ipcMain } from '../../e2e/electronDouble/ipcMain.ts'
import { respondTo } from '../../e2e/electronDouble/session.ts'

export { screen, shell } from '../../e2e/electronDouble/desktop.ts'
export { dialog } from '../../e2e/electronDouble/dialog.ts'
export { Menu } from '../../e2e/electronDouble/menu.ts'
export { protocol, session } from '../../e2e/electronDouble/session.ts'
export { ipcMain }

class Contents extends EventEmitter {
  readonly id = 1
  readonly isDestroyed = () => false
  readonly setWindowOpenHandler = () => undefined
  readonly navigationHistory = { clear: () => undefined }
  send(_channel: string, frame: string): void {
    process.send?.({ frame })
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new Contents()
  readonly show = () => undefined
  readonly focus = () => undefined
  readonly isMinimized = () => false
  constructor(options: { readonly webPreferences: { readonly preload: string } }) {
    super()
    const { preload } = options.webPreferences
    process.on('message', ({ frame }: { readonly frame: string }) => {
      const senderFrame = { origin: 'app://unstuck', parent: null }
      ipcMain.emit('unstuck:frame', { sender: this.webContents, senderFrame }, frame)
    })
    process.send?.({ preload })
  }
  async loadURL(url: string): Promise<void> {
    const response = await respondTo(new Request(url))
    this.webContents.emit('did-navigate')
    process.send?.({ page: (await response?.text()) ?? null })
  }
}

/** A desktop without a key ring. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
}

const events = new EventEmitter()
export const app = Object.assign(events, {
  isPackaged: true,
  enableSandbox: () => undefined,
  setAsDefaultProtocolClient: () => undefined,
  requestSingleInstanceLock: () => true,
  whenReady: async () => undefined,
  getPath: () => process.env['STAND_IN_USER_DATA'] ?? '',
  getVersion: () => '0.0.0-stand-in',
  exit: (code: number) => process.exit(code),
  quit: () => {
    const event = {
      defaultPrevented: false,
      preventDefault: () => void (event.defaultPrevented = true),
    }
    events.emit('before-quit', event)
    if (!event.defaultPrevented) process.exit(0)
  },
})
process.on('disconnect', () => app.quit())
