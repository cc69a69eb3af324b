import { shownUrl } from './shownUrl.ts'
import type { HttpStepCall } from './stepCall.ts'
import { StepFailure } from './stepFailure.ts'

/** The request of a call. What cannot be sent is told without the values, which may be secret. */
export function createHttpRequest(call: HttpStepCall, signal: AbortSignal): Request {
  const { method, body } = call
  const url = urlOf(call)
  const headers = headersOf(call)
  // Whoever expects a redirect wants to see it.
  const redirect = call.expect.some(isRedirect) ? 'manual' : 'follow'
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  try {
    return new Request(url, {
      method,
      headers,
      redirect,
      signal,
      ...(body === null ? {} : { body: text }),
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw refusal(`${method} ${shownUrl(call.url)} cannot be sent: ${why}`)
  }
}

/** User and password of the address become a header, as every other client of HTTP has it. */
function urlOf({ url: address }: HttpStepCall): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refusal(
      '`http.url` is no address of the kind https://host/path. Look at what its expressions give.',
    )
  url.username = ''
  url.password = ''
  return url
}

function headersOf(call: HttpStepCall): Headers {
  const headers = new Headers({ 'user-agent': 'unstuck' })
  for (const [name, value] of Object.entries(call.headers)) {
    if (!isHeader(name, value))
      throw refusal(`\`http.headers.${name}\` has a name or a value that no header can have.`)
    headers.set(name, value)
  }
  const isData = call.body !== null && typeof call.body !== 'string'
  if (isData && !headers.has('content-type')) headers.set('content-type', 'application/json')
  if (!headers.has('authorization')) authorize(headers, call.url)
  const key = process.env['UNSTUCK_IDEMPOTENCY_KEY'] ?? ''
  if (!readingMethods.has(call.method) && !headers.has(keyHeader) && isHeader(keyHeader, key))
    headers.set(keyHeader, key)
  return headers
}

function authorize(headers: Headers, address: string): void {
  const { username, password } = new URL(address)
  if (username === '' && password === '') return
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  headers.set('authorization', `Basic ${Buffer.from(plain).toString('base64')}`)
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers({ [name]: value }).has(name)
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function isRedirect(expected: number | string): boolean {
  return expected === '3xx' || (typeof expected === 'number' && Math.floor(expected / 100) === 3)
}

function refusal(message: string): StepFailure {
  return new StepFailure('HttpRequest', message)
}

const keyHeader = 'idempotency-key'
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
