import type { z } from 'zod'
import { nearest } from '../../shared/core/graph/nearest.ts'
import { RetryPolicy, StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { Path } from './loadDefinitionPlaces.ts'

type Issue = z.core.$ZodIssue

export type ExplainedIssue = {
  readonly path: Path
  readonly message: string
  readonly suggestion: string | null
  /** The place is that of the key, not of its value. */
  readonly isAboutKey: boolean
}

/** A schema's issue in words for the author of a workflow: one for each key that is unknown, else one. */
export function explainIssue(issue: Issue, value: unknown): readonly ExplainedIssue[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `${whereOf(path)} has no setting \`${key}\`.`,
        suggestion: nearest(key, knownKeys(path)),
        isAboutKey: true,
      }))
    case 'invalid_key': {
      const name = String(path.at(-1) ?? '')
      const why = issue.issues[0]?.message ?? 'it is not allowed'
      return [
        {
          path,
          message: `the name \`${name}\` cannot be used: ${why}.`,
          suggestion: null,
          isAboutKey: true,
        },
      ]
    }
    case 'invalid_union':
      return [about(path, unionMessage(issue.errors), value)]
    default:
      return [about(path, issue.message, value)]
  }
}

function about(path: Path, message: string, value: unknown): ExplainedIssue {
  const isMissing = valueAt(value, path) === undefined && path.length > 0
  const name = path.at(-1)
  const text = isMissing
    ? `${whereOf(path.slice(0, -1))} needs a \`${name}\`.`
    : `${whereOf(path)}: ${message.replace(/^Invalid input: /, '')}.`
  const isStep = path.length === 2 && path[0] === 'steps'
  return { path, message: text, suggestion: null, isAboutKey: isStep }
}

/** The branch that fits the value's type says more than that nothing fits. */
function unionMessage(branches: readonly (readonly Issue[])[]): string {
  const firsts = branches.flatMap((issues) => issues.slice(0, 1))
  const fitting = firsts.find(({ code }) => code !== 'invalid_type')
  if (fitting !== undefined) return fitting.message
  return firsts.map(({ message }) => message.replace(/^Invalid input: /, '')).join(', or ')
}

function knownKeys(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(WorkflowDefinition.shape)
  if (path[0] !== 'steps') return []
  if (path.length === 2) return Object.keys(StepDefinition.shape)
  return path.length === 3 && path[2] === 'retry' ? Object.keys(RetryPolicy.shape) : []
}

function whereOf(path: Path): string {
  if (path.length === 0) return 'the workflow'
  if (path[0] !== 'steps' || path.length === 1) return `\`${path.join('.')}\``
  const [, step, ...rest] = path
  return rest.length === 0 ? `step ${step}` : `\`${rest.join('.')}\` of step ${step}`
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key))
      return undefined
    current = (current as Readonly<Record<string | number, unknown>>)[key] // an object that has this key
  }
  return current
}
