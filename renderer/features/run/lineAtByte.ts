/** The line, from 1, in which a byte of the text's UTF-8 stands; null behind its end. */
export function lineAtByte(text: string, offset: number): number | null {
  const bytes = new TextEncoder().encode(text)
  if (offset > bytes.length) return null
  return bytes.subarray(0, offset).reduce((line, byte) => (byte === 10 ? line + 1 : line), 1)
}
