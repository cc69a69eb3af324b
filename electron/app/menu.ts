import { Menu, type MenuItemConstructorOptions } from 'electron'
import { showUnseen } from '../../shared/unseen.ts'

export type MenuActions = {
  readonly openFolder: () => void
  readonly openFile: () => void
  readonly openSample: () => void
  readonly connect: () => void
  readonly openRecent: (path: string) => void
  readonly showWorkspace: () => void
  readonly back: () => void
  readonly forward: () => void
  readonly showKeys: () => void
  readonly showAbout: () => void
}

export function setMenu(actions: MenuActions, recent: readonly string[]): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(actions, recent)))
}

function template(actions: MenuActions, recent: readonly string[]): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: fileItems(actions, recent) },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems(actions) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      submenu: [
        { label: 'Keyboard shortcuts', click: actions.showKeys },
        { label: 'About Unstuck', click: actions.showAbout },
      ],
    },
  ]
}

function fileItems(actions: MenuActions, recent: readonly string[]): MenuItemConstructorOptions[] {
  return [
    { label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: actions.openFolder },
    { label: 'Open file…', accelerator: 'CmdOrCtrl+Shift+O', click: actions.openFile },
    { label: 'Connect to host…', click: actions.connect },
    { label: 'Open sample', click: actions.openSample },
    {
      label: 'Open recent',
      enabled: recent.length > 0,
      submenu: recent.map((path) => ({
        label: labelOf(path),
        click: () => actions.openRecent(path),
      })),
    },
    { type: 'separator' },
    { label: 'Show in file manager', click: actions.showWorkspace },
    { type: 'separator' },
    { role: 'quit' },
  ]
}

/** As it reads: a single & would make a key of the letter behind it. */
function labelOf(path: string): string {
  return showUnseen(path).replaceAll('&', '&&')
}

/** What a browser has around its page. */
function viewItems({ back, forward }: MenuActions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin'
  return [
    { label: 'Back', accelerator: isMac ? 'Cmd+[' : 'Alt+Left', click: back },
    { label: 'Forward', accelerator: isMac ? 'Cmd+]' : 'Alt+Right', click: forward },
    { type: 'separator' },
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ]
}
