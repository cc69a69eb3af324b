import { runStatuses, type RunStatus } from '../../../schema/run.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import { clip, evidence } from '../../diagnose/words.ts'
import type { UnknownState } from './asked.ts'
import { meaningOf } from './words.ts'

/** [F322] How many runs there are in a document, and how many of them do not move. */
export function storeDiagnosis({ runs, mapping, guesses }: UnknownState): Diagnosis {
  const counts = new Map<RunStatus | 'unknown', number>()
  for (const { word } of runs) {
    const status = (word === null ? null : meaningOf(word, mapping?.words ?? {})) ?? 'unknown'
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  const told = [...worstFirst, 'unknown' as const].flatMap((status) => {
    const count = counts.get(status) ?? 0
    return count === 0 ? [] : [`${count} ${status === 'unknown' ? 'of unknown status' : status}`]
  })
  const isOver = runs.length === (counts.get('completed') ?? 0) + (counts.get('cancelled') ?? 0)
  const [list] = guesses
  return {
    rule: 'F322',
    severity: counts.has('failed') ? 'stuck' : isOver ? 'resting' : 'attention',
    sentence: clip(
      `${mapping === null ? 'Guessed: ' : ''}${runs.length} runs in one document: ${told.join(', ')}.`,
    ),
    evidence: evidence([
      'runs',
      list === undefined ? null : `${list.path ?? ''} (${list.confidence}): ${list.evidence}`,
    ]),
    action: { kind: 'map', label: 'Say what is what…', step: null },
    step: null,
  }
}

const worstFirst: readonly RunStatus[] = [
  'failed',
  ...runStatuses.filter((status) => status !== 'failed' && status !== 'completed'),
  'completed',
]
