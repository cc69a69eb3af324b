import { ownValue, type Json } from '../../schema/json.ts'
import { Run, StepState } from '../../schema/run.ts'
import { isRecord } from '../diff/jsonShape.ts'
import type { Candidate } from './candidate.ts'
import { salvage } from './salvage/salvage.ts'

/** [R77] What a head says that is no JSON any more: the values before its damage, never chosen by itself. */
export function salvagedHead(
  text: string,
  { document, seq }: { readonly document: string; readonly seq: number },
): readonly Candidate[] {
  const { text: certain, kind } = salvage(text)
  if (kind === 'whole' || certain === '') return []
  const value = JSON.parse(certain) as Json // a salvaged text is JSON, whatever it was made of
  const said = isRecord(value) ? ownValue(value, 'run') : undefined
  if (said === undefined || !isRecord(said)) return []
  const { run, unread } = completed(said, seq)
  const sentence =
    run === null
      ? `What can be read of the broken head of ${document} is too little for a run: it says ${Object.keys(said).join(', ')}.`
      : `What can be read of the broken head${unread.length === 0 ? '' : `, without ${unread.join(', ')}`}.`
  return [{ id: 'salvage', kind: 'salvage', sentence, run, confidence: 'untrusted' }]
}

/** The parts that stand last in a head may be empty; without those before them nothing can be told of a run. */
function completed(
  said: { readonly [key: string]: Json },
  seq: number,
): { readonly run: Run | null; readonly unread: readonly string[] } {
  const unread = Object.keys(ends).filter((key) => !Object.hasOwn(said, key))
  const steps = ownValue(said, 'steps')
  const whole = steps !== undefined && isRecord(steps) ? Object.entries(steps) : []
  const kept = whole.filter(([, state]) => StepState.safeParse(state).success)
  const cut = whole.filter(([, state]) => !StepState.safeParse(state).success)
  const journal = ownValue(said, 'journal') ?? { seq, sum: '' }
  const parsed = Run.safeParse({ ...ends, journal, ...said, steps: Object.fromEntries(kept) })
  return {
    run: parsed.success ? parsed.data : null,
    unread: [...cut.map(([step]) => `the step ${step}`), ...unread],
  }
}

const ends = {
  checkpoints: [],
  decisions: [],
  lineage: null,
  annotations: { colour: null, note: null, pinned: false, tags: [] },
} as const
