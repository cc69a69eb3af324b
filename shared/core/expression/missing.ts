import type { ASTNode } from '@marcbachmann/cel-js'
import { nearest } from '../../schema/nearest.ts'
import { shown } from './functions.ts'
import { isList, isMap, kindOfValue, type Value } from './values.ts'

/** The text of a node as it was written. */
export function sourceOf(node: ASTNode): string {
  return node.input.slice(node.start, node.end).trim()
}

/** Why there is nothing under a key, and what may have been meant. `source`: what the container is called; null: the scope. */
export function explainMissing(
  container: Value,
  { source, key }: { readonly source: string | null; readonly key: Value },
): string {
  if (isList(container)) return explainIndex(container, source ?? '', key)
  if (!isMap(container)) {
    const what = container === null ? 'null' : kindOfValue(container)
    return `\`${source}\` is ${what}, so it has no ${nameOf(key)}.`
  }
  const keys = Object.keys(container)
  const meant = typeof key === 'string' ? nearest(key, keys) : null
  const hint = meant === null ? listOf(keys) : `; did you mean \`${meant}\`?`
  if (source === 'steps') return `there is no step ${nameOf(key)}${hint}`
  if (source === null) return `there is no ${nameOf(key)} here${hint}`
  return `\`${placeOf(source, key)}\`: ${ownerOf(source)} has no ${nameOf(key)}${hint}`
}

function explainIndex(list: readonly Value[], source: string, key: Value): string {
  const items = list.length === 1 ? '1 item' : `${list.length} items`
  if (typeof key === 'bigint' || typeof key === 'number')
    return `\`${source}\` has ${items}, so none at ${key}; the first is at 0.`
  return `\`${source}\` is a list, so it has no ${nameOf(key)}; write \`${source}[0]\` for its first item.`
}

function nameOf(key: Value): string {
  return typeof key === 'string' ? `\`${key}\`` : shown(key)
}

function placeOf(source: string, key: Value): string {
  if (typeof key !== 'string') return source
  return /^[A-Za-z_]\w*$/.test(key) ? `${source}.${key}` : `${source}[${JSON.stringify(key)}]`
}

/** What people call the thing: `steps.build` is the step `build`. */
function ownerOf(source: string): string {
  const step = /^steps(?:\.(\w+)|\[["']([^"'\\]+)["']\])$/.exec(source)
  if (step !== null) return `step \`${step[1] ?? step[2]}\``
  if (source === 'inputs') return 'the workflow'
  return `\`${source}\``
}

function listOf(keys: readonly string[]): string {
  if (keys.length === 0) return '; it is empty.'
  const shownKeys = keys.slice(0, 8).map((key) => (key.length > 40 ? `${key.slice(0, 39)}…` : key))
  return `; it has ${shownKeys.join(', ')}${keys.length > 8 ? ', …' : ''}.`
}
