/** A piece of a query between white space, as it is written. Quotes hold white space together. */
export type Piece = { readonly from: number; readonly to: number; readonly raw: string }

export function splitTerms(text: string): readonly Piece[] {
  return [...text.matchAll(/(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s"])+/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    raw: match[0],
  }))
}

/** The text that a piece means: without its quotes. */
export function unquoted(raw: string): string {
  return raw.replace(/"((?:[^"\\]|\\.)*)(?:"|$)/g, (_, inside: string) =>
    inside.replace(/\\(.)/g, '$1'),
  )
}

/** A piece that means the text. */
export function quoted(text: string): string {
  return text !== '' && !/[\s"\\,]/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** What stands between the commas that are in no quotes. */
export function splitList(raw: string): readonly string[] {
  const parts = raw.match(/(?:"(?:[^"\\]|\\.)*(?:"|$)|[^,"])+/g) ?? []
  return parts.map(unquoted)
}
