import type { z } from 'zod'
import { Field, fieldTypes } from '../../shared/schema/field.ts'
import { nearest } from '../../shared/schema/nearest.ts'
import {
  ForEach,
  Gate,
  HttpCall,
  RetryPolicy,
  StepDefinition,
  Wait,
  WorkflowDefinition,
} from '../../shared/schema/workflow.ts'
import type { Path, PathProblem } from './loadDefinitionPlaces.ts'

type Issue = z.core.$ZodIssue

/** A schema's issue in words for the author of a workflow: one for each key that is unknown, else one. */
export function explainIssue(issue: Issue, value: unknown): readonly PathProblem[] {
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
      return explainUnion(path, issue, value)
    default:
      return explainFieldOf(path, value) ?? [about(path, issue.message, value)]
  }
}

function about(path: Path, message: string, value: unknown): PathProblem {
  const isMissing = valueAt(value, path) === undefined && path.length > 0
  const name = path.at(-1)
  const text = isMissing
    ? `${whereOf(path.slice(0, -1))} needs a \`${name}\`.`
    : `${whereOf(path)}: ${message.replace(/^Invalid input: /, '')}.`
  const isStep = path.length === 2 && path[0] === 'steps'
  return { path, message: text, suggestion: null, isAboutKey: isStep }
}

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>

/** Of an object the one branch that takes objects is explained; of anything else what would have been taken. */
function explainUnion(path: Path, issue: UnionIssue, value: unknown): readonly PathProblem[] {
  if (issue.errors.length === 0) {
    const type = valueAt(value, path)
    const meant = typeof type === 'string' ? nearest(type, fieldTypes) : null
    const message = `${whereOf(path)} is one of ${fieldTypes.join(', ')}.`
    return [{ path, message, suggestion: meant, isAboutKey: false }]
  }
  const given = valueAt(value, path)
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const branch = isObject ? issue.errors.find((issues) => issues.every(isInside)) : undefined
  if (branch === undefined) return [about(path, unionMessage(issue.errors), value)]
  return branch.flatMap((inner) =>
    explainIssue({ ...inner, path: [...path, ...inner.path] }, value),
  )
}

/** About something in the value, not about its type. */
function isInside(issue: Issue): boolean {
  return issue.code !== 'invalid_type' || issue.path.length > 0
}

/** A field of a gate's form, of which its schema says only that it is none. */
function explainFieldOf(path: Path, value: unknown): readonly PathProblem[] | null {
  if (path.length !== 5 || path[2] !== 'gate' || path[3] !== 'fields') return null
  return explainField(path, value)
}

/** What is wrong with a field, or with what looks like one. */
export function explainField(path: Path, value: unknown): readonly PathProblem[] {
  const parsed = Field.safeParse(valueAt(value, path))
  if (parsed.success) return []
  return parsed.error.issues.flatMap((inner) =>
    explainIssue({ ...inner, path: [...path, ...inner.path] }, value),
  )
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
  if (path[0] === 'inputs' || path[3] === 'fields') return fieldKeys
  if (path[0] !== 'steps') return []
  if (path.length === 2) return Object.keys(StepDefinition.shape)
  return path.length === 3 ? (keysOfSetting.get(path[2]) ?? []) : []
}

const keysOfSetting: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['retry', Object.keys(RetryPolicy.shape)],
  ['http', Object.keys(HttpCall.shape)],
  ['wait', Object.keys(Wait.shape)],
  ['gate', Object.keys(Gate.shape)],
  ['forEach', Object.keys(ForEach.shape)],
])
const fieldKeys = [...new Set(Field.options.flatMap((one) => Object.keys(one.shape)))]

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
