import { planEdit, type EditInput } from '../../../../../shared/core/edit/planEdit.ts'
import { Edit } from '../../../../../shared/core/edit/edit.ts'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run, StepState } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { began, failed, journalOf, moment, started, succeeded } from '../run/sampleRun.ts'

const definition = WorkflowDefinition.parse({
  name: 'payment',
  inputs: {
    amount: { type: 'integer', minimum: 1 },
    note: { type: 'string', required: false },
    options: { fast: true, tags: ['a', 'b'] },
  },
  steps: {
    read: { run: 'cat bill', sideEffects: 'none' },
    charge: {
      command: ['pay', '${{ inputs.amount }}', '${{ steps.read.output.id }}'],
      needs: ['read'],
    },
    sign: { gate: { fields: { who: { type: 'string' } } }, needs: ['charge'] },
    each: { run: 'true', forEach: ['x', 'y'], needs: ['read'], sideEffects: 'none' },
    mail: {
      run: 'mail',
      needs: ['sign', 'each'],
      when: 'steps.charge.output.ok == true',
      maxOutput: 40,
    },
  },
})

export const whereItBegan = {
  id: RunId.parse('payment-20260102t030405-ab12'),
  source: '/srv/payment.yaml',
  digest: null,
  at: moment(0),
  place: { user: 'ada', host: 'forge', folder: '/srv', environment: [] },
  lineage: null,
}

/** read succeeded, charge failed after one attempt, and with it the run. */
export const journal = journalOf(
  {
    type: 'runCreated',
    run: createRun({
      ...whereItBegan,
      definition,
      inputs: { amount: 12, note: null, options: { fast: true, tags: ['a', 'b'] } },
    }),
  },
  started,
  { type: 'variableSet', name: 'tries', value: 1 },
  { type: 'variableSet', name: 'a/b~c', value: 'odd' },
  { type: 'variableSet', name: '__proto__', value: { x: 1 } },
  began('read'),
  succeeded('read', { id: 'b-7', lines: [1, 2, 3] }),
  began('charge'),
  failed('charge', 'card refused'),
  {
    type: 'runFailed',
    error: { name: 'StepFailed', message: 'charge failed', code: null, stack: null },
  },
)

export const failedRun = runOf(journal)

export function runOf(records: typeof journal): Run {
  const run = replay(records)
  if (run === null) throw new Error('The records bring no run.')
  return run
}

export function plan(edits: readonly object[], input: Partial<EditInput> = {}) {
  return planEdit({
    run: failedRun,
    edits: edits.map((edit) => Edit.parse(edit)),
    asOf: moment(100),
    held: null,
    traces: {},
    base: null,
    ...input,
  })
}

/** The run that one edit leaves. Fails where the plan is not ready. */
export function edited(edits: readonly object[], input: Partial<EditInput> = {}): Run {
  const { plan: shown, outcome } = plan(edits, input)
  if (outcome !== null) return outcome.run
  throw new Error(`Not ready: ${JSON.stringify([shown.problems, shown.rows])}`)
}

export const set = (path: string, value: unknown) => ({
  kind: 'set',
  path,
  json: JSON.stringify(value),
})

/** A step of a run, by its plain name. */
export function stepIn(run: Run, step: string): StepState {
  const found = Object.entries<StepState>(run.steps).find(([name]) => name === step)?.[1]
  if (found === undefined) throw new Error(`The run has no step ${step}.`)
  return found
}
