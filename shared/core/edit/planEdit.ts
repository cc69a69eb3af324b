// The edit room promises that what a person changes of a run is known before it is done, leaves a valid run, and can be undone.
import type { RecordOf } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import type { StepTrace } from '../resume/resumePlan.ts'
import { diff, type Difference } from '../diff/diff.ts'
import { plannedChanges, toldChanges } from '../diff/plannedChanges.ts'
import { toPatch } from '../diff/toPatch.ts'
import { applyEdit } from '../run/applyEdit.ts'
import { resolvePointer } from '../tree/jsonTree.ts'
import type { Applied } from './applied.ts'
import { applyMapEdit } from './applyMapEdit.ts'
import { applyStepEdit } from './applyStepEdit.ts'
import { applyValueEdit } from './applyValueEdit.ts'
import { conflictOf } from './conflictOf.ts'
import { declaredProblems } from './declaredProblems.ts'
import { isMapEdit, isStepEdit, type Edit, type MapEdit } from './edit.ts'
import { inLine } from './inLine.ts'
import type { EditFinding, EditPlan, EditRow } from './editPlan.ts'
import { editSentence } from './editSentence.ts'
import { editWarnings } from './editWarnings.ts'
import { newFindings } from './newFindings.ts'
import { stateOf } from './stateOf.ts'

export type EditInput = {
  readonly run: Run
  /** In the order in which they are made: each sees what the ones before it left. */
  readonly edits: readonly (Edit | MapEdit)[]
  readonly asOf: string
  /** Why nothing may be written to the run now, with what to do; null: nothing stands in the way. */
  readonly held: string | null
  /** What is known of steps whose attempt is open. */
  readonly traces: Readonly<Record<string, StepTrace>>
  /** The run when the edits were staged. Null: they are about the run as it is; `run` null in it: it is not known any more. */
  readonly base: { readonly seq: number; readonly run: Run | null } | null
}

export type EditOutcome = {
  /** The run as it will be; what a record says of itself (place in the journal, last change) aside. */
  readonly run: Run
  readonly patch: RecordOf<'edited'>['patch']
}

/** Plans edits of one run. `outcome` is null unless the plan is ready. */
export function planEdit(input: EditInput): {
  readonly plan: EditPlan
  readonly outcome: EditOutcome | null
} {
  const { run, edits } = input
  const meanwhile = changedSince(input)
  const { after, rows } = applyAll(input, meanwhile)
  const difference = diff(runAsJson(run), runAsJson(after))
  const patch = toPatch(runAsJson(run), difference.changes)
  const found = foundBy(input, after)

  const problems = [
    ...wholeProblems(input, rows, difference),
    ...found.filter(({ severity }) => severity === 'error').map(bare),
    ...declaredProblems(run, after),
    ...patchProblems(run, patch),
  ]
  const warnings = [
    ...editWarnings(
      run,
      after,
      edits.filter((edit) => !isMapEdit(edit)),
    ),
    ...reportWarnings(input),
    ...found.filter(({ severity }) => severity === 'warning').map(bare),
  ]
  const isChanged = meanwhile !== null && meanwhile.total > 0
  const ready = problems.length === 0 && !isChanged && rows.every(({ problem }) => problem === null)
  const plan: EditPlan = {
    run: run.id,
    rows,
    ...toldChanges(difference),
    steps: stepChanges(run, after),
    problems: problems.slice(0, mostSaid),
    warnings: warnings.slice(0, mostSaid),
    meanwhile: isChanged
      ? {
          now: run.journal.seq,
          records: meanwhile.records,
          changes: meanwhile.shown,
          total: meanwhile.total,
        }
      : null,
    ready,
  }
  return { plan, outcome: ready ? { run: after, patch: [...patch] } : null }
}

/** A plan is one message. */
const mostSaid = 100

function applyAll(
  { run, edits, asOf }: EditInput,
  meanwhile: Meanwhile | null,
): { readonly after: Run; readonly rows: EditRow[] } {
  let after = run
  const rows: EditRow[] = []
  for (const edit of edits) {
    const applied = applyOne(after, edit, asOf)
    const next = applied.kind === 'ok' ? applied.run : after
    rows.push({
      ...rowOf(edit, { before: after, after: next, applied }),
      conflict:
        meanwhile?.difference === undefined || isMapEdit(edit)
          ? null
          : conflictOf(edit, meanwhile.difference),
    })
    after = next
  }
  return { after, rows }
}

