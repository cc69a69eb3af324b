import { ipcMain, type BrowserWindow } from 'electron'
import type { Channel } from '../../shared/rpc/channel.ts'
import { ipcMainChannel, type IpcContents } from '../transports/ipcMainChannel.ts'
import { refusal } from './senderGuard.ts'

/** Calls `attach` with a channel for each page that the window loads, before that page can send its first frame. */
export function acceptPages(window: BrowserWindow, attach: (channel: Channel) => void): void {
  const contents = window.webContents

  function accept(): void {
    if (contents.isDestroyed()) return
    const channel = ipcMainChannel({
      ipcMain,
      contents: contents as IpcContents, // it has an overload for each of the events' names
      isAllowed: (event) => {
        const reason = refusal(event, window)
        if (reason !== null) process.stderr.write(`Unstuck refused a message: ${reason}.\n`)
        return reason === null
      },
    })
    channel.onClose(accept)
    attach(channel)
  }

  accept()
}
