import { AppError } from '../../shared/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { errorText } from '../../shared/rpc/errorFrame.ts'
import { ipcName } from './ipcName.ts'
import { createListeners } from './listeners.ts'

/** The parts of Electron's `IpcMainEvent`, `ipcMain` and `WebContents` that are needed, so that this room runs without Electron. */
export type IpcEvent = {
  readonly sender: unknown
  readonly reply: (name: string, frame: string) => void
}
export type IpcMain<E extends IpcEvent> = {
  readonly on: (name: string, listener: (event: E, frame: unknown) => void) => unknown
  readonly off: (name: string, listener: (event: E, frame: unknown) => void) => unknown
}
export type IpcContents = {
  readonly send: (name: string, frame: string) => void
  readonly isDestroyed: () => boolean
  readonly once: (name: PageEnd, listener: () => void) => unknown
  readonly off: (name: PageEnd, listener: () => void) => unknown
}

/** What ends a page; `did-navigate` comes before the next page's first frame, which then needs a channel of its own. */
const pageEnds = ['destroyed', 'render-process-gone', 'did-navigate'] as const
type PageEnd = (typeof pageEnds)[number]

export type IpcMainChannelOptions<E extends IpcEvent> = {
  readonly ipcMain: IpcMain<E>
  readonly contents: IpcContents
  /** False: the frame of the page that sent this is none of ours, and it is told so. */
  readonly isAllowed: (event: E) => boolean
}

/** The main process's end of the pipe to one page. Closes when that page ends. */
export function ipcMainChannel<E extends IpcEvent>(options: IpcMainChannelOptions<E>): Channel {
  const { ipcMain, contents } = options
  const frames = createListeners<string>()
  const closings = createListeners<void>()
  let closed = false

  ipcMain.on(ipcName, receive)
  for (const end of pageEnds) contents.once(end, close)
  return { send, onFrame: frames.add, onClose, close }

  function receive(event: E, frame: unknown): void {
    if (event.sender !== contents) return // another window's frame: its own channel hears it too
    if (!options.isAllowed(event)) return event.reply(ipcName, refusal())
    frames.tell(typeof frame === 'string' ? frame : notText)
  }

  function send(frame: string): void {
    if (closed || contents.isDestroyed()) throw new AppError('io', 'The window is closed.')
    contents.send(ipcName, frame)
  }

  function onClose(listener: () => void): () => void {
    if (!closed) return closings.add(listener)
    listener()
    return () => undefined
  }

  function close(): void {
    if (closed) return
    closed = true
    ipcMain.off(ipcName, receive)
    for (const end of pageEnds) contents.off(end, close)
    frames.clear()
    closings.tell()
  }
}

/** Stands for a message that is no text, and is refused as every broken frame is. */
const notText = 'null'

function refusal(): string {
  return errorText(null, new AppError('untrusted', 'Calls are taken from the main page only.'))
}
