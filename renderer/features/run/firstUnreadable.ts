/** The byte, counted from the text's begin, at which it first says that bytes were no UTF-8; null: nowhere. */
export function firstUnreadable(text: string): number | null {
  const at = text.indexOf('�')
  return at === -1 ? null : new TextEncoder().encode(text.slice(0, at)).length
}
