import { compare } from '../../../../schema/compare.ts'
import type { Json } from '../../../../schema/json.ts'
import { ownValue } from '../../../../schema/json.ts'
import type { Run, StepState } from '../../../../schema/run.ts'
import type { FileSet, FormatChange } from '../../format.ts'
import { membersOf } from '../../text/parseText.ts'
import type { TextPatch } from '../../text/patchText.ts'
import { plainJson } from '../../text/plainJson.ts'
import { openAwf } from '../awfReading.ts'
import { runStatuses, type AwfText } from '../awfRun.ts'
import type { AwfStep } from '../awfState.ts'
import { stepAt } from '../awfTarget.ts'
import { editAwf } from '../editAwf.ts'
import { stepFields } from '../goShape.ts'
import { goTimeText } from '../goTime.ts'
import { importedFrom, type ImportedFrom } from './importedFrom.ts'
import { outputOf, stepState } from './stepStates.ts'

/** [F45] The state of AWF with what became of the run since; byte for byte the original when nothing did. */
export function fromRun(original: FileSet, run: Run): FormatChange {
  const from = importedFrom(run)
  if (from === null) return refused('The run was not imported from AWF.')
  const opened = openAwf(original)
  if (opened.kind === 'broken') return refused(`The original cannot be read. ${opened.sentence}`)
  const { read } = opened
  if (read.state.id !== from.id)
    return refused(
      `The original is run ${read.state.id}, and the run was imported from ${from.id}.`,
    )
  const changes = [...inputPatches(read, run), ...stepPatches(read, run, from)]
  const patches = [...changes, ...runPatches(read, run, { from, isMoved: changes.length > 0 })]
  if (patches.length === 0) return document(original, read.text, [])
  const edited = editAwf(original, patches)
  if (edited.kind === 'refused') return edited
  return document(original, edited.changes[0]?.text ?? read.text, notesOf(run))
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

function document(
  { document: path }: FileSet,
  text: string,
  notes: readonly string[],
): FormatChange {
  return { kind: 'ok', changes: [{ path, text, why: 'the state' }], notes }
}

function notesOf({ status }: Run): readonly string[] {
  return [
    'Times are to the millisecond, where AWF has nanoseconds.',
    ...(awfWords.get(status)?.isExact === false
      ? [`AWF has no word for ${status}: it is written as ${awfWords.get(status)?.word}.`]
      : []),
  ]
}

type Word = { readonly word: string; readonly isExact: boolean }

const awfWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...[...runStatuses].map(([word, status]): [string, Word] => [status, { word, isExact: true }]),
  ['paused', { word: 'cancelled', isExact: false }],
  ['waiting', { word: 'running', isExact: false }],
])

