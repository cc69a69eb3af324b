import type { BrowserWindow, IpcMainEvent } from 'electron'
import { appOrigin } from './origin.ts'

/** Why a message must not be heard; null when it comes from the main frame of our window and from our own origin. */
export function refusal(event: IpcMainEvent, window: BrowserWindow): string | null {
  const frame = event.senderFrame
  if (frame === null) return 'its frame is gone'
  if (event.sender.id !== window.webContents.id) return 'it comes from another window'
  if (frame.parent !== null) return `it comes from a frame inside the page (${frame.origin})`
  if (frame.origin !== appOrigin) return `it comes from ${frame.origin}`
  return null
}
