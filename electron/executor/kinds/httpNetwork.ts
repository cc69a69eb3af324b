import { StepFailure } from './stepFailure.ts'

/** Why a call got no answer. `what` is the method and the address without its secrets. */
export function networkFailure(what: string, cause: unknown, signal: AbortSignal): Error {
  if (cause instanceof StepFailure) return cause
  if (signal.aborted)
    return new StepFailure('Aborted', `${what} was given up: the step was told to stop.`)
  const code = codeOf(cause)
  const why = code === null ? innermostMessage(cause) : (words[code] ?? innermostMessage(cause))
  const named = code === null ? '' : ` (${code})`
  return new StepFailure('Network', `${what} got no answer: ${why}${named}.`, code)
}

/** What `fetch` throws says only that it failed; the reason is among its causes. */
function codeOf(thrown: unknown): string | null {
  for (const error of chain(thrown)) {
    if (error instanceof AggregateError) return codeOf(error.errors[0]) ?? ownCode(error)
    const code = ownCode(error)
    if (code !== null) return code
  }
  return null
}

function ownCode(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

function innermostMessage(thrown: unknown): string {
  const message = chain(thrown).at(-1)?.message ?? String(thrown)
  return message.replace(/\.$/, '')
}

function chain(thrown: unknown): readonly Error[] {
  const errors: Error[] = []
  for (let error = thrown; error instanceof Error && errors.length < 5; error = error.cause)
    errors.push(error)
  return errors
}

const words: { readonly [code: string]: string | undefined } = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed before the answer was complete',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  EPIPE: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'no connection came about in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_HEADERS_TIMEOUT: 'the host took the call and did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'the host stopped in the middle of its answer',
  EHOSTUNREACH: 'no way leads to the host',
  ENETUNREACH: 'no way leads to the host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the host has a certificate that nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'the host has a certificate that nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the host has a certificate that nobody vouches for',
  CERT_HAS_EXPIRED: 'the certificate of the host has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the host is of another name',
}
