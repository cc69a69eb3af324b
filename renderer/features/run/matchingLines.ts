/** Numbers, from 1, of the lines in which the query stands, whatever the case. */
export function matchingLines(text: string, query: string): readonly number[] {
  if (query === '') return []
  const wanted = query.toLowerCase()
  return text
    .toLowerCase()
    .split('\n')
    .flatMap((line, index) => (line.includes(wanted) ? [index + 1] : []))
}
