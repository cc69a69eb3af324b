import type { Bridge } from '../../shared/rpc/bridgeChannel.ts'
import { ipcName } from './ipcName.ts'

/** The part of Electron's `ipcRenderer` that is needed. */
export type IpcRenderer = {
  readonly send: (name: string, frame: string) => void
  readonly on: (name: string, listener: (event: unknown, frame: unknown) => void) => unknown
  readonly off: (name: string, listener: (event: unknown, frame: unknown) => void) => unknown
}

/** What the preload script shows to the page: a pipe for texts. The event with its `sender` stays behind. */
export function ipcBridge(ipcRenderer: IpcRenderer): Bridge {
  return {
    send: (frame) => ipcRenderer.send(ipcName, frame),
    onFrame: (listener) => {
      const receive = (_event: unknown, frame: unknown): void => {
        if (typeof frame === 'string') listener(frame)
      }
      ipcRenderer.on(ipcName, receive)
      return () => void ipcRenderer.off(ipcName, receive)
    },
  }
}
