// Reads the operations log, newest first: each operation once, with what was requested and what was then observed.
import { z } from 'zod'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { operationDetails, type OperationDetails } from '../../shared/schema/operation.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { operationFiles } from './operations.ts'
import { readLinesBackwards, type LineAt } from './readLinesBackwards.ts'
import type { StoreContext } from './storeContext.ts'

export type OperationQuery = {
  readonly offset: number
  readonly limit: number
  /** Only operations on this run. */
  readonly run?: string | null
  readonly call?: string | null
  readonly by?: string | null
  /** Only those that were requested at this time or later. */
  readonly since?: string | null
  /** Only those that were requested at this time or earlier. */
  readonly until?: string | null
  readonly state?: Operation['state'] | null
  /** Only those in whose item, run, reason, error, person or call these letters are, in either case. */
  readonly text?: string | null
  readonly id?: string | null
  readonly signal?: CancelSignal
}

export type Operation = {
  /** Null on lines of older versions. */
  readonly id: string | null
  readonly requestedAt: string | null
  readonly observedAt: string | null
  readonly by: string
  readonly host: string | null
  readonly application: { readonly version: string; readonly host: string } | null
  readonly call: string
  readonly item: string
  readonly run: string | null
  readonly state: 'done' | 'failed' | 'unfinished'
  readonly error: { readonly code: string; readonly message: string } | null
  /** The operation by which this one was taken back since. */
  readonly undoneBy: string | null
} & Pick<Line, keyof typeof operationDetails>

/** One line, without its time. */
export type OperationLine = {
  readonly call: string
  readonly item: string
  readonly by: string
  readonly phase: 'requested' | 'observed'
  readonly outcome: string | null
  /** The same on both lines of an operation. */
  readonly id?: string
  /** The run that is meant, where the item is something else. */
  readonly run?: string
  readonly host?: string
  readonly application?: { readonly version: string; readonly host: string }
  readonly error?: { readonly code: string; readonly message: string }
} & OperationDetails

/** A line that is no operation: cut short, or damaged. It stays where it is. */
export type OddLine = { readonly file: string; readonly offset: number; readonly sentence: string }

export type OperationPage = {
  readonly operations: readonly Operation[]
  /** Null: these were the last ones. */
  readonly nextOffset: number | null
  readonly findings: readonly OddLine[]
}

const Line = z.looseObject({
  id: z.string().optional(),
  at: z.string(),
  by: z.string(),
  call: z.string(),
  item: z.string(),
  phase: z.enum(['requested', 'observed']),
  outcome: z.string().nullable(),
  run: z.string().optional(),
  host: z.string().optional(),
  application: z.looseObject({ version: z.string(), host: z.string() }).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
  ...operationDetails,
})
type Line = z.infer<typeof Line>

/** A log that is put aside meanwhile is read again: its lines would be missing, or be there twice. */
export async function readOperations(
  context: StoreContext,
  query: OperationQuery,
): Promise<OperationPage> {
  let files = await operationFiles(context)
  for (let again = 0; ; again += 1) {
    const page = await readFiles(context, query, files)
    const now = await operationFiles(context)
    if (again === rounds || now.join() === files.join()) return page
    files = now
  }
}

async function readFiles(
  context: StoreContext,
  query: OperationQuery,
  files: readonly string[],
): Promise<OperationPage> {
  const reading: Reading = {
    observed: new Map(),
    undone: new Map(),
    operations: [],
    findings: [],
    matched: 0,
  }
  const wanted = query.offset + query.limit
  for (const file of files.toReversed()) {
    for await (const lines of readLinesBackwards(context, file)) {
      throwIfCancelled(query.signal, 'Reading the operations log')
      for (const line of lines) take(reading, query, { file, line })
      // One more than is wanted says whether there is a next page.
      if (reading.matched > wanted) return pageOf(reading, query)
    }
  }
  // Requests that were lost: of these only the end is known.
  for (const left of reading.observed.values()) {
    for (const line of left) add(reading, query, operationOf(reading, line, line))
  }
  return pageOf(reading, query)
}

type Reading = {
  /** Ends whose beginnings are still to come, by what pairs them. */
  readonly observed: Map<string, Line[]>
  /** By what operations were taken back, by their ids: whatever takes one back is newer. */
  readonly undone: Map<string, string>
  readonly operations: Operation[]
  readonly findings: OddLine[]
  matched: number
}

