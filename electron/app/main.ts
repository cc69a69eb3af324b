// The desktop application: one window onto one workspace, answered by a host in this process.
import { app, dialog } from 'electron'
import { startApplication } from './application.ts'
import { askedFor } from './askedFor.ts'
import { linkScheme } from './deepLink.ts'
import { createOpenRequests } from './openRequests.ts'
import { explain } from './problems.ts'
import { registerScheme } from './rendererScheme.ts'

app.enableSandbox()
registerScheme()
// Before packaging, links would start a bare Electron.
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)

const requests = createOpenRequests(app)
// Before packaging, the first path is the application's own.
const words = process.argv.slice(1).filter((word) => !word.startsWith('-'))
const path = askedFor(app.isPackaged ? words : words.slice(1), process.cwd())
if (app.requestSingleInstanceLock({ path })) {
  app
    .whenReady()
    .then(() => startApplication(requests, path))
    .catch(reportAndExit)
} else {
  app.quit()
}

function reportAndExit(error: unknown): void {
  process.stderr.write(`Unstuck could not start. ${explain(error)}\n`)
  dialog.showErrorBox('Unstuck could not start', explain(error))
  app.exit(1)
}
