// Frames are the only thing that crosses a channel: JSON texts of six kinds, checked by whoever receives them.
import { z } from 'zod'
import { maxMessageBytes } from '../contract/contract.ts'
import { AppError, errorCodes } from '../errors.ts'
import { exceedsUtf8 } from './utf8Length.ts'

const id = z.number().int().min(1)

/** What a client sends. */
export const ClientFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, name: z.string().max(100), input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

/** What a host sends. An error without an id refuses a frame that belongs to no call. */
export const HostFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), id, output: z.unknown() }),
  z.strictObject({
    kind: z.literal('error'),
    id: id.nullable(),
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ kind: z.literal('event'), name: z.string().max(100), value: z.unknown() }),
  z.strictObject({ kind: z.literal('progress'), id, value: z.unknown() }),
])
export type HostFrame = z.infer<typeof HostFrame>

/** Returns the frame as text, or null when it is larger than a message may be. */
export function encodeFrame(frame: ClientFrame | HostFrame): string | null {
  const text = JSON.stringify(frame)
  return exceedsUtf8(text, maxMessageBytes) ? null : text
}

export type DecodedFrame<F> =
  | { readonly kind: 'frame'; readonly frame: F }
  | { readonly kind: 'refused'; readonly id: number | null; readonly error: AppError }

export function decodeFrame<F>(text: string, schema: z.ZodType<F>): DecodedFrame<F> {
  if (exceedsUtf8(text, maxMessageBytes)) {
    return refused(null, `A message is larger than ${maxMessageBytes} bytes. Send it in parts.`)
  }
  const value = parseJson(text)
  if (value === undefined) return refused(null, 'A message is not JSON.')
  const parsed = schema.safeParse(value)
  if (parsed.success) return { kind: 'frame', frame: parsed.data }
  return refused(idOf(value), `A message is no frame: ${z.prettifyError(parsed.error)}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // JSON never is undefined, so this says "not JSON"
  }
}

/** The id of a broken frame, so that whoever waits for an answer gets one. */
function idOf(value: unknown): number | null {
  const parsed = z.looseObject({ id }).safeParse(value)
  return parsed.success ? parsed.data.id : null
}

function refused(frameId: number | null, message: string): DecodedFrame<never> {
  return { kind: 'refused', id: frameId, error: new AppError('invalid-input', message) }
}
