import type { FileSet, FormatContext, FormatResume } from '../format.ts'
import { isState } from './documentKind.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { whatLoaderTakes } from './loader.ts'
import { folderOf } from './names.ts'
import { textOf, type StateFields } from './stateFields.ts'
import { stepFacts, type StepFacts } from './stepFacts.ts'

/** [F88] What `tapps-agents workflow resume` really does: it begins a new run at step 1. */
export function resume(
  set: FileSet,
  { from }: { readonly from: string | null },
  { sha256 }: FormatContext,
): FormatResume {
  const store = openStore(set, sha256)
  const { fields } = store.own
  const problems = problemsOf(store)
  if (!isState(store.kind) || fields === null)
    return { command: null, steps: [], warnings: [], problems }
  return {
    command: problems.length > 0 ? null : commandOf(store),
    steps: stepFacts(store, fields).map(stepRow),
    warnings: warningsOf(store, fields, from),
    problems,
  }
}

function commandOf({ kind, workflow }: FileStore): readonly string[] | null {
  if (workflow === null) return null
  const command = ['tapps-agents', 'workflow', 'resume']
  // Without a description nothing is found by its id: only what last.json points to is.
  return kind === 'snapshot' ? [...command, '--workflow-id', workflow] : command
}

function problemsOf(store: FileStore): readonly string[] {
  const { kind, own, workflow, last, meta } = store
  if (kind === 'durable')
    return [
      'A durable checkpoint is resumed by the code of this engine alone: it has no command for it, and refuses one that says running.',
    ]
  if (!isState(kind)) return ['No command of this engine goes on from it.']
  if (own.isCopy || own.isTemporary)
    return [
      'A copy or a left-over file: its commands go by the description and the pointer, never by a file.',
    ]
  if (workflow === null) return ['It says no workflow.']
  if (own.fields?.status === 'completed') return ['The workflow is completed.']
  const pointed = last?.parsed.kind === 'ok' && textOf(last.parsed.root, 'workflow_id') === workflow
  if (kind === 'cursor')
    return [
      'Written by the cursor executor: `workflow resume` does not see it, and a new run in Cursor does not look at it.',
    ]
  if (kind === 'basic' && !pointed)
    return [
      'It has no description, and last.json points elsewhere: `workflow resume` does not find it.',
    ]
  if (kind === 'snapshot' && meta === null)
    return [
      'Its description is missing: `workflow resume --workflow-id` does not find it. Repair it first.',
    ]
  const taken = whatLoaderTakes(store)
  return taken.kind === 'nothing' ? [`Its loader ends with an error: ${taken.reason}`] : []
}

function stepRow({ name, status }: StepFacts): FormatResume['steps'][number] {
  const step = name
  if (status === 'succeeded')
    return { step, does: 'runAgain', reason: 'It is finished, and the new run begins at step 1.' }
  if (status === 'skipped')
    return { step, does: 'unknown', reason: 'It was skipped here; the new run decides anew.' }
  if (status === 'running' || status === 'failed')
    return {
      step,
      does: 'runAgain',
      reason: `It ${status === 'failed' ? 'failed' : 'is running'} here; the new run does it from the start.`,
    }
  return { step, does: 'run', reason: 'It was not done here.' }
}

function warningsOf(
  store: FileStore,
  { completed, skipped, status, currentStep }: StateFields,
  from: string | null,
): readonly string[] {
  const { last, meta, own } = store
  const taken = whatLoaderTakes(store)
  const pointed = meta?.description?.stateFile ?? own.name
  const place = last?.parsed.kind === 'ok' ? textOf(last.parsed.root, 'state_file') : null
  const again = completed.map((step) => `"${step}"`).join(', ')
  return [
    'It does not go on from here: it compares the id of the run with that of the workflow, which never are equal, and begins a new run at step 1.',
    ...(completed.length === 0 ? [] : [`Finished steps run again: ${again}.`]),
    'last.json then points to the new run; this one is found by its id only.',
    ...(from === null ? [] : [`It cannot begin at "${from}": the command has no such option.`]),
    ...(status === 'running'
      ? [
          `It is said to be running${currentStep === null ? '' : ` "${currentStep}"`}: nothing excludes that a process still works on it, and two runs then work in one project.`,
        ]
      : []),
    ...(taken.kind === 'other'
      ? [
          `Its loader refuses this state (${own.refusal ?? ''}) and silently takes ${taken.name}${taken.isOtherWorkflow ? ', which belongs to another workflow' : ''}.`,
        ]
      : []),
    ...(pointed !== own.name ? [`The description points to ${pointed}, not to this state.`] : []),
    ...(skipped.length === 0
      ? []
      : ['A skipped step never counts as done: what needs it is never ready.']),
    ...(place === null || folderOf(place) === ''
      ? []
      : [
          `last.json holds an absolute path (${place}): it leads nowhere when the project was moved.`,
        ]),
  ]
}
