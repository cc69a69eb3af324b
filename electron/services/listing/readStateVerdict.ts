import { parseJson } from '../../../shared/schema/parseJson.ts'
import { matchState } from '../../../shared/core/query/matchState.ts'
import { stateNeedles, type Needle } from '../../../shared/core/query/stateNeedles.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { runAsJson } from '../../../shared/schema/run.ts'
import type { StateCondition } from '../../../shared/schema/runCondition.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun } from '../openStoredRun.ts'
import { parseRunId } from '../refs.ts'
import { readDocumentKind } from '../documentKind.ts'
import { flags } from './columns.ts'
import type { Verdict } from './stateVerdicts.ts'

/** Reads the document of a row as far as it takes to say whether its state fits all conditions. */
export function createStateReader(
  context: ServiceContext,
  conditions: readonly StateCondition[],
): (place: number) => Promise<Verdict> {
  const needles = conditions.flatMap(stateNeedles)
  const judge = (state: Json): Verdict =>
    conditions.every((condition) => matchState(state, condition)) ? 'fits' : 'other'
  return async (place) => {
    try {
      const state = await readStateAt(context, place, needles)
      return state === 'other' || state === 'unread' ? state : judge(state.value)
    } catch (error) {
      // A file that is gone or cannot be read is told as one that was not searched.
      if (error instanceof AppError && error.code !== 'bug') return 'unread'
      throw error
    }
  }
}

type Found = { readonly value: Json }

/** `other`: it does not have what it would need to fit. */
async function readStateAt(
  context: ServiceContext,
  place: number,
  needles: readonly Needle[],
): Promise<Found | 'other' | 'unread'> {
  const { rows } = context.index
  const { columns, pools } = rows.save()
  const bits = columns.flags[place] ?? 0
  const word = (codes: Int32Array): string | null => pools.texts.textOf(codes[place] ?? 0)
  const document = rows.documentAt(place)
  const health = word(columns.health)
  if (health === 'empty' || health === 'temporary') return 'other'
  if ((bits & flags.native) === 0) return readDocumentState(context, document)
  // The head of a run at rest has all of it; of any other the journal has more.
  const isWhole = (bits & flags.exact) !== 0 && health === 'ok' && word(columns.liveness) === 'none'
  const head = isWhole ? await readHead(context, document, needles) : null
  if (head !== null) return head
  const { run } = await readStoredRun(context, parseRunId(word(columns.reference) ?? ''))
  return run === null ? 'unread' : { value: runAsJson(run) }
}

/** Null where the head alone does not tell: then all of the run is read. */
async function readHead(
  { store }: ServiceContext,
  document: string,
  needles: readonly Needle[],
): Promise<Found | 'other' | null> {
  const { bytes, sizeBytes } = await store.readSlice(document, { offset: 0, limitBytes: headBytes })
  if (bytes.length < sizeBytes) return null
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!hasAll(text, needles)) return 'other'
  const run = parsedRun(text.toString())
  return run === null ? null : { value: run }
}

const headBytes = 16 * 1024 * 1024

function hasAll(text: Buffer, needles: readonly Needle[]): boolean {
  let lower: string | null = null
  return needles.every((needle) => {
    if (!needle.anyCase || !/[a-z]/.test(needle.text))
      return text.includes(needle.text, 0, 'latin1')
    lower ??= text.toString('latin1').toLowerCase()
    return lower.includes(needle.text)
  })
}

/** What was verified as a row is not verified again: whatever is no JSON is read whole. */
function parsedRun(text: string): Json | null {
  const head = parsed(text)
  return typeof head === 'object' && head !== null && !Array.isArray(head) && 'run' in head
    ? (head.run ?? null)
    : null
}

async function readDocumentState(
  context: ServiceContext,
  document: string,
): Promise<Found | 'unread'> {
  const { run, text, foreign } = await readDocumentKind(context, {
    document,
    kind: 'document',
    problem: null,
  })
  // Paths that a person gives are those of the text that is shown.
  if (run !== null && foreign === null) return { value: runAsJson(run) }
  const value = text === null ? undefined : parsed(text)
  return value === undefined ? 'unread' : { value }
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text) as Json // whatever JSON says is one
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
