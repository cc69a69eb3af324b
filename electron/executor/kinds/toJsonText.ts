/**
 * The JSON text of what a function returned, or why it has none. What `JSON.stringify` would change in silence (a Map becomes
 * `{}`, a NaN null) is a problem; properties without a value are left out, and `toJSON` counts, as a Date has it.
 */
export function toJsonText(
  value: unknown,
): { readonly text: string } | { readonly problem: string } {
  if (value === undefined) return { text: 'null' }
  const problem = findProblem(value, { path: '', within: [] })
  return problem === null ? { text: JSON.stringify(value) } : { problem }
}

type Place = { readonly path: string; readonly within: readonly object[] }

function findProblem(value: unknown, place: Place): string | null {
  const at = place.path === '' ? 'it' : `it holds at ${place.path.slice(0, 200)}`
  const say = (what: string): string => (place.path === '' ? `it is ${what}` : `${at} ${what}`)
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) ? null : say(`the number ${value}`)
    case 'object':
      return value === null ? null : findProblemIn(value, place, say)
    case 'undefined':
      return say('undefined in a list')
    default:
      return say(`a ${typeof value}`)
  }
}

function findProblemIn(
  value: object,
  { path, within }: Place,
  say: (what: string) => string,
): string | null {
  if (within.includes(value)) return say('a value that holds itself')
  if (within.length >= deepest) return say(`a value that is deeper than ${deepest} levels`)
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const made: unknown = value.toJSON(path)
    return made === value ? null : findProblem(made, { path, within: [...within, value] })
  }
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (tag !== 'Object' && tag !== 'Array') return say(`a ${tag}`)
  const inside = [...within, value]
  for (const [key, one] of Object.entries(value)) {
    const isLeftOut = one === undefined && tag === 'Object'
    const problem = isLeftOut ? null : findProblem(one, { path: `${path}/${key}`, within: inside })
    if (problem !== null) return problem
  }
  return null
}

/** No deeper than what a run can hold. */
const deepest = 1000
