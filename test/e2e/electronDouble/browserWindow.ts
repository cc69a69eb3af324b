import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { currentChromium } from './chromium.ts'
import { preventable } from './preventable.ts'
import { record } from './records.ts'
import { WebContents } from './webContents.ts'

let current: BrowserWindow | null = null

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly #bounds: Rectangle
  #isVisible = false
  #isMaximised = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    if (current !== null) throw new Error('The double has one window.')
    // oxlint-disable-next-line typescript/no-this-alias -- the double's controls need the one window, as its tests do
    current = this
    record('BrowserWindow', { options })
    const { x = 160, y = 90, width = 800, height = 600, webPreferences } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new WebContents(webPreferences?.preload ?? '')
    void currentChromium().page.setViewportSize({ width, height })
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url)
    this.emit('ready-to-show')
    process.send?.({ event: 'loaded', url })
  }

  show(): void {
    this.#isVisible = true
  }
  hide(): void {
    this.#isVisible = false
    record('window.hide')
  }
  focus(): void {
    record('window.focus')
  }
  restore(): void {}
  maximize(): void {
    this.#isMaximised = true
  }
  isVisible(): boolean {
    return this.#isVisible
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return this.#isMaximised
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed()
  }
  getNormalBounds(): Rectangle {
    return this.#bounds
  }

  /** False when the application held it open. */
  close(): boolean {
    const event = preventable({})
    this.emit('close', event)
    if (event.defaultPrevented) return false
    this.webContents.destroy()
    this.emit('closed')
    return true
  }
}

export function currentWindow(): BrowserWindow {
  if (current === null) throw new Error('There is no window yet.')
  return current
}

/** True when no window is left. */
export function closeWindow(): boolean {
  return current === null || current.isDestroyed() || current.close()
}
