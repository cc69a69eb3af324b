import { textFinding } from '../../codec/headFinding.ts'
import { toPointer } from '../../codec/pointer.ts'
import type { Finding, Severity } from '../../integrity/finding.ts'
import { member, nodeAt, numberOf, type TextNode } from '../text/parseText.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import {
  isDryRun,
  skippedBecauseOf,
  taskStatuses,
  type Snapshot,
  type TaskResult,
} from './snapshot.ts'

type Flaw = {
  readonly rule: string
  readonly severity: Severity
  readonly sentence: string
  readonly path: readonly string[]
  readonly node: TextNode
  readonly remedy: string | null
}

/** What is wrong with a snapshot that is JSON. */
export function snapshotFindings({ text, root, results }: Snapshot): readonly Finding[] {
  const flaws = [
    ...repeatedFlaws(root),
    ...results.flatMap((result) => [
      ...shapeFlaws(result),
      ...statusFlaws(result),
      ...metricFlaws(result),
      ...dependencyFlaws(result, results),
    ]),
  ]
  return mostSevere(flaws).map(({ rule, severity, sentence, path, node, remedy }) =>
    textFinding(text, {
      rule,
      severity,
      sentence,
      index: node.start,
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

function repeatedFlaws(root: TextNode): readonly Flaw[] {
  return repeatedKeys(root).map((path) => ({
    rule: 'F172',
    severity: 'warning',
    sentence: `The key ${path.at(-1)} stands twice: the last one is taken.`,
    path,
    node: nodeAt(root, path) ?? root,
    remedy: 'Find out which one is meant, and take the other out.',
  }))
}

const fields: Readonly<Record<string, (node: TextNode) => boolean>> = {
  status: isText,
  message: isText,
  error: isText,
  data: () => true,
  metrics: isMetrics,
}

function isText(node: TextNode): boolean {
  return node.kind === 'scalar' && node.lexeme.startsWith('"')
}

function isMetrics(node: TextNode): boolean {
  return (
    node.kind === 'object' &&
    node.members.length === 3 &&
    ['startTime', 'endTime', 'duration'].every((key) => numberOf(member(node, key)) !== null)
  )
}

/** A result has these fields and no others, each of its type. */
function shapeFlaws({ task, node }: TaskResult): readonly Flaw[] {
  const flaw = (path: readonly string[], at: TextNode, sentence: string): Flaw => ({
    rule: 'F172',
    severity: 'warning',
    sentence,
    path: [task, ...path],
    node: at,
    remedy: 'Compare it with a result that task-runner wrote.',
  })
  if (node.kind !== 'object') return [flaw([], node, `What stands under ${task} is no result.`)]
  return node.members.flatMap(({ key, value }) => {
    const fits = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (fits === undefined)
      return [flaw([key], value, `The result of ${task} has the key ${key}, which no result has.`)]
    return fits(value) ? [] : [flaw([key], value, `The ${key} of ${task} is not of its type.`)]
  })
}

function statusFlaws(result: TaskResult): readonly Flaw[] {
  const { task, status, node, error } = result
  const at = member(node, 'status') ?? node
  const path = [task, 'status']
  if (!taskStatuses.some((one) => one === status)) {
    const said = status === '' ? 'no status' : `the status "${status}"`
    const sentence = `The task ${task} has ${said}, which is no result of a task.`
    const remedy =
      'Set it to success, failure, skipped or cancelled, or take the task out: what has no result has not ended.'
    return [{ rule: 'F173', severity: 'error', sentence, path, node: at, remedy }]
  }
  const isContradicted = status === 'success' && error !== ''
  return [
    ...(isContradicted
      ? [
          {
            rule: 'F173',
            severity: 'warning' as const,
            sentence: `The task ${task} is a success, and has an error: ${error}`,
            path,
            node: at,
            remedy: null,
          },
        ]
      : []),
    ...(isDryRun(result)
      ? [
          {
            rule: 'F174',
            severity: 'warning' as const,
            sentence: `The result of ${task} is that of a dry run: nothing was done, and its status says ${status}.`,
            path,
            node: at,
            remedy: 'Do not go on from it: take the results of dry runs out.',
          },
        ]
      : []),
  ]
}

/** Times are of a clock that begins with the process; only their order and their difference mean something. */
function metricFlaws({ task, metrics, node }: TaskResult): readonly Flaw[] {
  if (metrics === null) return []
  const { startTime, endTime, duration } = metrics
  const at = member(node, 'metrics') ?? node
  const flaw = (sentence: string): Flaw => ({
    rule: 'F175',
    severity: 'warning',
    sentence,
    path: [task, 'metrics'],
    node: at,
    remedy: 'The document was edited by hand, or damaged.',
  })
  if (endTime < startTime) return [flaw(`The task ${task} ended before it started.`)]
  return Math.abs(endTime - startTime - duration) > 1e-6
    ? [
        flaw(
          `The duration of ${task} is ${duration} ms, and from its start to its end it is ${endTime - startTime} ms.`,
        ),
      ]
    : []
}

function dependencyFlaws(result: TaskResult, results: readonly TaskResult[]): readonly Flaw[] {
  const { task, node } = result
  const name = skippedBecauseOf(result)
  if (name === null) return []
  const cause = results.find((one) => one.task === name)
  if (cause !== undefined && cause.status !== 'success') return []
  const sentence =
    cause === undefined
      ? `The task ${task} was skipped because ${name} failed, and ${name} has no result.`
      : `The task ${task} was skipped because ${name} failed, and ${name} is a success.`
  const at = member(node, 'message') ?? node
  return [
    {
      rule: 'F176',
      severity: 'warning',
      sentence,
      path: [task, 'message'],
      node: at,
      remedy: null,
    },
  ]
}
