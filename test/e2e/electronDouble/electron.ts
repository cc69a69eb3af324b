// A test double of the module `electron`: its windows are pages of a real Chromium, its main process is this one.
// Only what the application uses is there. What it cannot prove is listed in ../harness/onlyElectron.ts.
import { answerControl } from './control.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browserWindow.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipcMain.ts'
export { Menu } from './menu.ts'
export { protocol, session } from './session.ts'
export { safeStorage } from './safeStorage.ts'
export { screen, shell } from './desktop.ts'

answerControl()
