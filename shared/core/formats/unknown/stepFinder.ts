import { numberOf, stringOf, type TextNode } from '../text/parseText.ts'
import { wordAt } from './records.ts'
import { nameRank } from './names.ts'
import type { Item } from './items.ts'

/** The place of the step that a word names; null where it names none, or more than one. */
export type StepFinder = (word: string) => number | null

/** A step is named by its id, by its key, or by what else in it names it, the first of these that fits. */
export function stepFinder(items: readonly Item[], idPath: string | null): StepFinder {
  const places = [
    items.map(({ node }) => [wordAt(node, idPath)]),
    items.map(({ key, isIndex }) => [isIndex ? null : key]),
    items.map(({ node }) => namesIn(node)),
  ].map(placesOf)
  return (word) => {
    const found = places.find((one) => one.has(word))?.get(word)
    return found ?? null
  }
}

/** By word; null where two steps have it. */
function placesOf(
  words: readonly (readonly (string | null)[])[],
): ReadonlyMap<string, number | null> {
  const places = new Map<string, number | null>()
  for (const [index, own] of words.entries())
    for (const word of new Set(own))
      if (word !== null) places.set(word, places.has(word) ? null : index)
  return places
}

function namesIn(node: TextNode): readonly (string | null)[] {
  if (node.kind !== 'object') return []
  return node.members
    .filter(({ key }) => nameRank('stepId', key) !== null)
    .map(({ value }) => wordOf(value))
}

/** A text or a number as it is written; null for anything else. */
export function wordOf(node: TextNode | null): string | null {
  if (node?.kind !== 'scalar') return null
  return stringOf(node) ?? (numberOf(node) === null ? null : node.lexeme)
}

/**
 * The words of a value that names steps: a word, a list of them, or of objects that have one under a name for it
 * (`{ "id": "a" }`). Texts such as `a, b` are taken apart.
 */
export function namedIn(node: TextNode | null): readonly string[] {
  if (node === null) return []
  if (node.kind === 'array') return node.items.slice(0, mostNames).flatMap(nameOf)
  const word = wordOf(node)
  return word === null ? [] : word.split(',').flatMap((part) => part.trim() || [])
}

const mostNames = 1000

function nameOf(node: TextNode): readonly string[] {
  const own = wordOf(node)
  if (own !== null) return [own]
  const [first] = namesIn(node).flatMap((word) => word ?? [])
  return first === undefined ? [] : [first]
}
