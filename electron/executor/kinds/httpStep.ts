import { createHttpRequest } from './httpRequest.ts'
import { bodyOf, readAtMost, type ReadBody } from './httpBody.ts'
import { networkFailure } from './httpNetwork.ts'
import { shownUrl } from './shownUrl.ts'
import type { HttpStepCall } from './stepCall.ts'
import { StepFailure } from './stepFailure.ts'

/** Makes an HTTP call; resolves to the JSON text of `{ status, headers, body }`. */
export async function callHttp(call: HttpStepCall, signal: AbortSignal): Promise<string> {
  const what = `${call.method} ${shownUrl(call.url)}`
  const request = createHttpRequest(call, signal)
  const began = performance.now()
  const { response, read, isExpected } = await exchange(call, request).catch((cause: unknown) => {
    throw networkFailure(what, cause, signal)
  })

  const ms = Math.round(performance.now() - began)
  const { status } = response
  console.log(`${what} -> ${status} ${response.statusText}${movedTo(response)} (${ms} ms)`)
  if (!isExpected) throw unexpected(what, response, read)
  if (read.isCut) throw tooLarge(what, read, call.maxOutput)
  const body = bodyOf(read.bytes, response.headers.get('content-type'))
  return JSON.stringify({ status, headers: Object.fromEntries(response.headers), body })
}

async function exchange(
  { expect, maxOutput }: HttpStepCall,
  request: Request,
): Promise<{ response: Response; read: ReadBody; isExpected: boolean }> {
  const response = await fetch(request)
  const isExpected = expect.some((one) => isOf(one, response.status))
  const read = await readAtMost(response, isExpected ? maxOutput : startBytes)
  return { response, read, isExpected }
}

/** `204`, or a class such as `2xx`. */
function isOf(expected: number | string, status: number): boolean {
  return typeof expected === 'number'
    ? expected === status
    : expected === `${Math.floor(status / 100)}xx`
}

function movedTo({ redirected, url }: Response): string {
  return redirected ? ` from ${shownUrl(url)}` : ''
}

function unexpected(what: string, response: Response, { bytes }: ReadBody): StepFailure {
  const text = new TextDecoder().decode(bytes)
  const start = text.replace(/\s+/g, ' ').trim().slice(0, shownCharacters)
  if (text !== '') console.log(text)
  const answered = `${what} answered ${response.status} ${response.statusText}`.trim()
  const message = `${answered}${movedTo(response)}${start === '' ? '.' : `: ${start}`}`
  return new StepFailure('HttpStatus', message, String(response.status))
}

function tooLarge(what: string, { bytes }: ReadBody, maxOutput: number): StepFailure {
  process.stdout.write(bytes)
  const message = `${what} answered with more than the ${maxOutput} bytes that are kept. Raise the step's \`maxOutput\`, or ask for less. The log has the beginning.`
  return new StepFailure('OutputTooLarge', message)
}

const startBytes = 64 * 1024
const shownCharacters = 300
