/**
 * Lays JSON text out over lines without reading it: every number, string and escape keeps its very characters. Text that
 * is cut off is laid out as far as it goes.
 */
export function indentJson(text: string): string {
  let depth = 0
  const parts = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs) ?? []
  const out = parts.map((part, index) => {
    if (part === '{' || part === '[') {
      if (isClosing(parts[index + 1])) return part
      depth += 1
      return `${part}${line(depth)}`
    }
    if (isClosing(part)) {
      const previous = parts[index - 1]
      if (previous === '{' || previous === '[') return part
      depth = Math.max(0, depth - 1)
      return `${line(depth)}${part}`
    }
    if (part === ',') return `,${line(depth)}`
    return part === ':' ? ': ' : part
  })
  return out.join('')
}

function isClosing(part: string | undefined): boolean {
  return part === '}' || part === ']'
}

function line(depth: number): string {
  return `\n${'  '.repeat(depth)}`
}