function inputPatches({ text, state }: AwfText, { inputs }: Run): readonly TextPatch[] {
  const before = membersOf(state.inputs)
  const changed = Object.entries(inputs).flatMap(([key, value]): readonly TextPatch[] => {
    const node = before.get(key)
    if (node !== undefined && isSame(plainJson(node, text), value)) return []
    return [{ op: 'add', path: ['Inputs', key], value: JSON.stringify(value) }]
  })
  const gone = [...before.keys()].filter((key) => !Object.hasOwn(inputs, key))
  return [...changed, ...gone.map((key): TextPatch => ({ op: 'remove', path: ['Inputs', key] }))]
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function stepPatches(read: AwfText, run: Run, { added }: ImportedFrom): readonly TextPatch[] {
  const rows = Object.entries(run.steps).filter(([name]) => !added.includes(name))
  const results = rows.flatMap(([name, state]) => resultPatches(read, name, state))
  // What has no result any more had its state taken away when the run went on; before that it is still there.
  const hasMoved = results.length > 0
  const gone = rows
    .filter(([name, { status }]) => isWithout(status) && stepAt(read.state, name) !== null)
    .map(([name]): TextPatch => ({ op: 'remove', path: ['States', name] }))
  return [...results, ...(hasMoved ? gone : [])]
}

function isWithout(status: StepState['status']): boolean {
  return status === 'pending' || status === 'skipped'
}

function resultPatches(read: AwfText, name: string, state: StepState): readonly TextPatch[] {
  const last = state.attempts.at(-1)
  if (last === undefined || last.finishedAt === null) return []
  const before = stepAt(read.state, name)
  if (before !== null && isStill(before, state)) return editedOutput(before, state)
  return [{ op: 'add', path: ['States', name], value: stateText(read, name, state) }]
}

/** True when the step was not tried again since it was imported. */
function isStill(before: AwfStep, { attempts }: StepState): boolean {
  const imported = stepState(before).attempts
  const [was, is] = [imported.at(-1), attempts.at(-1)]
  return (
    imported.length === attempts.length &&
    was?.startedAt === is?.startedAt &&
    was?.finishedAt === is?.finishedAt
  )
}

/** Of a result that is still AWF's own: an output that was edited since. */
function editedOutput(before: AwfStep, { status, output }: StepState): readonly TextPatch[] {
  if (status !== 'succeeded' || output === outputOf(before)) return []
  const value = JSON.stringify(printed(output))
  return [{ op: 'replace', path: ['States', before.key, 'Output'], value }]
}

/** With the keys that the version of AWF writes which wrote the others. */
function stateText({ state }: AwfText, name: string, result: StepState): string {
  const [sibling] = state.steps
  const keys = sibling === undefined ? Object.keys(stepFields) : [...membersOf(sibling.node).keys()]
  const values = new Map(Object.entries(valuesOf(name, result)))
  const members = keys.map(
    (key) => `${JSON.stringify(key)}:${JSON.stringify(values.get(key) ?? emptyOf(key))}`,
  )
  return `{${members.join(',')}}`
}

function valuesOf(name: string, state: StepState): Readonly<Record<string, Json>> {
  const last = state.attempts.at(-1)
  const error = last?.error?.message ?? ''
  const status = state.status === 'succeeded' ? 'completed' : state.status
  return {
    Name: name,
    Status: status === 'cancelled' || status === 'completed' ? status : 'failed',
    Output: state.status === 'succeeded' ? printed(state.output) : '',
    Stderr: '',
    ExitCode: last?.exitCode ?? (state.status === 'succeeded' ? 0 : -1),
    Attempt: last?.number ?? 1,
    Error: error,
    StartedAt: goTimeText(last?.startedAt ?? never),
    CompletedAt: goTimeText(last?.finishedAt ?? never),
  }
}

const never = '0001-01-01T00:00:00.000Z'

function emptyOf(key: string): Json {
  const type: string | undefined = ownValue<string>(stepFields, key)
  if (type === 'string') return ''
  if (type === 'int') return 0
  return type === 'bool' ? false : null
}

/** As a command prints it. */
function printed(output: Json): string {
  if (output === null || output === '') return ''
  return `${typeof output === 'string' ? output : JSON.stringify(output)}\n`
}

function runPatches(
  { state }: AwfText,
  run: Run,
  { from, isMoved }: { readonly from: ImportedFrom; readonly isMoved: boolean },
): readonly TextPatch[] {
  const hasNewStatus = run.status !== runStatuses.get(state.status)
  if (!hasNewStatus && !isMoved) return []
  const word = awfWords.get(run.status)?.word ?? state.status
  const current = currentStepOf(run, from)
  return [
    ...(hasNewStatus ? [set('Status', word)] : []),
    ...(current === null || current === state.currentStep ? [] : [set('CurrentStep', current)]),
    set('UpdatedAt', goTimeText(run.updatedAt)),
    ...(run.finishedAt === null ? [] : [set('CompletedAt', goTimeText(run.finishedAt))]),
  ]
}

function set(field: string, value: string): TextPatch {
  return { op: 'replace', path: [field], value: JSON.stringify(value) }
}

/** The end of a completed run, else the step that ended last: AWF goes on with it. */
function currentStepOf({ steps, status }: Run, { ends, added }: ImportedFrom): string | null {
  const ended = Object.entries(steps).flatMap(([name, { attempts }]) => {
    const at = attempts.at(-1)?.finishedAt ?? null
    return at === null || added.includes(name) ? [] : [{ name, at }]
  })
  const last = ended.toSorted((a, b) => compare(a.at, b.at)).at(-1)
  if (last === undefined) return null
  return status === 'completed' ? (ownValue(ends, last.name) ?? last.name) : last.name
}
