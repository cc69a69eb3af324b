/** How a value is laid out: which keys come first, what stands on a line of its own, and the same for what is inside. */
export type Layout = {
  /** Keys in their order; others follow, sorted. Absent: keys keep the order they have. */
  readonly keys?: readonly string[]
  /** Each child stands on a line of its own. */
  readonly lines?: boolean
  readonly of?: { readonly [key: string]: Layout }
  readonly each?: Layout
}

/** Arrays whose text is longer have one item a line. */
const longArray = 1000
const plain: Layout = {}

/** The one text of a value: equal values have equal bytes, and `-0`, lone surrogates and any key survive. */
export function writeCanonical(value: unknown, layout: Layout = plain): string {
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'null')
  }
  if (layout === plain) return writePlain(value, 0)
  return Array.isArray(value) ? writeArray(value, layout) : writeObject(value, layout)
}

/** As `writeCanonical`, with pauses between what stands on lines of its own. */
export function* writeCanonicalSteps(
  value: unknown,
  layout: Layout,
): Generator<void, string, void> {
  if (typeof value !== 'object' || value === null || layout.lines !== true)
    return writeCanonical(value, layout)
  const isList = Array.isArray(value)
  const texts: string[] = []
  for (const { start, child, inner } of isList ? itemsOf(value, layout) : pairsOf(value, layout)) {
    if (texts.length % linesAtOnce === 0) yield
    texts.push(`${start}${yield* writeCanonicalSteps(child, inner)}`)
  }
  return isList ? joinItems(texts, true) : joinObject(texts, true)
}

const linesAtOnce = 50

/** Levels at which the built-in writer is tried: trying at each would cost the depth times the size. */
const maxTries = 6
/** Where the built-in writer may have lost the sign of a `-0`. */
const zeroPattern = /(?:^|[:,[])0(?:$|[,\]}])/

/** As `writeCanonical`, by the built-in writer wherever it gives the same text: it is six times as fast. */
function writePlain(value: unknown, tries: number): string {
  if (typeof value !== 'object' || value === null) return writeCanonical(value)
  if (tries < maxTries) {
    const text = JSON.stringify(value)
    if (text.length <= longArray && !zeroPattern.test(text)) return text
  }
  const write = (child: unknown) => writePlain(child, tries + 1)
  if (Array.isArray(value)) return joinItems(value.map(write), false)
  const entries = Object.entries(value).filter(isPresent)
  return joinPairs(entries.map(([key, child]) => `${JSON.stringify(key)}:${write(child)}`))
}

function writeArray(items: readonly unknown[], layout: Layout): string {
  return joinItems(itemsOf(items, layout).map(writePart), layout.lines === true)
}

/** A child with what stands before it and how it is laid out. */
type Part = { readonly start: string; readonly child: unknown; readonly inner: Layout }

function writePart({ start, child, inner }: Part): string {
  return `${start}${writeCanonical(child, inner)}`
}

function itemsOf(items: readonly unknown[], { each = plain }: Layout): readonly Part[] {
  return items.map((child) => ({ start: '', child, inner: each }))
}

function joinItems(texts: readonly string[], lines: boolean): string {
  const length = texts.reduce((sum, text) => sum + text.length + 1, 1)
  return texts.length > 0 && (lines || length > longArray)
    ? `[\n${texts.join(',\n')}\n]`
    : `[${texts.join(',')}]`
}

function writeObject(value: object, layout: Layout): string {
  return joinObject(pairsOf(value, layout).map(writePart), layout.lines === true)
}

function pairsOf(value: object, layout: Layout): readonly Part[] {
  const { lines = false, each, of = {}, keys } = layout
  const colon = lines ? ': ' : ':'
  return orderEntries(Object.entries(value).filter(isPresent), keys).map(([key, child]) => {
    const inner = each ?? (Object.hasOwn(of, key) ? (of[key] ?? plain) : plain)
    return { start: `${JSON.stringify(key)}${colon}`, child, inner }
  })
}

function joinObject(texts: readonly string[], lines: boolean): string {
  return lines && texts.length > 0 ? `{\n${texts.join(',\n')}\n}` : joinPairs(texts)
}

function joinPairs(texts: readonly string[]): string {
  return `{${texts.join(',')}}`
}

type Entry = readonly [key: string, child: unknown]

function isPresent([, child]: Entry): boolean {
  return child !== undefined
}

function orderEntries(
  entries: readonly Entry[],
  keys: readonly string[] | undefined,
): readonly Entry[] {
  if (keys === undefined) return entries
  const isInOrder = entries.every(([key], index) => key === keys[index])
  if (isInOrder) return entries
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length)
  return entries.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
}
