import { record } from './records.ts'

type Responder = (request: Request) => Response | Promise<Response>
type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: { readonly requestingUrl: string },
) => void
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean

const responders = new Map<string, Responder>()
let onRequest: RequestHandler = (_contents, _permission, answer) => answer(true) // Electron's own default
let onCheck: CheckHandler = () => true

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]) =>
    record('protocol.registerSchemesAsPrivileged', { schemes }),
}

export const session = {
  defaultSession: {
    protocol: {
      handle: (scheme: string, responder: Responder) => responders.set(scheme, responder),
    },
    setPermissionRequestHandler: (handler: RequestHandler) => void (onRequest = handler),
    setPermissionCheckHandler: (handler: CheckHandler) => void (onCheck = handler),
    setDevicePermissionHandler: (handler: () => boolean) =>
      record('session.setDevicePermissionHandler', { isGranted: handler() }),
  },
}

/** Answers a request of a page as the handler of its scheme does; null when there is none. */
export async function respondTo(request: Request): Promise<Response | null> {
  const responder = responders.get(new URL(request.url).protocol.replace(':', ''))
  return responder === undefined ? null : responder(request)
}

/** What the application answers when a page at `url` asks for a permission. */
export function askPermission(
  permission: string,
  url: string,
): { requested: boolean; checked: boolean } {
  let requested = false
  onRequest(null, permission, (isGranted) => (requested = isGranted), { requestingUrl: url })
  return { requested, checked: onCheck(null, permission, url) }
}
