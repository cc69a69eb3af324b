/** Items in the order of a key that each has for itself. Adding and removing take a binary search. */
export type SortedList<Key, T extends Key> = {
  add(item: T): void
  /** No effect when it is not there. */
  remove(item: T): void
  size(): number
  /** The item at a place, counted from 0. */
  at(place: number): T | undefined
  /** The first items, at most this many. */
  first(limit: number): readonly T[]
  /** The first item that does not stand before this place. */
  after(place: Key): T | undefined
  /** How many stand before this place. */
  countBefore(place: Key): number
}

export function createSortedList<Key, T extends Key>(
  compare: (a: Key, b: Key) => number,
): SortedList<Key, T> {
  const items: T[] = []
  return {
    add(item) {
      items.splice(placeOf(item), 0, item)
    },
    remove(item) {
      const place = placeOf(item)
      const found = items[place]
      if (found !== undefined && compare(found, item) === 0) items.splice(place, 1)
    },
    size: () => items.length,
    at: (place) => items[place],
    first: (limit) => items.slice(0, limit),
    after: (place) => items[placeOf(place)],
    countBefore: placeOf,
  }

  /** Where an item is, or would stand. */
  function placeOf(item: Key): number {
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = items[middle]
      if (other !== undefined && compare(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
