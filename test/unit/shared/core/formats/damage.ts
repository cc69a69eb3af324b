/** Every text that a cut leaves, by bytes, as a reader decodes it: none where a cut goes through a character. */
export function* cutsOf(text: string): Generator<string> {
  const bytes = new TextEncoder().encode(text)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (let length = 0; length < bytes.length; length += 1) {
    const cut = decoded(decoder, bytes.subarray(0, length))
    if (cut !== null) yield cut
  }
}

/** Texts with one bit flipped, spread evenly over the document. */
export function* flipsOf(text: string, count: number): Generator<string> {
  const bytes = new TextEncoder().encode(text)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (let index = 0; index < count; index += 1) {
    const at = Math.floor((index * bytes.length) / count)
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (index % 8))
    const result = decoded(decoder, flipped)
    if (result !== null) yield result
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    // No UTF-8: the reader of bytes refuses it before a format sees it. [F8]
    return null
  }
}
