import type { Json } from '../../schema/json.ts'
import { definedKeys, isList, isRecord, type JsonList } from './jsonShape.ts'

/** Gives equal JSON values equal numbers and different ones different numbers. */
interface Numbering {
  /** One number an item; null once the budget of nodes is used up. */
  numbersOf(items: JsonList): readonly number[] | null
  cost(): number
}

export function createNumbering(budget: number): Numbering {
  const numbers = new Map<string, number>()
  let spent = 0

  /** A value is spelt with the numbers of its parts, so that no text grows with depth. */
  function numberOf(value: Json, depth: number): number {
    spent += 1
    if (depth > maxDepth) spent = Number.POSITIVE_INFINITY
    if (spent > budget) return -1
    const text = isList(value)
      ? `[${value.map((item) => numberOf(item, depth + 1)).join()}`
      : isRecord(value)
        ? `{${definedKeys(value)
            .toSorted()
            .map((key) => `${JSON.stringify(key)}:${numberOf(value[key] ?? null, depth + 1)}`)
            .join()}`
        : Object.is(value, -0)
          ? '-0'
          : JSON.stringify(value)
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }

  return {
    numbersOf(items) {
      const found: number[] = []
      for (const item of items) {
        found.push(numberOf(item, 0))
        if (spent > budget) return null
      }
      return found
    },
    cost: () => Math.min(spent, budget),
  }
}

const maxDepth = 1000
