import type { StepId } from '../../../schema/ids.ts'
import type { StepState } from '../../../schema/run.ts'
import type { Format, FormatImport, FileSet, FormatContext } from '../format.ts'
import { member, nodeAt, type TextObject } from '../text/parseText.ts'
import { importedRun, type ImportedStep } from '../view/importedRun.ts'
import { stepIdsOf } from '../view/viewIds.ts'
import { legacyBranches } from './legacyBranches.ts'
import { openMarsys } from './marsysDocument.ts'
import { readMarsys } from './readMarsys.ts'
import { interactionOf, waitedFor } from './snapshotView.ts'
import { textIn } from '../textIn.ts'

/** [F135] A session as a run of ours: its branches are the steps, and a parent needs its children. */
export function importMarsys(
  set: FileSet,
  { commands, id }: Parameters<Format['toRun']>[1],
  context: FormatContext,
): FormatImport {
  const opened = openMarsys(textIn(set, set.document))
  if (opened.kind === 'broken') {
    return { kind: 'refused', problems: ['The document is broken: repair it first.'] }
  }
  if (opened.kind === 'lossy') {
    const problem = 'MARSYS 0.1 wrote the branches of this checkpoint as text: nothing reads them.'
    return { kind: 'refused', problems: [problem] }
  }
  const { run: view, findings } = readMarsys(set, context)
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (view === null || errors.length > 0) {
    return { kind: 'refused', problems: errors.map(({ sentence }) => sentence) }
  }
  const steps = branchSteps(opened.root, view.steps)
  const named = steps.filter(({ state, gate }) => gate !== null && state.status === 'waiting')
  const imported = importedRun({ engine: 'MARSYS', view, id, steps, commands })
  if (imported.kind === 'refused') return imported
  const notes = named.map(
    ({ name }) => `${name} asked a person: the answer is now the output of a gate.`,
  )
  return { ...imported, notes: [...imported.notes, ...notes, ...lostNotes] }
}

const lostNotes = ['The memory of the agents is not carried over: it stays in the original.']

/** The branches as steps of ours, in their order. What was called off is skipped. */
export function branchSteps(
  root: TextObject,
  states: Readonly<Record<string, StepState>>,
): readonly ImportedStep[] {
  const keys = branchKeys(root)
  const ids = stepIdsOf(keys)
  const needs = needsOf(root)
  return keys.flatMap((name) => {
    const id = ids.get(name)
    const state = id === undefined ? undefined : states[id]
    if (id === undefined || state === undefined) return []
    const isOff = state.status === 'cancelled'
    const needed = (needs.get(name) ?? []).flatMap((one): readonly StepId[] => {
      const step = ids.get(one)
      return step === undefined || step === id ? [] : [step]
    })
    const { title, agent } = state
    return [
      {
        id,
        name,
        title: typeof title === 'string' ? title : typeof agent === 'string' ? agent : null,
        needs: needed,
        state: isOff ? { ...state, status: 'skipped', skippedBy: 'person' } : state,
        gate:
          interactionOf(root, name) === null ? null : 'The question of this branch is answered.',
      } satisfies ImportedStep,
    ]
  })
}

export function branchKeys(root: TextObject): readonly string[] {
  const branches = member(root, 'branches')
  return branches?.kind === 'object' ? [...new Set(branches.members.map(({ key }) => key))] : []
}

/** By branch those that have to end before it goes on. */
function needsOf(root: TextObject): ReadonlyMap<string, readonly string[]> {
  if (member(root, 'barriers') !== null) {
    return new Map(
      branchKeys(root).map((key) => [
        key,
        waitedFor(root, nodeAt(root, ['branches', key]) ?? root),
      ]),
    )
  }
  const branches = legacyBranches(root)
  return new Map(
    branches.map(({ key }) => [
      key,
      branches.filter(({ parent }) => parent === key).map((child) => child.key),
    ]),
  )
}
