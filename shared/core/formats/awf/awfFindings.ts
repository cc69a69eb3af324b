import { isSecretKey } from '../../secrets/isSecretKey.ts'
import { textFinding } from '../../codec/headFinding.ts'
import { toPointer } from '../../codec/pointer.ts'
import type { Finding, Severity } from '../../integrity/finding.ts'
import { isNothing, nodeAt, type TextNode } from '../text/parseText.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import { idOf, isTemporary } from './awfFiles.ts'
import { runStatuses, stepStatuses, type AwfText } from './awfRun.ts'
import type { AwfStep } from './awfState.ts'
import {
  firstContextKeys,
  firstStepKeys,
  goMember,
  goValue,
  shapeFlaws,
  type ShapeFlaw,
} from './goShape.ts'
import type { GoTime } from './goTime.ts'

/** What is known of a flaw before its place is looked up. */
type Flaw = {
  readonly rule: string
  readonly severity: Severity
  readonly sentence: string
  readonly path: readonly string[]
  readonly index: number | null
  readonly remedy: string | null
}

/** What is wrong with one AWF state that is JSON. */
export function awfFindings(read: AwfText, document: string): readonly Finding[] {
  const { text, root, state } = read
  const flaws = [
    ...shapeFlaws(root).map(shapeFlaw),
    ...repeatedFlaws(root),
    ...missingKeys(read),
    ...statusFlaws(read),
    ...nameFlaws(read, document),
    ...timeFlaws(read),
    ...currentStepFlaws(read),
    ...secretFlaws(state.inputs),
    ...outputFlaws(read),
  ]
  return mostSevere(flaws).map(({ rule, severity, sentence, path, index, remedy }) =>
    textFinding(text, {
      rule,
      severity,
      sentence,
      index,
      pointer: toPointer(path),
      remedy,
      file: 'document',
    }),
  )
}

/** Errors first. Each place is looked up in the text: a document of nothing but flaws must not take for ever. */
function mostSevere(flaws: readonly Flaw[]): readonly Flaw[] {
  const errors = flaws.filter(({ severity }) => severity === 'error')
  const others = flaws.filter(({ severity }) => severity !== 'error')
  return [...errors, ...others].slice(0, 500)
}

function shapeFlaw({ kind, path, index, sentence }: ShapeFlaw): Flaw {
  const isRefused = kind === 'refused'
  return {
    rule: isRefused ? 'F23' : 'F24',
    severity: isRefused ? 'error' : 'warning',
    sentence,
    path,
    index,
    remedy: isRefused
      ? 'Set the value right by an edit.'
      : 'Compare it with a state that the same version of AWF wrote.',
  }
}

function repeatedFlaws(root: TextNode): readonly Flaw[] {
  return repeatedKeys(root).map((path) => ({
    rule: 'F24',
    severity: 'warning',
    sentence: `The key ${path.at(-1)} stands twice: AWF takes the last one.`,
    path,
    index: startOf(nodeAt(root, path)),
    remedy: 'Find out which one is meant, and take the other out.',
  }))
}

function missingKeys({ root, state }: AwfText): readonly Flaw[] {
  return [
    ...missingIn(root, firstContextKeys, []),
    ...state.steps.flatMap(({ key, node }) => missingIn(node, firstStepKeys, ['States', key])),
  ]
}

function missingIn(
  node: TextNode,
  keys: readonly string[],
  path: readonly string[],
): readonly Flaw[] {
  if (node.kind !== 'object') return []
  return keys
    .filter((key) => goMember(node, key) === null)
    .map((key) => ({
      rule: 'F24',
      severity: 'warning',
      sentence: `The key ${key} is missing, which every version of AWF writes: it is taken for empty.`,
      path,
      index: node.start,
      remedy: 'Compare it with a state that the same version of AWF wrote.',
    }))
}

function statusFlaws({ root, state }: AwfText): readonly Flaw[] {
  const remedy = 'Set it to pending, running, completed, failed or cancelled by an edit.'
  const unknown = (who: string, word: string, path: readonly string[], node: TextNode | null) => ({
    rule: 'F25',
    severity: 'error' as const,
    sentence: `${who} has the status "${word}", which AWF does not know. It loads it, and takes it for not completed.`,
    path,
    index: node?.start ?? null,
    remedy,
  })
  const run =
    runStatuses.has(state.status) || !isLoaded(goValue(root, 'Status'))
      ? []
      : [unknown('The run', state.status, ['Status'], goValue(root, 'Status'))]
  const steps = state.steps
    .filter(({ status, node }) => !stepStatuses.has(status) && isStepLoaded(node))
    .map(({ key, status, node }) =>
      unknown(
        `The step ${key}`,
        status,
        ['States', key, 'Status'],
        goValue(node, 'Status') ?? node,
      ),
    )
  return [...run, ...steps]
}

/** What is no text AWF refuses, with the whole file: of that another rule tells. */
function isLoaded(word: TextNode | null): boolean {
  return word === null || isNothing(word) || (word.kind === 'scalar' && word.lexeme.startsWith('"'))
}

function isStepLoaded(node: TextNode): boolean {
  return node.kind === 'object' ? isLoaded(goValue(node, 'Status')) : isNothing(node)
}

