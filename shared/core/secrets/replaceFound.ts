import type { Found } from './findCredentials.ts'
import { terminalCodes } from './findSecrets.ts'

/** The text with each secret replaced by what stands for it; secrets that overlap are one. Colours inside of one stay behind it. */
export function replaceFound(
  text: string,
  found: readonly Found[],
  standIn: (one: Found, secret: string) => string,
): string {
  if (found.length === 0) return text
  const pieces: string[] = []
  let copied = 0
  for (const one of mergeFound(found)) {
    const secret = text.slice(one.start, one.end)
    const colours = secret.match(terminalCodes) ?? []
    pieces.push(text.slice(copied, one.start), standIn(one, secret), ...colours)
    copied = one.end
  }
  return pieces.join('') + text.slice(copied)
}

/** In the order of the text, apart from each other. Of two that overlap the longer one tells the rule. */
function mergeFound(found: readonly Found[]): readonly Found[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const merged: Found[] = []
  for (const one of sorted) {
    const last = merged.at(-1)
    if (last === undefined || one.start >= last.end) merged.push(one)
    else if (one.end > last.end) merged[merged.length - 1] = joined(last, one)
  }
  return merged
}

function joined(first: Found, second: Found): Found {
  const { rule } = second.end - second.start > first.end - first.start ? second : first
  const { start, pointer } = first
  const bounds = { start, end: second.end, from: Math.min(first.from, second.from), rule }
  return pointer === undefined ? bounds : { ...bounds, pointer }
}