function take(
  reading: Reading,
  query: OperationQuery,
  { file, line }: { readonly file: string; readonly line: LineAt },
): void {
  const parsed = parse(line)
  if (typeof parsed === 'string') {
    if (reading.findings.length >= mostFindings) return
    reading.findings.push({ file, offset: line.offset, sentence: parsed })
    return
  }
  const key = keyOf(parsed)
  if (parsed.phase === 'observed') {
    reading.observed.set(key, [...(reading.observed.get(key) ?? []), parsed])
    return
  }
  const ends = reading.observed.get(key) ?? []
  const end = ends.at(-1) ?? null
  if (ends.length > 1) reading.observed.set(key, ends.slice(0, -1))
  else reading.observed.delete(key)
  add(reading, query, operationOf(reading, parsed, end))
  const { id, undoes } = parsed
  if (id !== undefined && undoes !== undefined && end?.outcome === 'done')
    reading.undone.set(undoes, id)
}

function add(reading: Reading, query: OperationQuery, operation: Operation): void {
  if (!matches(operation, query)) return
  if (reading.matched >= query.offset && reading.operations.length < query.limit) {
    reading.operations.push(operation)
  }
  reading.matched += 1
}

function pageOf(reading: Reading, { offset, limit }: OperationQuery): OperationPage {
  const { operations, findings, matched } = reading
  return { operations, findings, nextOffset: matched > offset + limit ? offset + limit : null }
}

/** A sentence for a line that is none. */
function parse({ text, isWhole }: LineAt): Line | string {
  if (!isWhole) return 'The line is too long to be an operation.'
  const value = parseJsonIfAny(text)
  if (value === undefined) return 'The line was cut short or damaged: it is no JSON.'
  const line = Line.safeParse(value)
  return line.success ? line.data : 'The line is JSON, but no operation.'
}

/** Lines of older versions have no id; what was begun last is what ends first. */
function keyOf({ id, call, item, by }: Line): string {
  return id === undefined ? JSON.stringify([call, item, by]) : id
}

/** Of a request that was lost, its end stands for both lines. */
function operationOf(
  { undone }: Pick<Reading, 'undone'>,
  line: Line,
  observed: Line | null,
): Operation {
  const { id = null, by, call, item, run = null, host = null, application = null } = line
  return {
    id,
    requestedAt: line === observed ? null : line.at,
    observedAt: observed?.at ?? null,
    by,
    host,
    application,
    call,
    item,
    run: run ?? observed?.run ?? null,
    state: observed === null ? 'unfinished' : observed.outcome === 'done' ? 'done' : 'failed',
    error: observed === null ? null : errorOf(observed),
    undoneBy: id === null ? null : (undone.get(id) ?? null),
    ...detailsOf({ ...line, ...observed }),
  }
}

function detailsOf(line: Partial<Line>): Pick<Line, keyof typeof operationDetails> {
  const { reason, undoes, made, before, after, changes, undo } = line
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(made === undefined ? {} : { made }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(changes === undefined ? {} : { changes }),
    ...(undo === undefined ? {} : { undo }),
  }
}

function errorOf({ outcome, error }: Line): Operation['error'] {
  if (error !== undefined) return { code: error.code, message: error.message }
  if (outcome === 'done' || outcome === null) return null
  const [, code, message] = /^([a-z-]+): (.*)$/s.exec(outcome) ?? []
  return { code: code ?? 'unknown', message: message ?? outcome }
}

function matches(operation: Operation, query: OperationQuery): boolean {
  const { run = null, call = null, by = null, state = null, id = null, text = null } = query
  return (
    (id === null || operation.id === id) &&
    (run === null || operation.run === run || operation.item === run) &&
    (call === null || operation.call === call) &&
    (by === null || operation.by === by) &&
    (state === null || operation.state === state) &&
    isBetween(operation, query) &&
    (text === null || holds(operation, text.toLowerCase()))
  )
}

function isBetween(
  { requestedAt, observedAt }: Operation,
  { since = null, until = null }: OperationQuery,
): boolean {
  const at = Date.parse(String(requestedAt ?? observedAt))
  return (since === null || at >= Date.parse(since)) && (until === null || at <= Date.parse(until))
}

function holds({ call, item, run, by, reason, error }: Operation, lower: string): boolean {
  const texts = [call, item, run ?? '', by, reason ?? '', error?.message ?? '']
  return texts.some((text) => text.toLowerCase().includes(lower))
}

const mostFindings = 50
const rounds = 3
