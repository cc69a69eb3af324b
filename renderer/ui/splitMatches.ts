export type MatchPiece = { readonly text: string; readonly isMatch: boolean }

/** Splits a text at every place where `query` stands in it, whatever the case. An empty query matches nothing. */
export function splitMatches(text: string, query: string): readonly MatchPiece[] {
  if (query === '') return [{ text, isMatch: false }]
  const lower = text.toLowerCase()
  const wanted = query.toLowerCase()
  const pieces: MatchPiece[] = []
  let start = 0
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, start)) {
    if (at > start) pieces.push({ text: text.slice(start, at), isMatch: false })
    pieces.push({ text: text.slice(at, at + wanted.length), isMatch: true })
    start = at + wanted.length
  }
  if (start < text.length) pieces.push({ text: text.slice(start), isMatch: false })
  return pieces
}
