import { keepUnread } from '../../shared/schema/keepUnread.ts'
import { Run } from '../../shared/schema/run.ts'
import { RecordedDefinition } from '../../shared/schema/workflow.ts'
import type { Steps } from './steps.ts'

export type RunLists = {
  /** The run with none of what was read apart. */
  readonly rest: unknown
  /** The run as its schema gives it back, with what was read apart. */
  readonly putBack: (rest: Run) => Run
}

/**
 * Reads what grows with a run (its steps, those of its definition, its checkpoints) by their schemas, a few entries at a
 * time. Null when it is no run, or one that its schema refuses: then it is to be read whole.
 */
export function* readRunLists(run: unknown): Steps<RunLists | null> {
  const { steps, checkpoints, workflow } = isObject(run) ? run : {}
  if (!isObject(run) || !isObject(steps) || !Array.isArray(checkpoints)) return null
  const definition = isObject(workflow) ? workflow['definition'] : null
  const defined = isObject(definition) ? definition['steps'] : null

  const readSteps = yield* readRecord(steps, Run.shape.steps)
  const readDefined = isObject(defined)
    ? yield* readRecord(defined, RecordedDefinition.shape.steps)
    : {}
  const readCheckpoints = yield* readList(checkpoints, Run.shape.checkpoints)
  if (readSteps === null || readDefined === null || readCheckpoints === null) return null

  const without = isObject(defined)
    ? { workflow: { ...asObject(workflow), definition: { ...asObject(definition), steps: {} } } }
    : {}
  return {
    rest: { ...run, ...without, steps: {}, checkpoints: [] },
    putBack: (rest) => {
      const known = rest.workflow.definition
      const whole = known === null ? null : { ...known, steps: readDefined }
      const lists = { steps: readSteps, checkpoints: readCheckpoints }
      return { ...rest, ...lists, workflow: { ...rest.workflow, definition: whole } }
    },
  }
}

type Schema<T> = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: T } | { readonly success: false }
}

function* readRecord<T>(
  value: Readonly<Record<string, unknown>>,
  schema: Schema<Record<string, T>>,
): Steps<Record<string, T> | null> {
  const entries = Object.entries(value)
  const read: (readonly [string, T])[] = []
  for (let at = 0; at < entries.length; at += atOnce) {
    const some = Object.fromEntries(entries.slice(at, at + atOnce))
    const parsed = schema.safeParse(some)
    if (!parsed.success) return null
    read.push(...Object.entries(keepUnread(some, parsed.data)))
    yield
  }
  return Object.fromEntries(read)
}

function* readList<T>(value: readonly unknown[], schema: Schema<T[]>): Steps<T[] | null> {
  const read: T[] = []
  for (let at = 0; at < value.length; at += atOnce) {
    const some = value.slice(at, at + atOnce)
    const parsed = schema.safeParse(some)
    if (!parsed.success) return null
    read.push(...keepUnread(some, parsed.data))
    yield
  }
  return read
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

const atOnce = 100
