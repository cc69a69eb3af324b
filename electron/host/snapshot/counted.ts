/** The first of many, and how many there are: an answer stays small whatever it is about. */
export function counted<Item>(
  items: readonly Item[],
  total = items.length,
): { total: number; shown: Item[] } {
  return { total, shown: items.slice(0, most) }
}

const most = 100
