import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { createSalvage } from '../../shared/core/repair/salvage/createSalvage.ts'
import { encodingOf, type TextEncoding } from '../../shared/core/repair/salvage/encodingOf.ts'
import { salvage } from '../../shared/core/repair/salvage/salvage.ts'
import type { Salvage } from '../../shared/core/repair/salvage/salvageResult.ts'
import { AppError } from '../../shared/errors.ts'

/** Bytes that are no UTF-8 are read at once, and so no more than this. */
const mostBytes = 500_000_000

/** Reads a file in pieces and never writes it. Bytes that are no UTF-8 are looked at one by one. */
export async function salvageFile(
  path: string,
  options: { readonly signal: AbortSignal },
): Promise<Salvage> {
  const { sizeBytes } = await requireFile(path)
  const whole = await salvageText(path, options)
  if (whole !== null) return whole
  if (sizeBytes <= mostBytes) return salvage(await readFile(path, options))
  throw new AppError(
    'invalid-input',
    `${path} is no whole text and larger than 500 MB. Cut it first.`,
  )
}

async function requireFile(path: string): Promise<{ readonly sizeBytes: number }> {
  try {
    const { size } = await stat(path)
    return { sizeBytes: size }
  } catch (cause) {
    throw new AppError('not-found', `There is no file ${path}.`, {}, { cause })
  }
}

/** Null when a part of it is no text in the encoding that it begins in. */
async function salvageText(
  path: string,
  options: { readonly signal: AbortSignal },
): Promise<Salvage | null> {
  const encoding = await encodingIn(path)
  const stream = createSalvage({ encoding })
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const chunks: AsyncIterable<Buffer> = createReadStream(path, {
    ...options,
    highWaterMark: 1 << 20,
  })
  for await (const chunk of chunks) {
    const text = decode(decoder, chunk)
    if (text === null) return null
    if (!stream.push(text)) return stream.end()
  }
  const rest = decode(decoder)
  if (rest === null) return null
  stream.push(rest)
  return stream.end()
}

async function encodingIn(path: string): Promise<TextEncoding> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes))
    return encodingOf(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

const startBytes = 16_384

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string | null {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
