import { pointer as pointerTo, tokensOf } from '../../shared/schema/pointer.ts'
import type { MappedField } from '../../shared/schema/unknownMapping.ts'

/**
 * What a place in the tree of a document means for a field: of the runs and of the steps every item, of what is said of a step the place in any
 * of them. Null where it means nothing: a value of a step that does not stand among the steps, or of a run
 * that does not stand among the runs.
 */
export function pickPath(
  field: MappedField,
  picked: string,
  at: { readonly steps: string | null; readonly runs: string | null; readonly isLines: boolean },
): string | null {
  const whole = at.isLines ? tokensOf(picked).slice(1) : tokensOf(picked)
  if (field === 'runs') return pickSteps(whole)
  const tokens = at.runs === null ? whole : insideItem(whole, at.runs)
  if (tokens === null) return null
  if (field === 'steps') return pickSteps(tokens)
  return field.startsWith('step') ? pickOfStep(tokens, at.steps) : pointerTo(...tokens)
}

/** What is said of a run begins at the run. Null outside of all runs. */
function insideItem(tokens: readonly string[], runs: string): readonly string[] | null {
  const holder = tokensOf(runs).slice(0, -1)
  const isAmong = holder.every((token, index) => tokens[index] === token)
  return isAmong && tokens.length > holder.length + 1 ? tokens.slice(holder.length + 1) : null
}

function pickSteps(tokens: readonly string[]): string {
  const isItem = isIndex(tokens.at(-1))
  return pointerTo(...(isItem ? tokens.slice(0, -1) : tokens), '*')
}

function pickOfStep(tokens: readonly string[], steps: string | null): string | null {
  const holder = tokensOf(steps ?? '').slice(0, -1)
  const isAmong = steps !== null && holder.every((token, index) => tokens[index] === token)
  if (!isAmong || tokens.length <= holder.length) return null
  const [item, ...rest] = tokens.slice(holder.length)
  // Of a step that is a list of tries the last one counts.
  return pointerTo(...(isIndex(rest[0]) && !isIndex(item) ? rest.slice(1) : rest))
}

function isIndex(token: string | undefined): boolean {
  return token !== undefined && /^\d+$/.test(token)
}
