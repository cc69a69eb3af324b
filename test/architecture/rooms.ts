// The table of rooms in docs/architecture.md, as rules.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source.ts'

export type Room = {
  /** Matches the paths of the room; its match is the room's own name, one for each `<name>`. */
  readonly pattern: RegExp
  readonly allowed: readonly string[]
}

export function readRooms(): readonly Room[] {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  return rows.map((row) => {
    const [, places = '', , allowed = ''] = row.split(' | ').flatMap(cellsOf)
    return { pattern: patternOf(codes(places)), allowed: codes(allowed) }
  })
}

/** The name of the room that a path lies in, by the longest match; null when the table has none. */
export function roomOf(path: string, rooms: readonly Room[]): { name: string; room: Room } | null {
  const matches = rooms.flatMap((room) => {
    const name = room.pattern.exec(path)?.[0]
    return name === undefined ? [] : [{ name, room }]
  })
  return matches.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null
}

export function isAllowed(target: string, allowed: readonly string[]): boolean {
  return allowed.some((one) =>
    /[:/]$/.test(one) ? target.startsWith(one) : target === one || target.startsWith(`${one}/`),
  )
}

function cellsOf(cell: string, index: number): readonly string[] {
  const bare = cell.replace(/^\| | \|$/g, '').trim()
  return index === 0 ? ['', bare] : [bare]
}

/** What stands in backticks, with `{a,b}` spelt out. */
function codes(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap((match) => expand(match[1] ?? ''))
}

function expand(text: string): readonly string[] {
  const [whole, before = '', inside = '', after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(text) ?? []
  if (whole === undefined) return [text]
  return inside.split(',').flatMap((part) => expand(before + part + after))
}

function patternOf(places: readonly string[]): RegExp {
  const escaped = places.map((place) =>
    place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('<name>', '[^/]+'),
  )
  return new RegExp(`^(?:${escaped.map((one) => (one.endsWith('/') ? one : `${one}$`)).join('|')})`)
}
