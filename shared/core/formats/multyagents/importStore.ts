import { StepId } from '../../../schema/ids.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import type { FileSet, Format, FormatContext, FormatImport } from '../format.ts'
import { importedRun, type ImportedStep } from '../view/importedRun.ts'
import { readStore } from './readStore.ts'
import {
  needsOf,
  openStore,
  recordOf,
  table,
  tasksOf,
  textOf,
  type Store,
} from './storeDocument.ts'
import { titleOf } from './storeDiagnoses.ts'
import { nameOf, stepOf } from './storeView.ts'
import { approvalOf } from './taskStates.ts'
import { textIn } from '../textIn.ts'

/** [F165] One run of a store as a run of ours: its tasks are the steps, approvals that are open are gates. */
export function importStore(
  set: FileSet,
  { commands, id }: Parameters<Format['toRun']>[1],
  context: FormatContext,
): FormatImport {
  const opened = openStore(textIn(set, set.document))
  if (opened.kind === 'broken') {
    return { kind: 'refused', problems: ['The store is broken: repair it first.'] }
  }
  const { store } = opened
  const item = itemOf(store, set)
  const { run: view, findings } = readStore({ ...set, item }, context)
  if (item === null || view === null) {
    const runs = [...table(store, 'workflow_runs')].map(
      ([key, run]) => `${key} (${nameOf(store, run, key)})`,
    )
    return { kind: 'refused', problems: [`Choose one of its runs: ${runs.join(', ') || 'none'}.`] }
  }
  const problems = [
    ...findings.filter(({ severity }) => severity === 'error').map(({ sentence }) => sentence),
    ...rejected(store, item),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const steps = runSteps(store, item, view.steps)
  const imported = importedRun({ engine: 'multyagents', view, id, steps, commands })
  if (imported.kind === 'refused') return imported
  const notes = [
    'Retry policies, quality gates and path locks are not carried over: they stay in the original.',
  ]
  return { ...imported, notes: [...imported.notes, ...notes] }
}

export function itemOf(store: Store, { item }: FileSet): string | null {
  if (item !== null) return item
  const [first, second] = table(store, 'workflow_runs').keys()
  return second === undefined ? (first ?? null) : null
}

function rejected(store: Store, item: string): readonly string[] {
  return tasksOf(recordOf(store, 'workflow_runs', item))
    .filter((task) => approvalOf(store, task)?.word === 'rejected')
    .map((task) => `${titleOf(store, task)} was rejected: it is not to be done.`)
}

export function gateOf(task: string): StepId {
  return StepId.parse(`approve-${stepOf(task)}`.slice(0, 100))
}

/** The tasks of a run as steps of ours, each behind its gate where an approval is open. */
export function runSteps(
  store: Store,
  item: string,
  states: Run['steps'],
): readonly ImportedStep[] {
  const run = recordOf(store, 'workflow_runs', item)
  const tasks = tasksOf(run)
  return tasks.flatMap((task): readonly ImportedStep[] => {
    const id = stepOf(task)
    const state: StepState | undefined = states[id]
    if (state === undefined) return []
    const needs = needsOf(run, task)
      .filter((one) => tasks.includes(one))
      .map(stepOf)
    const title = textOf(recordOf(store, 'tasks', task), 'title')
    const approval = approvalOf(store, task)
    const isAsked =
      approval !== null && approval.word !== 'approved' && state.status !== 'succeeded'
    const step = { id, name: id, title, state, gate: null }
    if (!isAsked) return [{ ...step, needs }]
    const gate = gateOf(task)
    const asked: ImportedStep = {
      id: gate,
      name: gate,
      title: `Approve: ${title ?? id}`,
      needs,
      state: { status: 'pending', attempts: [], output: null, waitingOn: null, skippedBy: null },
      gate: `May "${title ?? id}" be done?`,
    }
    return [asked, { ...step, needs: [...needs, gate] }]
  })
}
