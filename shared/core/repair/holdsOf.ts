import type { Run, StepState } from '../../schema/run.ts'
import { isDone } from '../graph/isDone.ts'
import type { Candidate } from './candidate.ts'
import type { RepairSource } from './repairPlan.ts'

type What = RepairSource['holds'][number]['what']

const mostNames = 5

/** [R76] What a source holds, beside everything that any usable source holds. */
export function holdsOf(candidate: Candidate, all: readonly Candidate[]): RepairSource['holds'] {
  const { run } = candidate
  if (run === null) return []
  const others = all.flatMap((one) => (one.run === null ? [] : [one.run]))
  return kinds.map(({ what, namesOf }) => {
    const own = new Set(namesOf(run))
    const known = new Set(others.flatMap((one) => [...namesOf(one)]))
    const missing = [...known].filter((name) => !own.has(name))
    return {
      what,
      count: own.size,
      missing: missing.length,
      names: missing.slice(0, mostNames).map((name) => name.slice(0, 120)),
    }
  })
}

const kinds: readonly { readonly what: What; readonly namesOf: (run: Run) => readonly string[] }[] =
  [
    {
      what: 'steps done',
      namesOf: (run) => ofSteps(run, (step, { status }) => (isDone(status) ? [step] : [])),
    },
    {
      what: 'attempts',
      namesOf: (run) =>
        ofSteps(run, (step, { attempts }) => attempts.map(({ number }) => `${step} #${number}`)),
    },
    {
      what: 'outputs',
      namesOf: (run) => ofSteps(run, (step, { output }) => (output === null ? [] : [step])),
    },
    { what: 'checkpoints', namesOf: ({ checkpoints }) => checkpoints.map(({ name }) => name) },
    {
      what: 'decisions',
      namesOf: ({ decisions }) =>
        decisions.map(({ step, decision, seq }) => `${step}: ${decision} (record ${seq})`),
    },
  ]

function ofSteps(
  { steps }: Run,
  namesOf: (step: string, state: StepState) => readonly string[],
): readonly string[] {
  return Object.entries<StepState>(steps).flatMap(([step, state]) => namesOf(step, state))
}
