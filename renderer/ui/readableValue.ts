import { indentJson } from './indentJson.ts'

/** A value's JSON text as it is read best: objects over lines, a text of several lines as those lines. */
export function readableValue(json: string): string {
  const text = json.trim()
  if (text.startsWith('{') || text.startsWith('[')) return indentJson(text)
  if (text.startsWith('"') && text.includes(String.raw`\n`)) return decodeString(text)
  return text
}

function decodeString(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text // it was cut in the middle: shown as it stands
  }
}
