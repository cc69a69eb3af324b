// Reads a document that no engine is known for: what is what was said by a person, or is guessed and labelled so.
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import type { FileSet, FormatContext, FormatReading } from '../format.ts'
import type { Finding } from '../../integrity/finding.ts'
import { pointer } from '../../../schema/pointer.ts'
import { findingsAt } from '../view/findingAt.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import type { UnknownState } from './asked.ts'
import type { TextNode } from '../text/parseText.ts'
import { guessedDiagnoses } from './guessedDiagnoses.ts'
import { storeDiagnoses } from './storeDiagnoses.ts'
import { stateOf } from './unknownState.ts'
import { versionsGuess, versionsIn } from './versionsIn.ts'
import { textIn } from '../textIn.ts'

export function readUnknown(set: FileSet, context: FormatContext): FormatReading {
  const own = stateOf(set, context)
  const versions = versionsIn(set, own, context)
  const state = { ...own, guesses: [...own.guesses, ...versionsGuess(versions)] }
  const findings = repeated(textIn(set, set.document), state.root)
  return {
    label: labelOf(state),
    version: null,
    isOld: false,
    run: state.run,
    said: state.said,
    findings,
    diagnoses: diagnosesOf(state, findings),
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

function diagnosesOf(state: UnknownState, findings: readonly Finding[]): readonly Diagnosis[] {
  const { run, runs } = state
  if (run !== null) return guessedDiagnoses({ ...state, run }, findings)
  return runs.length > 0 ? storeDiagnoses(state) : []
}

function labelOf({ mapping, run, runs }: UnknownState): string {
  const what =
    run === null && runs.length > 0 ? `Unknown JSON, ${runs.length} runs` : 'Unknown JSON'
  return `${what}, ${mapping === null ? 'guessed' : 'mapped'}`
}

/** [F327] Two programs that read it may read two different things. */
function repeated(text: string, root: TextNode | null): readonly Finding[] {
  if (root === null) return []
  const breaches = repeatedKeys(root).map((path) => ({
    rule: 'F327',
    severity: 'warning' as const,
    sentence: `${pointer(...path)} stands twice: it is read as the last one says, other programs may take the first.`,
    path,
    remedy: 'Compare the two, and remove the one that is wrong.',
  }))
  return findingsAt(text, root, breaches)
}
