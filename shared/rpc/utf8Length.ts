/** Bytes of the text in UTF-8; half a surrogate pair counts 3, as the replacement character does. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (isPairAt(text, index, unit)) {
      bytes += 4
      index += 1
    } else bytes += 3
  }
  return bytes
}

/** True when the text has more UTF-8 bytes than that; counts only where its length leaves a doubt. */
export function exceedsUtf8(text: string, limitBytes: number): boolean {
  if (text.length > limitBytes) return true
  if (text.length * 3 <= limitBytes) return false
  return utf8Length(text) > limitBytes
}

function isPairAt(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(index + 1) // NaN at the end: no pair
  return next >= 0xdc00 && next <= 0xdfff
}
