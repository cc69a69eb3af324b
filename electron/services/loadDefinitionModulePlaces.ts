import { locate } from '../../shared/core/codec/locate.ts'
import type { Path } from './loadDefinitionPlaces.ts'

/** Where the keys of a path are written one after the other in a program, as far as they are found. */
export function findInSource(
  text: string,
  path: Path,
): { readonly line: number; readonly column: number } {
  let at = 0
  let found = 0
  for (const key of path.filter((one) => typeof one === 'string')) {
    const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const match = new RegExp(`(?<![\\w$])(['"]?)${name}\\1\\s*[:(,}]`).exec(text.slice(at))
    if (match === null) break
    found = at + match.index
    at = found + match[0].length
  }
  const { line, column } = locate(text, found)
  return { line, column }
}