function nameFlaws({ root, state }: AwfText, document: string): readonly Flaw[] {
  const id = idOf(document)
  const isOther = state.id !== id && !isTemporary(document)
  const ofFile: readonly Flaw[] = isOther
    ? [
        {
          rule: 'F26',
          severity: 'warning',
          sentence: `${state.id === '' ? 'The state does not say which run it is' : `The state says that it is run ${state.id}`}, and its file is named ${id}. AWF finds it by the name of the file, and writes its next state under ${state.id === '' ? 'no name' : 'the other'}.`,
          path: ['WorkflowID'],
          index: startOf(goValue(root, 'WorkflowID')),
          remedy: 'Find out which run it is, then name the file, or the run in it, so.',
        },
      ]
    : []
  const ofSteps = state.steps
    .filter(({ name, key, node }) => name !== key && goMember(node, 'Name') !== null)
    .map(({ key, name, node }): Flaw => {
      const sentence = `The state of ${key} says that it is that of ${name === '' ? 'no step' : name}. AWF finds it by its key.`
      const index = startOf(goValue(node, 'Name'))
      const remedy = 'Find out which step it is, then name both alike by an edit.'
      return {
        rule: 'F26',
        severity: 'warning',
        sentence,
        path: ['States', key, 'Name'],
        index,
        remedy,
      }
    })
  return [...ofFile, ...ofSteps]
}

const clock = 'The clock of the machine was changed, or the document was edited by hand.'

function timeFlaws({ root, state }: AwfText): readonly Flaw[] {
  const { startedAt: start, updatedAt, completedAt } = state
  const run = { who: 'The run', path: [], node: root, start }
  return [
    ...beforeStart(run, { word: 'ended', field: 'CompletedAt', time: completedAt }),
    ...beforeStart(run, { word: 'was saved', field: 'UpdatedAt', time: updatedAt }),
    ...state.steps.flatMap(({ key, node, startedAt, completedAt: time }) =>
      beforeStart(
        { who: `The step ${key}`, path: ['States', key], node, start: startedAt },
        { word: 'ended', field: 'CompletedAt', time },
      ),
    ),
  ]
}

type Span = {
  readonly who: string
  readonly path: readonly string[]
  readonly node: TextNode
  readonly start: GoTime
}

function beforeStart(
  { who, path, node, start }: Span,
  end: { readonly word: string; readonly field: string; readonly time: GoTime },
): readonly Flaw[] {
  const { word, field, time } = end
  if (time.isZero || start.isZero || time.ns >= start.ns) return []
  const sentence = `${who} ${word} (${time.at ?? 'an odd time'}) before it started (${start.at ?? 'an odd time'}).`
  const index = startOf(goValue(node, field))
  const at = [...path, field]
  return [{ rule: 'F27', severity: 'warning', sentence, path: at, index, remedy: clock }]
}

/**
 * A run that goes on, or was cancelled, was saved with the step that had just ended; that step has a state. The end of a run is
 * a terminal, which has none; and inside a loop the current step is the loop.
 */
function currentStepFlaws({ root, state }: AwfText): readonly Flaw[] {
  const { status, currentStep, steps, loop } = state
  const isMid = status === 'running' || status === 'cancelled'
  if (!isMid || loop !== null || steps.some(({ key }) => key === currentStep)) return []
  const sentence =
    currentStep === ''
      ? `The run is ${status}, and says of no step that it is the current one: AWF cannot resume it as it is.`
      : `The current step ${currentStep} has no state, although the run is ${status}.`
  const index = startOf(goValue(root, 'CurrentStep'))
  const remedy = 'Resume it from a step that has a state.'
  return [{ rule: 'F28', severity: 'warning', sentence, path: ['CurrentStep'], index, remedy }]
}

function secretFlaws(inputs: TextNode | null): readonly Flaw[] {
  if (inputs?.kind !== 'object') return []
  return inputs.members
    .filter(({ key, value }) => isSecretKey(key) && holdsSomething(value))
    .map(({ key, value }) => ({
      rule: 'F29',
      severity: 'info',
      sentence: `The input ${key} lies in plain text in the file, and in every copy of it: AWF masks it in its audit log only.`,
      path: ['Inputs', key],
      index: value.start,
      remedy: 'Change the secret once it is not needed any more. Do not pass the file on.',
    }))
}

function holdsSomething(node: TextNode): boolean {
  return !isNothing(node) && !(node.kind === 'scalar' && node.lexeme === '""')
}

function outputFlaws({ state }: AwfText): readonly Flaw[] {
  return state.steps.flatMap((step) => [
    ...(step.isTruncated ? [truncated(step)] : []),
    ...streamed(step, 'OutputPath', step.outputPath),
    ...streamed(step, 'StderrPath', step.stderrPath),
  ])
}

function truncated({ key, node }: AwfStep): Flaw {
  const sentence = `The output of ${key} was cut by AWF: what a later step reads of it is not all.`
  const index = startOf(goValue(node, 'Truncated'))
  const path = ['States', key, 'Truncated']
  return { rule: 'F30', severity: 'info', sentence, path, index, remedy: null }
}

function streamed({ key, node }: AwfStep, field: string, path: string): readonly Flaw[] {
  if (path === '') return []
  const what = field === 'OutputPath' ? 'output' : 'error output'
  const sentence = `The ${what} of ${key} lies in the temporary file ${path}, which may be gone when the run is resumed.`
  const index = startOf(goValue(node, field))
  const at = ['States', key, field]
  return [
    {
      rule: 'F30',
      severity: 'info',
      sentence,
      path: at,
      index,
      remedy: 'Keep a copy of that file.',
    },
  ]
}

function startOf(node: TextNode | null): number | null {
  return node?.start ?? null
}
