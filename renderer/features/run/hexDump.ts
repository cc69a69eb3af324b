export const hexRowBytes = 16

/** Rows of sixteen bytes: where they stand, the bytes, and those that are letters. `hex` has two digits a byte. */
export function hexDump(hex: string, start: number): string {
  const bytes = hex.match(/../g) ?? []
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += hexRowBytes) {
    const row = bytes.slice(at, at + hexRowBytes)
    const place = (start + at).toString(16).padStart(8, '0')
    const halves = [row.slice(0, 8).join(' '), row.slice(8).join(' ')]
    rows.push(`${place}  ${halves.join('  ').padEnd(48)}  ${row.map(letterOf).join('')}`)
  }
  return rows.join('\n')
}

function letterOf(byte: string): string {
  const code = Number.parseInt(byte, 16)
  return code >= 0x20 && code < 0x7f ? String.fromCodePoint(code) : '·'
}
