// Masks a log while it is read, in little memory.
import type { Redactor } from '../../../shared/core/secrets/redact.ts'

/** [B58] */
export async function* maskedParts(
  parts: AsyncIterable<Uint8Array>,
  { redactor, file }: { readonly redactor: Redactor; readonly file: string },
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const stream = redactor.stream({ file })
  for await (const part of parts) {
    const text = stream.push(decoder.decode(part, { stream: true }))
    if (text !== '') yield Buffer.from(text)
  }
  const rest = stream.push(decoder.decode()) + stream.end()
  if (rest !== '') yield Buffer.from(rest)
}
