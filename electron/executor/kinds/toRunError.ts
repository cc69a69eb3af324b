import { inspect } from 'node:util'
import type { RunError } from '../../../shared/schema/run.ts'

/** What a function threw, as a run keeps it. Never throws, whatever it is. */
export function toRunError(thrown: unknown): RunError {
  try {
    return thrown instanceof Error || isErrorLike(thrown) ? ofError(thrown) : ofOther(thrown)
  } catch {
    // A getter or a proxy of the thrown value that throws itself.
    return {
      name: 'Error',
      message: 'It threw a value that cannot be read.',
      code: null,
      stack: null,
    }
  }
}

type ErrorLike = {
  readonly name?: unknown
  readonly message: string
  readonly code?: unknown
  readonly stack?: unknown
  readonly cause?: unknown
}

/** Also of another realm. */
function isErrorLike(thrown: unknown): thrown is ErrorLike {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'message' in thrown &&
    typeof thrown.message === 'string' &&
    'stack' in thrown
  )
}

function ofError(error: ErrorLike): RunError {
  const { name, message, code, stack } = error
  return {
    name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : 'Error',
    message: (message === '' ? 'It threw an error without a message.' : message).slice(0, longest),
    code: typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 200) : null,
    stack:
      typeof stack === 'string' && stack !== '' ? withCauses(stack, error).slice(0, longest) : null,
  }
}

function ofOther(thrown: unknown): RunError {
  const message = `It threw ${inspect(thrown, { depth: 3 })}, which is no Error.`
  return { name: 'Error', message: message.slice(0, longest), code: null, stack: null }
}

function withCauses(stack: string, error: ErrorLike): string {
  let text = stack
  let cause = error.cause
  for (let depth = 0; depth < mostCauses && cause instanceof Error; depth++) {
    text += `\nCaused by: ${cause.stack ?? cause.message}`
    cause = cause.cause
  }
  return text
}

const longest = 20_000
const mostCauses = 5
