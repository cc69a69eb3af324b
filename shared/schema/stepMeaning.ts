// What a definition of a step means where it does not say it in so many words.
import {
  stepKinds,
  type Duration,
  type SideEffects,
  type StepDefinition,
  type StepKind,
} from './workflow.ts'

/** What a step does; null for a kind that only a later version knows. */
export function kindOf(step: Partial<Pick<StepDefinition, StepKind>>): StepKind | null {
  return stepKinds.find((kind) => step[kind] !== undefined) ?? null
}

/**
 * What a step may change outside. Where it states nothing: `external` for commands, modules, functions and HTTP calls that
 * change something, `none` for the rest (a child run answers for its own steps).
 */
export function effectiveSideEffects(step: StepDefinition): SideEffects {
  if (step.sideEffects !== undefined) return step.sideEffects
  const kind = kindOf(step)
  if (kind === 'wait' || kind === 'gate' || kind === 'workflow') return 'none'
  const { http } = step
  if (http === undefined) return 'external'
  const method = typeof http === 'string' ? 'GET' : (http.method ?? 'GET')
  return readingMethods.has(method) ? 'none' : 'external'
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** False for a step of a kind that only a later version knows. */
export function isRunnable(step: Partial<Pick<StepDefinition, StepKind>>): boolean {
  return kindOf(step) !== null
}

/** Milliseconds of a duration. */
export function durationMs(duration: Duration): number {
  if (typeof duration === 'number') return duration * 1000
  const unit = duration.replace(/^[\d.]+/, '')
  return Number.parseFloat(duration) * (unitMs[unit] ?? 1000)
}

const unitMs: { readonly [unit: string]: number } = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 }
