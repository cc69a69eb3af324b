import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, sampleText, samples, setOf } from './awfSets.ts'
import type { Situation } from './situations.ts'

export type Said = { readonly [what in Situation['tells'][number]]?: readonly string[] }

/** What a person reads of a state in this situation, a line a row. */
export function saidOf(situation: Situation): Said {
  const said = allSaidOf(situation)
  return Object.fromEntries(situation.tells.map((what) => [what, said[what]()]))
}

function allSaidOf({ base, patches, from, beside, document = samples[base][0] }: Situation) {
  const patched = patchText(sampleText(base), patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(document, patched.text, beside)
  const reading = () => awf.read(set, context)
  return {
    findings: () =>
      reading().findings.map(
        ({ rule, severity, file, pointer, line, column, sentence, remedy }) =>
          `${rule} ${severity} ${file} ${line}:${column} ${pointer}: ${sentence} → ${remedy ?? 'nothing'}`,
      ),
    diagnoses: () =>
      reading().diagnoses.map(({ rule, severity, sentence, step, action, evidence }) =>
        [
          `${rule} ${severity}: ${sentence}`,
          `at ${step ?? 'none'}`,
          `${action.kind} at ${action.step ?? 'none'}: ${action.label}`,
          ...evidence.map(({ label, value }) => `${label}: ${value}`),
        ].join(' | '),
      ),
    points: () =>
      (reading().points ?? []).map(
        ({ id, label, kind, document: path, at, problem }) =>
          `${id} ${kind} ${path} ${at ?? '-'}: ${label}. ${problem ?? ''}`,
      ),
    resume: () => {
      const planned = awf.resume(set, { from: from ?? null }, context)
      const { command, steps, warnings, problems } = planned
      return [
        ...(command === null ? [] : [command.join(' ')]),
        ...steps.map(({ step, does, reason }) => `${step} ${does}: ${reason}`),
        ...(ofEvery(warnings)
          ? [...warnings.slice(0, -3), 'and what is said of every resume']
          : warnings),
        ...problems.map((problem) => `refused: ${problem}`),
      ]
    },
    repairs: () =>
      awf
        .repairs(set, context)
        .map(({ id, label, confidence, losses, changes }) =>
          [
            `${id} ${confidence}: ${label}`,
            ...losses,
            ...changes.map(
              ({ path, text, why }) => `${path} ${text === null ? 'goes' : 'is written'} (${why})`,
            ),
          ].join(' | '),
        ),
  }
}

/** What AWF does at every resume ends the warnings. */
function ofEvery(warnings: readonly string[]): boolean {
  return JSON.stringify(warnings.slice(-3)) === JSON.stringify(always)
}

const always = [
  'AWF runs the hooks of the start of the workflow again.',
  'Nothing keeps two resumes of one run apart: see that no other AWF works on it.',
  'In its history.db the run stays what it was when it first ended, also after it is completed.',
]
