import { parseJson } from '../../../shared/schema/parseJson.ts'
import type { Json } from '../../../shared/schema/json.ts'

export type ReadBody = { readonly bytes: Uint8Array; readonly isCut: boolean }

/** The body up to a size; what comes behind it is not waited for. */
export async function readAtMost(response: Response, maxBytes: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of response.body ?? []) {
    const room = maxBytes - sizeBytes
    chunks.push(chunk.subarray(0, room))
    sizeBytes += chunk.length
    // Leaving the loop gives the connection up.
    if (chunk.length > room) return { bytes: Buffer.concat(chunks), isCut: true }
  }
  return { bytes: Buffer.concat(chunks), isCut: false }
}

/** JSON where the type says so and it is; else text; `{ base64 }` for bytes that are no text. */
export function bodyOf(bytes: Uint8Array, contentType: string | null): Json {
  const text = textOf(bytes, charsetOf(contentType))
  if (text === null) return { base64: Buffer.from(bytes).toString('base64') }
  if (!isJsonType(contentType)) return text
  try {
    return parseExactly(text)
  } catch (error) {
    // What the call did is done; its step must not fail because the answer is another than it says.
    if (error instanceof SyntaxError) return text
    throw error
  }
}

/** `application/json`, `application/problem+json`, … */
function isJsonType(contentType: string | null): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[^/]+\/(?:[^/]*\+)?json$/.test(type)
}

function charsetOf(contentType: string | null): string {
  return /;\s*charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
}

function textOf(bytes: Uint8Array, charset: string): string | null {
  try {
    return decoderOf(charset).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('utf-8', { fatal: true })
    throw error
  }
}

/** A whole number that no number of this program is equal to is kept as text, digit for digit. */
function parseExactly(text: string): Json {
  if (!/\d{16}|[eE]\+?\d{3}/.test(text)) return parseJson(text) as Json // what JSON.parse gives is JSON
  return JSON.parse(text, exactly as (key: string, value: unknown) => unknown) as Json // the types do not know the third parameter yet
}

function exactly(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined) return value
  if (!Number.isFinite(value)) return source
  return /^-?\d{16,}$/.test(source) && BigInt(source) !== BigInt(value) ? source : value
}
