import { BrowserWindow, dialog, screen, type Rectangle } from 'electron'
import { denyLeaving } from './guards.ts'
import type { Bounds, Remembered } from './remembered.ts'

const defaultSize = { width: 1280, height: 820 }

export type WindowOptions = {
  readonly preload: string
  readonly remembered: Remembered
  readonly onMoved: (place: { bounds: Bounds; isMaximised: boolean }) => void
}

/** The window: no Node in its pages, their own process, sandbox and world, and nowhere else to go. */
export function createWindow({ preload, remembered, onMoved }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...defaultSize,
    ...visibleBounds(remembered.bounds),
    minWidth: 640,
    minHeight: 420,
    show: false,
    title: 'Unstuck',
    backgroundColor: '#101216',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // What is dropped asks to be navigated to, which is denied; a file's path is known by that.
      navigateOnDragDrop: true,
    },
  })
  denyLeaving(window.webContents)
  if (remembered.isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    onMoved({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() }),
  )
  askBeforeLosing(window)
  return window
}

/** The page says that something would be lost; Electron asks nobody by itself, and would just stay. */
function askBeforeLosing(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      buttons: ['Stay', 'Leave and lose them'],
      defaultId: 0,
      cancelId: 0,
      message: 'Edits are staged and were not applied.',
      detail: 'They are lost when this window closes.',
    })
    if (choice === 1) event.preventDefault()
  })
}

/** The remembered place, unless the display that it was on is gone. */
function visibleBounds(bounds: Bounds | null): Bounds | Record<string, never> {
  if (bounds === null) return {}
  const isVisible = screen.getAllDisplays().some((display) => overlap(display.workArea, bounds))
  return isVisible ? bounds : {}
}

/** True when enough of the window's upper part is on the display to take hold of it. */
function overlap(area: Rectangle, bounds: Bounds): boolean {
  const width = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x)
  const isTitleVisible = bounds.y >= area.y - 10 && bounds.y < area.y + area.height - 40
  return width >= 120 && isTitleVisible
}
