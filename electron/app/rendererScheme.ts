// The screens are served under the application's own scheme, with a policy that lets them load nothing else.
import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { isOurs, scheme } from './origin.ts'

/** Must be called before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

export function serveRenderer(session: Session, folder: string): void {
  session.protocol.handle(scheme, (request) => respond(request, folder))
}

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

async function respond(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' || !isOurs(request.url)) return plain(403, 'Not allowed')
  const path = pathBelow(folder, new URL(request.url).pathname)
  const type = contentTypes[extname(path ?? '')]
  if (path === null || type === undefined) return plain(404, 'Not found')
  try {
    return new Response(await readFile(path), { headers: headers(type) })
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isMissing ? plain(404, 'Not found') : plain(500, 'Could not be read')
  }
}

/** Null for a path that leaves the folder, or that cannot be decoded. */
function pathBelow(folder: string, pathname: string): string | null {
  if (/%(?![0-9a-f]{2})|%00/i.test(pathname)) return null
  const wanted = pathname === '/' ? '/index.html' : decodeURIComponent(pathname)
  const path = normalize(join(folder, wanted))
  return path.startsWith(folder + sep) ? path : null
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: headers('text/plain; charset=utf-8') })
}

function headers(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  }
}
