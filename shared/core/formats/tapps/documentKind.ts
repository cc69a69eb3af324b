import { unquote } from '../../codec/pointer.ts'
import { outlineOf } from '../outline.ts'
import { baseOf, isCopy, isTemporary, snapshotName, stateName, stemOf } from './names.ts'

/** What one file of this engine is. `snapshot`, `cursor` and `basic` are the state of a workflow by three of its executors. */
export type DocumentKind =
  | 'snapshot'
  | 'cursor'
  | 'basic'
  | 'description'
  | 'pointer'
  | 'plan'
  | 'step'
  | 'durable'
  | 'token'
  | 'task'
  | 'epic'
  | 'events'
  | 'durableEvents'
  | 'epicMemory'
  | 'other'

export const kindLabels: { readonly [kind in DocumentKind]: string } = {
  snapshot: 'TAPPS workflow state',
  cursor: 'TAPPS workflow state of the cursor executor',
  basic: 'TAPPS workflow state without checksum',
  description: 'TAPPS description of a state',
  pointer: 'TAPPS pointer to the last state',
  plan: 'TAPPS execution plan',
  step: 'TAPPS step checkpoint',
  durable: 'TAPPS durable checkpoint',
  token: 'TAPPS token checkpoint',
  task: 'TAPPS task checkpoint',
  epic: 'TAPPS epic',
  events: 'TAPPS event log',
  durableEvents: 'TAPPS durable event log',
  epicMemory: 'TAPPS epic memory',
  other: 'TAPPS document',
}

export type KnownDocument = { readonly kind: DocumentKind; readonly workflow: string | null }

/** By the keys that the text begins with, also when it was cut; by the name where the text says nothing. */
export function knownDocument(path: string, text: string): KnownDocument {
  const outline = outlineOf(text)
  const keys = new Set(outline.entries.keys())
  const workflow = textOfLexeme(outline.entries.get('workflow_id')?.lexeme)
  const telling = tellingKeys.find(([, needed]) => needed.every((key) => keys.has(key)))
  const kind = telling?.[0] ?? kindByName(path)
  if (kind !== null) return { kind, workflow: workflow ?? workflowByName(path, kind) }
  return stateKind(path, keys, workflow)
}

/** First match wins. */
const tellingKeys: readonly (readonly [DocumentKind, readonly string[]])[] = [
  ['durableEvents', ['event_type', 'workflow_id', 'sequence_number']],
  ['events', ['event_type', 'workflow_id', 'timestamp']],
  ['epicMemory', ['story_id', 'files_changed']],
  ['token', ['checkpoint_id', 'tokens_consumed']],
  ['plan', ['step_graph']],
  ['step', ['step_number', 'step_output']],
  ['durable', ['step_index', 'quality_scores']],
  ['task', ['agent_id', 'checkpoint_time']],
  ['epic', ['epic_id', 'stories']],
  ['description', ['state_file', 'compression']],
  ['pointer', ['state_file', 'saved_at']],
]

function kindByName(path: string): DocumentKind | null {
  const name = baseOf(path).replace(/\.tmp$/, '')
  if (name === 'last.json') return 'pointer'
  if (name.endsWith('.meta.json')) return 'description'
  if (name.endsWith('-execution-plan.json')) return 'plan'
  if (name.endsWith('.events.jsonl')) return 'events'
  if (name === 'events.jsonl') return 'durableEvents'
  if (name.endsWith('-memory.jsonl')) return 'epicMemory'
  if (name === 'checkpoint.json') return 'durable'
  if (/^step\d+-.*\.json$/.test(name)) return 'step'
  return name.includes('.json') ? null : 'other'
}

const namedEndings: Partial<Record<DocumentKind, string>> = {
  description: '.meta.json',
  events: '.events.jsonl',
  plan: '-execution-plan.json',
}

function workflowByName(path: string, kind: DocumentKind): string | null {
  const name = baseOf(path)
  const ending = namedEndings[kind]
  return ending !== undefined && name.endsWith(ending) ? name.slice(0, -ending.length) : null
}

function stateKind(
  path: string,
  keys: ReadonlySet<string>,
  workflow: string | null,
): KnownDocument {
  const stem = stemOf(path) ?? ''
  if (workflow !== null && stem === workflow) return { kind: 'cursor', workflow }
  const plain = stem.replace(/^workflow-/, '')
  if (plain !== stem && (workflow === null || workflow === plain))
    return { kind: 'basic', workflow: plain }
  const named = snapshotName(path)
  if (named !== null && (workflow === null || workflow === named.workflow))
    return { kind: 'snapshot', workflow: named.workflow }
  if (workflow !== null) {
    const isPlain = keys.has('step_executions') && !keys.has('_checksum')
    return { kind: isPlain ? 'basic' : 'snapshot', workflow }
  }
  return stateName(path) === null
    ? { kind: 'other', workflow: null }
    : { kind: 'cursor', workflow: stem }
}

function textOfLexeme(lexeme: string | null | undefined): string | null {
  return lexeme?.startsWith('"') === true ? unquote(lexeme) : null
}

export function isState(kind: DocumentKind): kind is 'snapshot' | 'cursor' | 'basic' {
  return kind === 'snapshot' || kind === 'cursor' || kind === 'basic'
}

/** A document a line: as a whole it is no JSON. */
export function isLog(kind: DocumentKind): boolean {
  return kind === 'events' || kind === 'durableEvents' || kind === 'epicMemory'
}

const rows: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'snapshot',
  'cursor',
  'basic',
  'step',
  'durable',
  'token',
  'task',
  'epic',
])

/** [F50] */
export function roleOf(path: string, text: string): 'run' | 'part' {
  if (isCopy(path) || isTemporary(path)) return 'part'
  return rows.has(knownDocument(path, text).kind) ? 'run' : 'part'
}
