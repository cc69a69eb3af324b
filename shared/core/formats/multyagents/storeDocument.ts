import type { JsonFlaw } from '../../codec/scanJson.ts'
import {
  itemsIn,
  member,
  membersOf,
  nodeAt,
  numberOf,
  stringOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { openText } from '../view/openText.ts'

/** A store as it is read: its tables by name, each by key. */
export type Store = {
  readonly root: TextObject
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, TextNode>>
}

export type StoreDocument =
  | { readonly kind: 'ok'; readonly store: Store }
  | { readonly kind: 'broken'; readonly flaw: JsonFlaw }

/** The whole state of a multyagents API: one object of tables, keyed by ids as texts. */
export function openStore(text: string): StoreDocument {
  const opened = openText(text)
  if (opened.kind === 'broken') return { kind: 'broken', flaw: opened.flaw }
  const { root } = opened
  if (root.kind === 'object') {
    const tables = new Map([...membersOf(root)].map(([key, node]) => [key, membersOf(node)]))
    return { kind: 'ok', store: { root, tables } }
  }
  return { kind: 'broken', flaw: { index: root.start, sentence: 'It is no object.' } }
}

/** A table by key; an older store lacks tables, and they are empty. */
export function table({ tables }: Store, name: string): ReadonlyMap<string, TextNode> {
  return tables.get(name) ?? noRecords
}

/** One record of a table; null where it has none of this key. */
export function recordOf(store: Store, name: string, key: string | null): TextNode | null {
  return key === null ? null : (table(store, name).get(key) ?? null)
}

const noRecords: ReadonlyMap<string, TextNode> = new Map()

/** The value at a path that begins with a table or a list. */
export function valueAt(
  store: Store,
  [name = '', key = '', ...path]: readonly string[],
): TextNode | null {
  const record = store.tables.get(name)?.get(key) ?? nodeAt(member(store.root, name), [key])
  return nodeAt(record, path)
}

/** A list of records; an older store lacks lists, and they are empty. */
export function list({ root }: Store, name: string): readonly TextNode[] {
  return itemsIn(member(root, name))
}

/** An id as its text, so that it compares with a key; null where there is none. */
export function idOf(node: TextNode | null): string | null {
  return node?.kind === 'scalar' && /^-?\d+$/.test(node.lexeme) ? node.lexeme : stringOf(node)
}

export function idsOf(node: TextNode | null): readonly string[] {
  return node?.kind === 'array' ? node.items.flatMap((item) => idOf(item) ?? []) : []
}

export function textOf(node: TextNode | null, key: string): string | null {
  return stringOf(member(node, key))
}

export function wholeOf(node: TextNode | null, key: string): number | null {
  return numberOf(member(node, key))
}

/** The tasks of a run, in its order. */
export function tasksOf(run: TextNode | null): readonly string[] {
  return idsOf(member(run, 'task_ids'))
}

/** The tasks that a task of a run needs. */
export function needsOf(run: TextNode | null, task: string): readonly string[] {
  return idsOf(member(member(run, 'step_dependencies'), task))
}
