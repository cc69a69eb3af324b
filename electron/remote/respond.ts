import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StaticFile, StaticFiles } from './staticFiles.ts'

/** Answers a request for a file of the page. `host` is the checked `Host` header. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { files, host }: { readonly files: StaticFiles; readonly host: string },
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return refuse(response, 405, 'Only GET and HEAD.')
  }
  const file = files.find(request.url?.split('?', 1)[0] ?? '')
  if (!file) return refuse(response, 404, 'No such file.')

  const body = await files.read(file)
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': file.type,
    'Content-Length': body.length,
    'Content-Security-Policy': contentPolicy(host),
    'Cache-Control': cachingOf(file),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function cachingOf({ isPage, isLasting }: StaticFile): string {
  if (isPage) return 'no-store'
  return isLasting ? 'private, max-age=31536000, immutable' : 'private, no-cache'
}

export function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(`${text}\n`)
}

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** `'self'` does not cover `ws:` in every browser, so the address the page came from is named. */
function contentPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
