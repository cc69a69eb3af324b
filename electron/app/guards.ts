// What the window's pages may never do: leave the application, open windows, embed pages, ask for devices.
import type { Session, WebContents } from 'electron'
import { fileURLToPath } from 'node:url'
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

/** A file or folder that was dropped onto the window: the page never goes there, the application opens it. Null for other addresses. */
export function droppedPath(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.protocol !== 'file:') return null
  try {
    return fileURLToPath(parsed)
  } catch {
    return null // of another machine, or with a separator in a name
  }
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
  return granted.has(permission) && isOurs(url)
}

/** To copy a text, and to tell that a watched run rests. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications'])
