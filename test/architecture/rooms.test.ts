import { describe, expect, test } from 'vitest'
import { isAllowed, readRooms, roomOf } from './rooms.ts'
import { readSources } from './source.ts'

const rooms = readRooms()
const sources = readSources(['shared', 'electron', 'renderer'])

describe('rooms', () => {
  test('the table of rooms is found and every source lies in one of them', () => {
    expect(rooms.length).toBeGreaterThan(20)
    expect(
      sources.filter(({ path }) => roomOf(path, rooms) === null).map(({ path }) => path),
    ).toEqual([])
  })

  test('no source imports what its room may not import', () => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const own = roomOf(path, rooms)
      if (own === null) return []
      const isOwn = (target: string): boolean =>
        (own.name.endsWith('/') && target.startsWith(own.name)) || nameOf(target) === nameOf(path)
      return imports
        .filter(({ target }) => !isOwn(target) && !isAllowed(target, own.room.allowed))
        .map(({ target, line }) => `${path}:${line} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  test('no rooms import each other in a circle', () => {
    expect(findCycles(roomGraph())).toEqual([])
  })
})

function roomGraph(): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    const from = nameOf(path)
    for (const { target } of imports) {
      const to = nameOf(target)
      if (from === null || to === null || from === to) continue
      graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  }
  return graph
}

/** The files of a row that names single files are one room. */
function nameOf(path: string): string | null {
  const found = roomOf(path, rooms)
  if (found === null) return null
  return found.name.endsWith('/') ? found.name : `row ${rooms.indexOf(found.room)}`
}

/** Each cycle once, as `a -> b -> a`. */
function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const cycles = new Set<string>()
  const done = new Set<string>()
  const walk = (room: string, path: readonly string[]): void => {
    const at = path.indexOf(room)
    if (at >= 0) cycles.add([...path.slice(at), room].join(' -> '))
    if (at >= 0 || done.has(room)) return
    for (const next of graph.get(room) ?? []) walk(next, [...path, room])
    done.add(room)
  }
  for (const room of graph.keys()) walk(room, [])
  return [...cycles]
}
