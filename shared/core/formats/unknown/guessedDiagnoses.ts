import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import { clip, evidence } from '../../diagnose/words.ts'
import type { Finding } from '../../integrity/finding.ts'
import type { Run } from '../../../schema/run.ts'
import type { FormatGuess } from '../format.ts'
import type { UnknownState } from './asked.ts'

/** A state in which a run is seen. */
type ReadState = UnknownState & { readonly run: Run }

/** Why a run that was guessed does not move, and first that its status is not certain where it stands twice. */
export function guessedDiagnoses(
  state: ReadState,
  findings: readonly Finding[],
): readonly Diagnosis[] {
  const status = state.guesses.find(({ field }) => field === 'status')?.path ?? null
  const twice = findings.filter(({ rule, pointer }) => rule === 'F327' && pointer === status)
  return [...twice.map(uncertain), ...(state.mapping === null ? [guessed(state)] : [])]
}

/** [F327] */
function uncertain({ rule, sentence, line, column }: Finding): Diagnosis {
  return {
    rule,
    severity: 'attention',
    sentence: clip(sentence),
    evidence: evidence(['Place', line === null ? null : `line ${line}, column ${column ?? 1}`]),
    action: { kind: 'openRun', label: 'Look at its bytes', step: null },
    step: null,
  }
}

/** What decides how it is read; the inspector has all of it. */
const told: readonly (readonly [FormatGuess['field'], string])[] = [
  ['status', 'Status'],
  ['steps', 'Steps'],
  ['current', 'Current step'],
  ['versions', 'Versions'],
]

function placed({ path, confidence, evidence: why }: FormatGuess): string {
  return path === null ? why : `${path} (${confidence}): ${why}`
}

/** [F241] */
function guessed({ guesses, derived, said, run }: ReadState): Diagnosis {
  const status = said.status ?? run.status
  const why = run.error === null ? '' : `: ${run.error.message}`
  return {
    rule: 'F241',
    severity:
      run.status === 'failed'
        ? 'stuck'
        : run.status === 'completed' || run.status === 'cancelled'
          ? 'resting'
          : 'attention',
    sentence: clip(`Guessed: ${status}${why}${why.endsWith('.') || why.endsWith('?') ? '' : '.'}`),
    evidence: evidence(
      ['Status', derived === null ? null : `No word says it, but ${derived}.`],
      ...told.flatMap(([field, label]) =>
        guesses
          .filter((one) => one.field === field)
          .map((one): [string, string] => [label, placed(one)]),
      ),
    ),
    action: { kind: 'map', label: 'Say what is what…', step: null },
    step: null,
  }
}
