import type { FileSet, FormatChange, FormatContext } from '../format.ts'
import {
  member,
  membersOf,
  type TextMember,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { pythonJson, pythonString } from '../text/pythonJson.ts'
import { stateChecksum } from './checksums.ts'
import { describedAs, newDescription } from './describedAs.ts'
import { isState } from './documentKind.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { parseState } from './parseState.ts'
import { versionOf } from './versions.ts'

/** [F89] From 1.0 to 2.0, in the order of fields in which its loader and its saving would leave them. */
export function migrate(set: FileSet, { sha256 }: FormatContext): FormatChange {
  const store = openStore(set, sha256)
  const { own, kind } = store
  if (!isState(kind) || own.root === null) return refused('It is no state that could be migrated.')
  if (own.isCopy || own.isTemporary)
    return refused('A copy is not migrated: the state is, and its copy follows.')
  if (!versionOf(store).isOld) return { kind: 'ok', changes: [], notes: [] }
  const missing = ['workflow_id', 'started_at'].filter((key) => member(own.root, key) === null)
  if (missing.length > 0)
    return refused(`${missing.join(' and ')} missing: its own loader refuses it too.`)
  const unsigned = `{\n${[...migrated(own.root)].map(line).join(',\n')}\n}`
  const text = withChecksum(unsigned, sha256)
  const parsed = text === null ? null : parseState(text)
  if (text === null || parsed?.kind !== 'ok')
    return refused('Its checksum cannot be taken: a list of steps holds what is no text.')
  return {
    kind: 'ok',
    changes: [
      { path: own.path, text, why: 'the state, as version 2.0' },
      ...besideIt(store, text, parsed.root),
    ],
    notes: notesOf(own.root),
  }
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

const order = [
  'workflow_id',
  'started_at',
  'current_step',
  'completed_steps',
  'skipped_steps',
  'artifacts',
  'variables',
  'status',
  'error',
]
const absent: { readonly [key: string]: string } = {
  current_step: 'null',
  completed_steps: '[]',
  skipped_steps: '[]',
  artifacts: '{}',
  variables: '{}',
  status: '"running"',
  error: 'null',
}

function migrated(root: TextObject): ReadonlyMap<string, string> {
  const known = order.map((key): readonly [string, string] => {
    const node = member(root, key)
    if (key === 'artifacts' && node !== null) return [key, artifactsOf(node)]
    return [key, node === null ? (absent[key] ?? 'null') : indented(node)]
  })
  // Its own saving drops what it does not know; nothing is thrown away here.
  const unknown = [...membersOf(root)].filter(
    ([key]) => !order.includes(key) && key !== '_checksum',
  )
  return new Map([...known, ...unknown.map(([key, node]) => [key, indented(node)] as const)])
}

function line([key, value]: readonly [string, string]): string {
  return `  ${pythonString(key)}: ${value}`
}

function indented(node: TextNode): string {
  return pythonJson(node, { indent: 2 }).replaceAll('\n', '\n  ')
}

/** The old shape has `step_id` where the new one has name, maker, time and metadata. */
function artifactsOf(node: TextNode): string {
  const artifacts = [...membersOf(node)]
  if (node.kind !== 'object' || artifacts.length === 0) return indented(node)
  const rows = artifacts.map(
    ([name, artifact]) => `    ${pythonString(name)}: ${artifactOf(name, artifact)}`,
  )
  return `{\n${rows.join(',\n')}\n  }`
}

function artifactOf(name: string, node: TextNode): string {
  const isNew = ['name', 'created_by', 'metadata'].some((key) => member(node, key) !== null)
  if (node.kind !== 'object' || isNew)
    return pythonJson(node, { indent: 2 }).replaceAll('\n', '\n    ')
  const text = (key: string, otherwise: string): string => {
    const value = member(node, key)
    return value === null ? otherwise : pythonJson(value)
  }
  const fields: readonly (readonly [string, string])[] = [
    ['name', pythonString(name)],
    ['path', text('path', '""')],
    ['status', text('status', '"pending"')],
    ['created_by', text('step_id', 'null')],
    ['created_at', 'null'],
    ['metadata', '{}'],
  ]
  const kept = node.members.filter(
    ({ key }: TextMember) => !['path', 'status', 'step_id'].includes(key),
  )
  const all = [...fields, ...kept.map(({ key, value }) => [key, pythonJson(value)] as const)]
  return `{\n${all.map(([key, value]) => `      ${pythonString(key)}: ${value}`).join(',\n')}\n    }`
}

function withChecksum(unsigned: string, sha256: FormatContext['sha256']): string | null {
  const parsed = parseState(unsigned)
  const sum = parsed.kind === 'ok' ? stateChecksum(parsed.root, sha256) : null
  return sum === null ? null : `${unsigned.slice(0, -2)},\n  "_checksum": "${sum}"\n}`
}

function besideIt(
  { own, meta, states, kind }: FileStore,
  text: string,
  root: TextObject,
): Extract<FormatChange, { kind: 'ok' }>['changes'] {
  const copy = states.find(({ isCopy, name }) => isCopy && name === own.name)
  const copies = copy === undefined ? [] : [{ path: copy.path, text, why: 'its copy in history' }]
  if (kind !== 'snapshot' || meta === null || meta.description?.stateFile !== own.name)
    return copies
  const isFull = meta.description.completedCount !== null
  const described = isFull
    ? describedAs(meta.text, root, [['version', '"2.0"']])
    : newDescription(own, root, meta.description.workflowPath)
  return described === null
    ? copies
    : [...copies, { path: meta.path, text: described, why: 'its description, as version 2.0' }]
}

function notesOf(root: TextObject): readonly string[] {
  const unknown = [...membersOf(root).keys()].filter(
    (key) => !order.includes(key) && key !== '_checksum',
  )
  return [
    'This engine migrates in memory at every load and never on the disk; it checks the status before it migrates, so that a state without one is refused.',
    ...(member(root, 'status') === null
      ? ['The status becomes running, as its own code takes it.']
      : []),
    ...(unknown.length === 0
      ? []
      : [`Kept, although its own saving would drop it: ${unknown.join(', ')}.`]),
  ]
}
