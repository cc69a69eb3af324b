import type { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { splitItem } from './itemsOf.ts'
import { definitionInUse, type MissingFile, type ResumeInput } from './resumeInput.ts'
import type { ResumeNote, ResumeStep } from './resumePlan.ts'

type Missing = MissingFile & { readonly step: StepId }

/** [S39] What a step needs that begins at once, and that is not there: a problem, each file once. */
export function missingAtOnce(input: ResumeInput, rows: readonly ResumeStep[]): readonly string[] {
  return byFile(missingOf(input, rows).atOnce).map(
    ({ what, path, steps }) =>
      `The ${what} ${path} of ${some(steps)} does not exist. Put it back, or correct the definition and use it as it is now.`,
  )
}

/** [S39] What a step needs behind one that runs: that one may make it. */
export function afterOthers(
  input: ResumeInput,
  rows: readonly ResumeStep[],
): readonly ResumeNote[] {
  return byFile(missingOf(input, rows).later).map(({ what, path, steps }) => ({
    about: 'file',
    sentence: `The ${what} ${path} of ${some(steps)} does not exist yet. A step before it has to make it.`,
  }))
}

function missingOf(
  input: ResumeInput,
  rows: readonly ResumeStep[],
): { readonly atOnce: readonly Missing[]; readonly later: readonly Missing[] } {
  const missing = input.missingFiles ?? {}
  if (Object.keys(missing).length === 0) return { atOnce: [], later: [] }
  const definitions = definitionInUse(input)?.steps ?? {}
  const running = rows.filter(({ action }) => action === 'run')
  const moving = new Set<string>(
    rows.flatMap(({ step, action }) => (movingActions.has(action) ? [step] : [])),
  )
  const found = running.flatMap(({ step }) => {
    const { base } = splitItem(step)
    return (ownValue(missing, base) ?? []).map((file) => ({ ...file, step }))
  })
  const waits = (step: string) => {
    const needs = ownValue<StepDefinition>(definitions, splitItem(step).base)?.needs ?? []
    return needs.some((need) => moving.has(need))
  }
  return {
    atOnce: found.filter(({ step }) => !waits(step)),
    later: found.filter(({ step }) => waits(step)),
  }
}

/** What may still make a file. */
const movingActions: ReadonlySet<ResumeStep['action']> = new Set(['run', 'ask', 'adopt', 'await'])

function byFile(
  missing: readonly Missing[],
): readonly (MissingFile & { readonly steps: readonly StepId[] })[] {
  const files = new Map<string, MissingFile & { readonly steps: StepId[] }>()
  for (const { what, path, step } of missing) {
    const key = JSON.stringify([what, path])
    const known = files.get(key)
    if (known === undefined) files.set(key, { what, path, steps: [step] })
    else known.steps.push(step)
  }
  return [...files.values()]
}

function some(steps: readonly StepId[]): string {
  const more = steps.length - mostNamed
  const named = steps.slice(0, mostNamed).join(', ')
  return more > 0 ? `${named} and ${more} more` : named
}

const mostNamed = 5
