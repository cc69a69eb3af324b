import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page, Request as PageRequest, Route } from 'playwright'
import { fromChromium, toChromium } from './address.ts'
import { currentChromium, type Chromium } from './chromium.ts'
import { ipcMain } from './ipcMain.ts'
import { preventable } from './preventable.ts'
import { record } from './records.ts'
import { respondTo } from './session.ts'
import {
  bindingName,
  deliverName,
  pageWorldSource,
  preloadWorldSource,
  worldName,
} from './worlds.ts'

type Frame = { readonly id: string; readonly parentId?: string; readonly securityOrigin: string }
type SenderFrame = { readonly origin: string; readonly parent: SenderFrame | null }
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

/** One page of the browser, with the events and the two-way messages of Electron's `WebContents`. */
export class WebContents extends EventEmitter {
  readonly id = 1
  readonly #chromium: Chromium = currentChromium()
  readonly #frames = new Map<string, Frame>()
  /** Isolated worlds by their execution context. */
  readonly #worlds = new Map<number, { readonly frame: string }>()
  readonly #prepared: Promise<void>
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #askedPopups = 0
  #isLoadedByApplication = false
  #isDestroyed = false

  constructor(preload: string) {
    super()
    this.#prepared = this.#prepare(preload)
  }

  async loadURL(url: string): Promise<void> {
    await this.#prepared
    this.#isLoadedByApplication = true
    await this.#chromium.page.goto(toChromium(url), { waitUntil: 'load' })
    // Another place of the same page is reached without a request.
    this.#isLoadedByApplication = false
  }

  readonly navigationHistory = {
    goBack: () => void this.#chromium.page.goBack(),
    goForward: () => void this.#chromium.page.goForward(),
    clear: () => void this.#chromium.protocol.send('Page.resetNavigationHistory'),
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** A message to a page that is not there yet is lost, as Electron's is. */
  send(channel: string, ...args: readonly unknown[]): void {
    const context = [...this.#worlds].findLast(([, world]) => this.#parentOf(world.frame) === null)
    if (context === undefined) return
    const expression = `${deliverName}(${JSON.stringify(channel)}, ${JSON.stringify(args)})`
    this.#chromium.protocol
      .send('Runtime.evaluate', { contextId: context[0], expression })
      .catch((error: unknown) => record('message lost', { error: String(error) }))
  }

  sendInputEvent(event: { readonly type: string; readonly keyCode: string }): void {
    void this.#chromium.page.keyboard.press(event.keyCode)
  }

  /** Hands a message to the main process as if `senderFrame` had sent it; returns what it is told. */
  receive(channel: string, args: readonly unknown[], options: ReceiveOptions): readonly unknown[] {
    const replies: unknown[] = []
    const reply = (name: string, ...told: readonly unknown[]): void => {
      replies.push(...told)
      if (!options.isForeign) this.send(name, ...told)
    }
    const sender = options.isForeign && options.isOtherWindow ? { id: 99 } : this
    ipcMain.emit(channel, { sender, senderFrame: options.senderFrame, reply }, ...args)
    return replies
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  async #prepare(preload: string): Promise<void> {
    const { context, page, protocol } = this.#chromium
    const token = `electron-double-${process.pid}`
    protocol.on('Page.frameNavigated', ({ frame }) => this.#onNavigated(frame))
    protocol.on('Runtime.executionContextCreated', ({ context: created }) => {
      const { name, id, auxData } = created
      if (name === worldName) this.#worlds.set(id, { frame: String(auxData?.['frameId']) })
    })
    protocol.on('Runtime.executionContextDestroyed', (gone) =>
      this.#worlds.delete(gone.executionContextId),
    )
    protocol.on('Runtime.executionContextsCleared', () => this.#worlds.clear())
    protocol.on('Runtime.bindingCalled', ({ payload, executionContextId }) =>
      this.#onMessage(payload, executionContextId),
    )
    await protocol.send('Page.enable')
    await protocol.send('Runtime.enable')
    await protocol.send('Runtime.addBinding', {
      name: bindingName,
      executionContextName: worldName,
    })
    await protocol.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldSource(token) })
    await protocol.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadWorldSource(token, readFileSync(preload, 'utf8')),
      worldName,
    })
    await page.route('**/*', (route, request) => this.#onRequest(route, request))
    await context.route('**/*', (route, request) => this.#onPopupRequest(route, request))
    context.on('page', (popup) => void this.#closePopup(popup))
    page.on('crash', () => this.emit('render-process-gone'))
  }

  #onNavigated(frame: Frame): void {
    this.#frames.set(frame.id, frame)
    if (frame.parentId === undefined) this.emit('did-navigate')
  }

  #onMessage(payload: string, executionContextId: number): void {
    const frame = this.#frames.get(this.#worlds.get(executionContextId)?.frame ?? '')
    const { channel, args } = JSON.parse(payload) as { channel: string; args: unknown[] } // written in worlds.ts
    const senderFrame = frame === undefined ? null : this.#senderFrame(frame)
    this.receive(channel, args, { isForeign: false, senderFrame })
  }

  #senderFrame(frame: Frame): SenderFrame {
    const parent = this.#frames.get(frame.parentId ?? '')
    return {
      origin: fromChromium(frame.securityOrigin),
      parent: parent === undefined ? null : this.#senderFrame(parent),
    }
  }

  #parentOf(frame: string): string | null {
    return this.#frames.get(frame)?.parentId ?? null
  }

  /** What a page opens is asked for by a request, which may come before or after the window itself. */
  async #closePopup(popup: Page): Promise<void> {
    for (let waitedMs = 0; waitedMs < 15_000 && this.#askedPopups === 0; waitedMs += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.#askedPopups -= 1
    await popup.close()
  }

  /** The double never shows a second window: it says what the application would have answered. */
  async #onPopupRequest(route: Route, request: PageRequest): Promise<void> {
    const url = fromChromium(request.url())
    record('window.open', { url, ...this.#openHandler({ url }) })
    await route.abort('aborted')
    this.#askedPopups += 1
  }

  async #onRequest(route: Route, request: PageRequest): Promise<void> {
    if (request.isNavigationRequest() && !this.#mayNavigate(request)) return route.abort('aborted')
    const url = fromChromium(request.url())
    const response = await respondTo(new Request(url, { method: request.method() }))
    if (response === null) {
      record('request outside', { url })
      return route.abort('blockedbyclient')
    }
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  /** A page that wants to go elsewhere is reported first; what the application itself loads is not. */
  #mayNavigate(request: PageRequest): boolean {
    if (this.#isLoadedByApplication) {
      this.#isLoadedByApplication = false
      return true
    }
    const url = fromChromium(request.url())
    const isMainFrame = request.frame() === this.#chromium.page.mainFrame()
    const event = preventable({ url, isMainFrame })
    this.emit('will-frame-navigate', event)
    record('will-frame-navigate', { url, isPrevented: event.defaultPrevented })
    return !event.defaultPrevented
  }
}

export type ReceiveOptions =
  | { readonly isForeign: false; readonly senderFrame: SenderFrame | null }
  | {
      readonly isForeign: true
      readonly senderFrame: SenderFrame | null
      readonly isOtherWindow?: boolean
    }
