// A document and edits of it, so that it is known in how many steps one value becomes the other.
import * as fc from 'fast-check'
import type { Json } from '../../shared/schema/json.ts'

export type Edits = {
  readonly seed: Json
  /** What each edit does and where: numbers that choose among what there is. */
  readonly steps: readonly (readonly [kind: number, place: number, index: number, to: number])[]
}

const key = fc.constantFrom(
  '',
  '0',
  'a',
  'id',
  'name',
  'a/b',
  'm~n',
  '__proto__',
  'š🚀',
  'toString',
)
const scalar = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -0,
    '',
    '0',
    'a',
    1e308,
    5e-324,
    2 ** 53 + 2,
    '\ud800',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 12 }),
)

/** Entries, so that `__proto__` becomes an own key. */
function record(value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 5, selector: ([name]) => name })
    .map((entries): Json => Object.fromEntries(entries))
}

/** Items that each have an id of their own. */
function keyed(value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .array(value, { maxLength: 6 })
    .map((items): Json => items.map((inside, index) => ({ id: `i${index}`, inside })))
}

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 6 }),
    record(tie('json')),
    keyed(tie('json')),
  ),
}))

export const arbitraryEdits: fc.Arbitrary<Edits> = fc.record({
  seed: fc.tuple(json, json, keyed(json)).map((parts): Json => [...parts]),
  steps: fc.array(fc.tuple(fc.nat(5), fc.nat(1000), fc.nat(1000), fc.nat(1000)), { maxLength: 6 }),
})

type Open = Json[] | Record<string, Json>

/** The document, the document after the edits, and how many of them found something to do. */
export function editedPair({ seed, steps }: Edits) {
  const after = structuredCopy(seed)
  let made = 0
  for (const [number, step] of steps.entries()) if (editOnce(after, step, number)) made += 1
  return { before: seed, after, made }
}

function structuredCopy(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(structuredCopy)
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, structuredCopy(child)]),
  )
}

/** False where there is nothing that this edit could change. */
function editOnce(root: Json, [kind, place, index, to]: Edits['steps'][number], number: number) {
  const containers = containersOf(root)
  const container = containers[place % containers.length]
  if (container === undefined) return false
  const fresh = `fresh ${number}`
  return Array.isArray(container)
    ? editList(container, { kind, index, to, fresh })
    : editRecord(container, { kind, index, fresh })
}

/** The lists and records inside; the outermost list stays as it is. */
function containersOf(root: Json): readonly Open[] {
  const found: Open[] = []
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    found.push(value as Open) // a copy that nobody else holds
    for (const child of Object.values(value)) visit(child)
  }
  if (Array.isArray(root)) root.forEach(visit)
  return found
}

type ListEdit = { kind: number; index: number; to: number; fresh: string }

function editList(list: Json[], { kind, index, to, fresh }: ListEdit): boolean {
  const item = isKeyed(list) ? { id: fresh, inside: fresh } : fresh
  const at = index % Math.max(1, list.length)
  if (kind === 0) list.splice(index % (list.length + 1), 0, item)
  else if (list.length === 0) return false
  else if (kind === 1) list.splice(at, 1)
  else if (kind === 2) list.splice(to % list.length, 0, ...list.splice(at, 1))
  else if (isScalar(list[at])) list[at] = fresh
  else return false
  return true
}

function editRecord(
  record_: Record<string, Json>,
  { kind, index, fresh }: Omit<ListEdit, 'to'>,
): boolean {
  const names = Object.keys(record_)
  const name = names[index % Math.max(1, names.length)]
  if (kind === 0) record_[fresh] = fresh
  else if (name === undefined || name === 'id') return false
  else if (kind === 1) delete record_[name]
  else if (isScalar(Object.getOwnPropertyDescriptor(record_, name)?.value)) {
    Object.defineProperty(record_, name, { value: fresh })
  } else return false
  return true
}

function isKeyed(list: readonly Json[]): boolean {
  const ids = list.map((item) =>
    typeof item === 'object' && item !== null && 'id' in item ? item.id : null,
  )
  return ids.length > 0 && ids.every((id) => typeof id === 'string')
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
