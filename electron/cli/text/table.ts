import { stripVTControlCharacters } from 'node:util'

/** Rows as lines with aligned columns, two spaces apart; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  )
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
    return cells.join('  ').trimEnd()
  })
}

export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

/** A heading and what is below it; nothing when there is nothing below. */
export function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...indented(lines)]
}

function width(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length
}
