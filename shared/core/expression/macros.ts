import { assertNever } from '../../assert.ts'
import { spend } from './budget.ts'
import { ExpressionFailure, fail } from './failure.ts'
import { isList, isMap, kindOfValue, make, read, type Value, type Work } from './values.ts'

const macroNames = ['all', 'exists', 'exists_one', 'map', 'filter'] as const
export type Macro = (typeof macroNames)[number]

/** Methods whose first argument names each item, and whose others are evaluated for each. */
export function isMacro(name: string): name is Macro {
  return macroNames.some((macro) => macro === name)
}

export type MacroCall = {
  readonly value: Value
  /** Whether the condition holds for an item. */
  readonly holds: (item: Value) => boolean
  /** What `map` makes of an item. */
  readonly transform: (item: Value) => Value
  /** `map` with three arguments takes only items for which the condition holds. */
  readonly isFiltered: boolean
}

export function applyMacro(macro: Macro, call: MacroCall, work: Work): Value {
  const items = itemsOf(call.value)
  spend(work.budget, items.length)
  switch (macro) {
    case 'all':
      return !isDecided(items, (item) => !call.holds(item))
    case 'exists':
      return isDecided(items, call.holds)
    case 'exists_one':
      return items.filter(call.holds).length === 1
    case 'filter':
      return make(work, items.filter(call.holds))
    case 'map': {
      const kept = call.isFiltered ? items.filter(call.holds) : items
      return make(work, kept.map(call.transform))
    }
    default:
      return assertNever(macro)
  }
}

/** The items of a list, the keys of a map. */
function itemsOf(value: Value): readonly Value[] {
  if (isList(value)) return value.map(read)
  if (isMap(value)) return Object.keys(value)
  return fail(`it needs a list or a map, not ${kindOfValue(value)}.`)
}

/** True when one item decides, also when others fail. */
function isDecided(items: readonly Value[], decides: (item: Value) => boolean): boolean {
  let failure: ExpressionFailure | null = null
  for (const item of items) {
    try {
      if (decides(item)) return true
    } catch (error) {
      if (!(error instanceof ExpressionFailure)) throw error
      failure ??= error
    }
  }
  if (failure !== null) throw failure
  return false
}
