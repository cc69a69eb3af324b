import { runStatuses } from '../../../schema/headWords.ts'
import type { RunStatus } from '../../../schema/run.ts'
import type { Diagnosis, DiagnosisAction } from '../../diagnose/diagnosis.ts'
import { clip, evidence } from '../../diagnose/words.ts'
import type { NamedRun, UnknownState } from './asked.ts'
import { meaningOf } from './words.ts'

/** [F322, F364] How many runs there are in a document and how they stand, then each that failed, by its name. */
export function storeDiagnoses(state: UnknownState): readonly Diagnosis[] {
  const failed = state.runs.filter((run) => statusOf(state, run) === 'failed')
  // The only one is named and led to by the sentence itself.
  const told = failed.length > 1 ? failed.slice(0, mostTold) : []
  return [summary(state, failed), ...told.map(failure)]
}

/** More are counted, and found in the list of its runs. */
const mostTold = 20
const mostNamed = 3

function summary(state: UnknownState, failed: readonly NamedRun[]): Diagnosis {
  const { runs, mapping, guesses } = state
  const counts = new Map<RunStatus | 'unknown', number>()
  for (const run of runs) {
    const status = statusOf(state, run)
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  const told = [...worstFirst, 'unknown' as const].flatMap((status) => {
    const count = counts.get(status) ?? 0
    const names = status === 'failed' ? ` (${namesOf(failed)})` : ''
    const word = status === 'unknown' ? 'of unknown status' : status
    return count === 0 ? [] : [`${count} ${word}${names}`]
  })
  const isOver = runs.length === (counts.get('completed') ?? 0) + (counts.get('cancelled') ?? 0)
  const [list] = guesses
  const [first] = failed
  return {
    rule: 'F322',
    severity: first !== undefined ? 'stuck' : isOver ? 'resting' : 'attention',
    sentence: clip(
      `${mapping === null ? 'Guessed: ' : ''}${runs.length} runs in one document: ${told.join(', ')}.`,
    ),
    evidence: evidence([
      'runs',
      list === undefined ? null : `${list.path ?? ''} (${list.confidence}): ${list.evidence}`,
    ]),
    action: first === undefined ? map : openRun(first),
    step: null,
  }
}

function failure(run: NamedRun): Diagnosis {
  return {
    rule: 'F364',
    severity: 'stuck',
    sentence: clip(`${run.item}: ${run.word ?? 'failed'}.`),
    evidence: [],
    action: openRun(run),
    step: null,
  }
}

const map: DiagnosisAction = { kind: 'map', label: 'Say what is what…', step: null }

function openRun({ item }: NamedRun): DiagnosisAction {
  return { kind: 'openRun', label: `Open run ${item}`, step: null, run: item }
}

function statusOf({ mapping }: UnknownState, { word }: NamedRun): RunStatus | 'unknown' {
  return (word === null ? null : meaningOf(word, mapping?.words ?? {})) ?? 'unknown'
}

function namesOf(runs: readonly NamedRun[]): string {
  const named = runs.slice(0, mostNamed).map(({ item }) => item)
  return [...named, ...(runs.length > mostNamed ? ['…'] : [])].join(', ')
}

const worstFirst: readonly RunStatus[] = [
  'failed',
  ...runStatuses.filter((status) => status !== 'failed' && status !== 'completed'),
  'completed',
]
