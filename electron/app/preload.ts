// The whole bridge between a page and the main process: text frames, both ways. It knows no call and never changes.
import { contextBridge, ipcRenderer } from 'electron'
import { ipcBridge } from '../transports/ipcBridge.ts'

contextBridge.exposeInMainWorld('unstuck', ipcBridge(ipcRenderer))
