import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'
import type { Situation } from './situations.ts'

const samples = readFolder('multyagents')
const store = 'state.json'

export type Said = Partial<AllSaid>

type AllSaid = {
  /** Rule, severity and sentence. */
  readonly diagnoses: readonly string[]
  /** Each piece of what speaks for the first one. */
  readonly evidence: readonly string[]
  /** Status, times and name of the run, then each step. */
  readonly run: readonly string[]
  /** What a resume does with each step, what it warns of and what it refuses. */
  readonly resume: readonly string[]
  /** Each way to mend it, with what is lost. */
  readonly repairs: readonly string[]
}

export function saidOf(situation: Situation): Said {
  const said = allSaidOf(situation)
  return Object.fromEntries(situation.tells.map((what) => [what, said[what]]))
}

function allSaidOf({ base, patches, from }: Situation): AllSaid {
  const patched = patchText(samples.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(multyagents, store, new Map([[store, patched.text]]))
  const { run, diagnoses } = multyagents.read(set, context)
  const { steps, warnings, problems } = multyagents.resume(set, { from: from ?? null }, context)
  return {
    diagnoses: diagnoses.map(({ rule, severity, sentence }) => `${rule} ${severity}: ${sentence}`),
    evidence: (diagnoses[0]?.evidence ?? []).map(({ label, value }) => `${label}: ${value}`),
    run:
      run === null
        ? []
        : [
            `${run.workflow.name} ${run.status} ${run.createdAt} ${run.updatedAt} ${run.finishedAt ?? '-'} ${run.error?.message ?? '-'}`,
            ...Object.entries(run.steps).map(
              ([name, { status, attempts }]) =>
                `${name} ${status} ${attempts.map(({ outcome }) => outcome ?? 'open').join(' ')}`,
            ),
          ],
    resume: [
      ...steps.map(({ step, does, reason }) => `${step} ${does}: ${reason}`),
      ...warnings,
      ...problems.map((problem) => `refused: ${problem}`),
    ],
    repairs: multyagents
      .repairs(set, context)
      .map(({ id, confidence, losses }) => `${id} ${confidence}: ${losses.join(' ')}`),
  }
}
