/** What a text that is no JSON looks like by its first lines; null where it begins as JSON does, or looks like nothing known. */
export function lookOf(text: string): string | null {
  const start = text.slice(0, 4096).trimStart()
  if (start === '' || /^[{["]/.test(start)) return null
  if (/^<(?:!doctype|[a-z?])/i.test(start)) return /^<\?xml/i.test(start) ? 'XML' : 'a page (HTML)'
  const lines = start.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [first = '', second = ''] = lines
  if (isTable(first, second)) return 'a table (CSV)'
  if (lines.length > 1 && /^(?:\d{4}-\d\d-\d\d[T ]|\w{3} \d)/.test(first)) return 'lines of a log'
  const isYaml = lines.length > 1 && /^(?:---|%YAML|[\w"'.-]+:(?:\s|$))/.test(first)
  return isYaml ? 'YAML' : null
}

/** Two lines with as many separators. */
function isTable(first: string, second: string): boolean {
  return [',', ';', '\t'].some((separator) => {
    const columns = first.split(separator).length
    return columns > 1 && second.split(separator).length === columns
  })
}
