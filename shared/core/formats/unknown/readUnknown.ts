// Reads a document that no engine is known for: what is what was said by a person, or is guessed and labelled so.
import type { Run } from '../../../schema/run.ts'
import { clip, evidence } from '../../diagnose/words.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import type { FileSet, FormatContext, FormatGuess, FormatReading } from '../format.ts'
import type { Finding } from '../../integrity/finding.ts'
import { pointer } from '../../../schema/pointer.ts'
import { findingsAt } from '../view/findingAt.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import type { UnknownState } from './asked.ts'
import { recordsOf } from './records.ts'
import { storeDiagnosis } from './storeDiagnosis.ts'
import { stateOf } from './unknownState.ts'
import { versionsGuess, versionsIn } from './versionsIn.ts'

export function readUnknown(set: FileSet, context: FormatContext): FormatReading {
  const own = stateOf(set, context)
  const versions = versionsIn(set, own, context)
  const state = { ...own, guesses: [...own.guesses, ...versionsGuess(versions)] }
  const isMapped = state.mapping !== null
  const isStore = state.run === null && state.runs.length > 0
  return {
    label: labelOf(state),
    version: null,
    isOld: false,
    run: state.run,
    said: state.said,
    findings: repeated(set),
    diagnoses: isStore
      ? [storeDiagnosis(state)]
      : state.run === null || isMapped
        ? []
        : [guessed(state, state.run)],
    points: [...versions, ...state.points],
    items: state.runs.map(({ item, word }) => ({
      item,
      label: word === null ? item : `${item} · ${word}`,
    })),
    history: state.history.map(({ meaning: _meaning, ...event }) => event),
    guesses: [
      ...state.guesses,
      ...(state.derived === null
        ? []
        : [
            {
              field: 'status' as const,
              path: null,
              confidence: 'possible' as const,
              evidence: `No word says it, but ${state.derived}.`,
            },
          ]),
    ],
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

function labelOf({ mapping, run, runs }: UnknownState): string {
  const what =
    run === null && runs.length > 0 ? `Unknown JSON, ${runs.length} runs` : 'Unknown JSON'
  return `${what}, ${mapping === null ? 'guessed' : 'mapped'}`
}

/** [F241] */
function guessed({ guesses, derived, said }: UnknownState, run: Run): Diagnosis {
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

/** [F327] Two programs that read it may read two different things. */
function repeated({ texts, document }: FileSet): readonly Finding[] {
  const text = texts.get(document) ?? ''
  const records = recordsOf(text)
  if (records.kind !== 'one') return []
  const breaches = repeatedKeys(records.root).map((path) => ({
    rule: 'F327',
    severity: 'warning' as const,
    sentence: `${pointer(...path)} stands twice: it is read as the last one says, other programs may take the first.`,
    path,
    remedy: 'Compare the two, and remove the one that is wrong.',
  }))
  return findingsAt(text, records.root, breaches)
}
