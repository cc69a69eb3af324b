import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import { clip, evidence } from '../../diagnose/words.ts'
import type { TextNode } from '../text/parseText.ts'
import type { FormatContext } from '../format.ts'
import { table, textOf, type Store } from './storeDocument.ts'
import { storeDiagnoses } from './storeDiagnoses.ts'
import { labelOf, storeView } from './storeView.ts'

/** More are counted by their words, and not looked into. */
const mostLookedInto = 20

/**
 * [F284] What a store of several runs says of them: how many there are and how many do not move by themselves, then the reason of
 * each of those, the newest first.
 */
export function runsDiagnoses(store: Store, context: FormatContext): readonly Diagnosis[] {
  const runs = [...table(store, 'workflow_runs')]
  const open = runs.filter(([, run]) => textOf(run, 'status') !== 'success').toReversed()
  const reasons = open
    .slice(0, mostLookedInto)
    .flatMap((entry) => reasonOf(store, entry, context) ?? [])
    .toSorted((one, other) => rankOf(one) - rankOf(other))
  const [first] = reasons
  return [
    summary(runs.length, { reasons, notSeen: open.length - mostLookedInto, first }),
    ...reasons,
  ]
}

function reasonOf(
  store: Store,
  [item, record]: readonly [string, TextNode],
  context: FormatContext,
): Diagnosis | null {
  const run = storeView(store, item, context.now)
  const [first] = run === null ? [] : storeDiagnoses({ store, item, run, context })
  if (first === undefined || rankOf(first) > 1) return null
  return {
    ...first,
    rule: 'F284',
    sentence: `${labelOf(store, record, item)}: ${first.sentence}`,
    action: { kind: 'openRun', label: `Open run ${item}`, step: null, run: item },
    step: null,
  }
}

type Counted = {
  readonly reasons: readonly Diagnosis[]
  readonly notSeen: number
  readonly first: Diagnosis | undefined
}

function summary(count: number, { reasons, notSeen, first }: Counted): Diagnosis {
  const stuck = reasons.filter(({ severity }) => severity === 'stuck').length
  const others = reasons.length - stuck
  const said = [
    ...(stuck > 0 ? [`${stuck} stuck`] : []),
    ...(others > 0 ? [`${others} to look at`] : []),
    ...(notSeen > 0 ? [`${notSeen} more that are not done`] : []),
  ]
  const words = said.length === 0 ? 'none of them needs anybody' : said.join(', ')
  return {
    rule: 'F284',
    severity: first?.severity ?? (notSeen > 0 ? 'attention' : 'resting'),
    sentence: clip(
      first === undefined
        ? `${count} runs: ${words}.`
        : `${count} runs: ${words}. ${first.sentence}`,
    ),
    evidence: evidence(['Runs', String(count)], ['Not done', words]),
    action: first?.action ?? { kind: 'none', label: '', step: null },
    step: null,
  }
}

function rankOf({ severity }: Diagnosis): number {
  return ['stuck', 'attention', 'moving', 'resting'].indexOf(severity)
}