function applyOne(run: Run, edit: Edit | MapEdit, at: string): Applied {
  if (isMapEdit(edit)) return applyMapEdit(run, edit)
  return isStepEdit(edit) ? applyStepEdit(run, edit, at) : applyValueEdit(run, edit)
}

function rowOf(
  edit: Edit | MapEdit,
  { before, after, applied }: { before: Run; after: Run; applied: Applied },
): Omit<EditRow, 'conflict'> {
  const path = pathOf(edit)
  const at = (run: Run) => inLine(resolvePointer(runAsJson(run), path))
  const isRefused = applied.kind === 'refused'
  return {
    sentence: isMapEdit(edit) ? 'Go over to the definition as it is now' : editSentence(edit),
    before: at(before),
    after: isRefused ? null : at(after),
    also: isRefused ? [] : [...applied.also],
    problem: isRefused ? { path: applied.path, sentence: applied.sentence } : null,
  }
}

function pathOf(edit: Edit | MapEdit): string {
  if (isMapEdit(edit)) return '/workflow/digest'
  return isStepEdit(edit) ? pointer('steps', edit.step, 'status') : edit.path
}

function wholeProblems(
  { run, edits, held, traces }: EditInput,
  rows: readonly EditRow[],
  { changes }: Difference,
): readonly EditFinding[] {
  const problems: EditFinding[] = []
  if (held !== null) problems.push({ rule: 'N11', path: null, sentence: held })
  for (const edit of edits) {
    const trace = isStepEdit(edit) ? traces[edit.step] : undefined
    if (trace?.kind !== 'alive' || !isStepEdit(edit)) continue
    const sentence = `The process of ${edit.step} (${trace.pid}) still lives. Resume the run, which waits for it, or end that process first.`
    problems.push({ rule: 'N11', path: pointer('steps', edit.step), sentence })
  }
  if (changes.length === 0 && rows.every(({ problem }) => problem === null))
    problems.push({ rule: 'N13', path: null, sentence: `Nothing would be different in ${run.id}.` })
  return problems
}

/** [N10] A result that waits to be taken over is passed over when a person says another one. */
function reportWarnings({ edits, traces }: EditInput): readonly EditFinding[] {
  return edits.filter(isStepEdit).flatMap(({ step }) => {
    if (traces[step]?.kind !== 'finished') return []
    const sentence = `The process of ${step} has ended and left its result. A resume would take it over; after this edit it is not looked at.`
    return [{ rule: 'N10', path: pointer('steps', step), sentence }]
  })
}

/** [N2] What is written is read back through the very same function. */
function patchProblems(
  run: Run,
  patch: EditOutcome['patch'] | ReturnType<typeof toPatch>,
): readonly EditFinding[] {
  if (patch.length === 0 || applyEdit(run, patch) !== null) return []
  return [{ rule: 'N2', path: null, sentence: 'What the edits leave would be no run.' }]
}

function stepChanges(before: Run, after: Run): EditPlan['steps'] {
  if (before.steps === after.steps) return []
  const ids = Object.keys(after.steps) as (keyof Run['steps'])[] // the record's keys are step ids by its schema
  return ids.flatMap((step) => {
    const [was, is] = [
      before.steps[step]?.status ?? 'pending',
      after.steps[step]?.status ?? 'pending',
    ]
    return was === is ? [] : [{ step, before: was, after: is }]
  })
}

/** [N2] The record that is written makes its time that of the last change: nothing of the edit is later. */
function foundBy({ run, asOf }: EditInput, after: Run): ReturnType<typeof newFindings> {
  const updatedAt = asOf > run.updatedAt ? asOf : run.updatedAt
  return newFindings({ ...run, updatedAt }, { ...after, updatedAt })
}

type Meanwhile = {
  readonly records: number
  readonly shown: EditPlan['changes'] | null
  readonly total: number
  readonly difference?: Parameters<typeof conflictOf>[1]
}

/** [N12] */
function changedSince({ run, base }: EditInput): Meanwhile | null {
  if (base === null || base.seq === run.journal.seq) return null
  const records = run.journal.seq - base.seq
  if (base.run === null) return { records, shown: null, total: records }
  const [was, is]: readonly Json[] = [stateOf(base.run), stateOf(run)]
  const { changes } = diff(was ?? null, is ?? null)
  const difference = { base: was ?? null, now: is ?? null, changes }
  return { records, shown: plannedChanges(changes), total: changes.length, difference }
}

function bare({ rule, path, sentence }: EditFinding): EditFinding {
  return { rule, path, sentence }
}
