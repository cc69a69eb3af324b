// The desktop application: one window onto one workspace, answered by a host in this process.
import { app, dialog } from 'electron'
import { resolve } from 'node:path'
import { startApplication } from './application.ts'
import { hashOfLink, linkScheme } from './deepLink.ts'
import { explain } from './problems.ts'
import { registerScheme } from './rendererScheme.ts'

app.enableSandbox()
registerScheme()
// Before packaging, links would start a bare Electron.
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)

const path = pathArgument(process.argv.slice(1))
if (app.requestSingleInstanceLock({ path })) {
  app
    .whenReady()
    .then(() => startApplication(path))
    .catch(reportAndExit)
} else {
  app.quit()
}

/** The folder, file or link to open. Switches belong to Chromium; before packaging, the first path is the application's own. */
function pathArgument(args: readonly string[]): string | null {
  const paths = args.filter((arg) => !arg.startsWith('-'))
  const wanted = paths[app.isPackaged ? 0 : 1]
  if (wanted === undefined) return null
  return hashOfLink(wanted) === null ? resolve(wanted) : wanted
}

function reportAndExit(error: unknown): void {
  process.stderr.write(`Unstuck could not start. ${explain(error)}\n`)
  dialog.showErrorBox('Unstuck could not start', explain(error))
  app.exit(1)
}
