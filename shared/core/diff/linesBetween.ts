import { commonSubsequence } from './commonSubsequence.ts'

/** A line of either text with its number there, from 1; null: it is not in that one. */
export type LineBetween = {
  readonly before: number | null
  readonly after: number | null
  readonly text: string
}

/** Both texts as one list of lines. Where they have too little in common to tell soon, all of one stands before all of the other. */
export function linesBetween(before: string, after: string): readonly LineBetween[] {
  const left = linesOf(before)
  const right = linesOf(after)
  const numbers = new Map<string, number>()
  const numbered = (lines: readonly string[]) =>
    lines.map((line) => numbers.get(line) ?? numbers.set(line, numbers.size).size - 1)
  const { pairs } = commonSubsequence(numbered(left), numbered(right), budget)
  const lines: LineBetween[] = []
  let [from, to] = [0, 0]
  for (const pair of [...(pairs ?? []), { from: left.length, to: right.length }]) {
    for (; from < pair.from; from += 1)
      lines.push({ before: from + 1, after: null, text: left[from] ?? '' })
    for (; to < pair.to; to += 1) lines.push({ before: null, after: to + 1, text: right[to] ?? '' })
    const text = left[from]
    if (text === undefined) break
    from += 1
    to += 1
    lines.push({ before: from, after: to, text })
  }
  return lines
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
}

const budget = 1_000_000
