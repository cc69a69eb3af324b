import type { AppError } from '../errors.ts'
import { encodeFrame, type HostFrame } from './frame.ts'

export type Conceal = (text: string) => string

/**
 * The text of an error frame. Always one that fits: details that are too large or no JSON are left out, and the frame says so.
 * With `conceal` every text of it is concealed and nothing of an unexpected failure is told but that it happened.
 */
export function errorText(id: number | null, error: AppError, conceal?: Conceal): string {
  const message = shorten(conceal ? concealedMessage(error, conceal) : error.message)
  const frame = { kind: 'error', id, code: error.code, message } as const
  const details = conceal && error.code === 'bug' ? {} : plain(error.details, conceal)
  const whole = details && encodeFrame({ ...frame, details } satisfies HostFrame)
  return whole ?? JSON.stringify({ ...frame, details: { omitted: true } } satisfies HostFrame)
}

function concealedMessage(error: AppError, conceal: Conceal): string {
  if (error.code !== 'bug') return conceal(error.message)
  return 'Unexpected failure on the host. Its log says more.'
}

function shorten(message: string): string {
  return message.length > 10_000 ? `${message.slice(0, 10_000)}…` : message
}

/** Returns the details as JSON would carry them, or null when it cannot. Stacks stay on the host when it conceals. */
function plain(details: AppError['details'], conceal?: Conceal): { [key: string]: unknown } | null {
  try {
    return JSON.parse(JSON.stringify(details, conceal && concealing(conceal)))
  } catch {
    return null // circular or a bigint: the frame goes without details
  }
}

function concealing(conceal: Conceal): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (key === 'stack') return undefined
    return typeof value === 'string' ? conceal(value) : value
  }
}
