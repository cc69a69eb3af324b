/**
 * About how many instructions a pattern compiles to, told from its text and rather too many than too few: `(a{1000}){1000}` is
 * known to be too large before anything of that size is made.
 */
export function patternSize(pattern: string): number {
  const opened: number[] = []
  let total = 4
  let last = 0
  for (const [part, counts, min, max] of pattern.matchAll(parts)) {
    if (part.startsWith('(')) {
      opened.push(total)
      total = part === '(' || part.endsWith('>') ? 2 : 0
      last = 0
    } else if (part === ')') {
      last = Math.max(1, total)
      total = last + (opened.pop() ?? 0)
    } else {
      const isRepetition = counts !== undefined || '*+?|'.includes(part)
      const added = isRepetition ? repetitionSize(last, min, max) : atomSize(part)
      last = isRepetition ? last + added : added
      total += added
    }
  }
  return total
}

/** What is read as one: a quotation, an escape, a class, the opening of a group, counts, or a character. */
const parts =
  /\\Q[^]*?(?:\\E|$)|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]?|\((?:\?(?:P?<[^>]*>|[\w-]*:))?|(\{(\d+)(,\d*)?\})|[^]/gu

/** What a repetition adds to the part that it repeats. */
function repetitionSize(last: number, min?: string, max?: string): number {
  if (min === undefined) return 2
  if (max === undefined) return last * Number(min)
  const most = Math.max(Number(min) + 1, Number(max.slice(1)))
  return (last + 1) * most
}

function atomSize(part: string): number {
  if (part.startsWith('\\Q')) return part.length
  const unicodeClasses = part.match(/\\p/gi)?.length ?? 0
  const length = part.startsWith('[') ? Math.ceil(part.length / 8) : 1
  return length + unicodeClasses * unicodeClassSize
}

/** A Unicode class is one instruction of hundreds of ranges. */
const unicodeClassSize = 50
