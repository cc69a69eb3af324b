// What the window's pages may never do: leave the application, open windows, embed pages, ask for devices.
import type { Session, WebContents } from 'electron'
import { isOurs } from './origin.ts'

export function denyLeaving(contents: WebContents): void {
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOurs(details.url)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => {
    if (!isOurs(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Pages may write text to the clipboard, because copying is asked for by a person; everything else is denied. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isGranted(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isGranted(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
}

function isGranted(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(url)
}
