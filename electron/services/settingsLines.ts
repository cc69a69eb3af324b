import type { SettingsPlan } from '../../shared/contract/settings.ts'

type Lines = Pick<SettingsPlan, 'lines' | 'linesCut'>

/**
 * Both texts as one list of lines, those of before ahead of those of after: settings are changed in places that lie close together, so
 * that what begins and what ends alike is enough to tell what stays.
 */
export function linesBetween(before: string, after: string): Lines {
  const left = linesOf(before)
  const right = linesOf(after)
  const most = Math.min(left.length, right.length)
  let head = 0
  while (head < most && left[head] === right[head]) head += 1
  let tail = 0
  while (tail < most - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1
  const same = (from: number, to: number) =>
    left.slice(from, to).map((text, index) => {
      const line = from + index + 1
      return { before: line, after: line <= head ? line : line + right.length - left.length, text }
    })
  const lines = [
    ...same(0, head),
    ...left
      .slice(head, left.length - tail)
      .map((text, index) => ({ before: head + index + 1, after: null, text })),
    ...right
      .slice(head, right.length - tail)
      .map((text, index) => ({ before: null, after: head + index + 1, text })),
    ...same(left.length - tail, left.length),
  ]
  const shown = around(lines, head)
  return {
    lines: shown.map((line) => ({ ...line, text: line.text.slice(0, longest) })),
    linesCut: lines.length - shown.length,
  }
}

/** Of a long file what is near to the change. */
function around(lines: Lines['lines'], head: number): Lines['lines'] {
  return lines.length <= most ? lines : lines.slice(Math.max(0, head - 20), head - 20 + most)
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
}

const most = 600
const longest = 500
