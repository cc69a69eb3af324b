import type { UnknownMapping } from '../../../schema/unknownMapping.ts'
import type { Run } from '../../../schema/run.ts'
import type { FileSet, FormatContext, FormatGuess, FormatPoint, FormatReading } from '../format.ts'
import type { TextNode } from '../text/parseText.ts'
import type { LogEvent } from './events.ts'
import { mappingFor } from './mappingFor.ts'
import { keysOf } from './records.ts'

/** What one state of a document says, before the points beside it are known. */
export type UnknownState = {
  readonly run: Run | null
  /** The whole document, where it is one value. */
  readonly root: TextNode | null
  readonly said: FormatReading['said']
  readonly guesses: readonly FormatGuess[]
  readonly derived: string | null
  readonly history: readonly LogEvent[]
  readonly points: readonly FormatPoint[]
  readonly mapping: UnknownMapping | null
  /** All runs of a document that holds many; `run` is one of them where it was asked for. */
  readonly runs: readonly NamedRun[]
}

/** A run among others: the name by which it is asked for, and the word for its status. */
export type NamedRun = { readonly item: string; readonly word: string | null }

export const nothingSeen: UnknownState = {
  said: { status: null, steps: {} },
  guesses: [],
  derived: null,
  history: [],
  points: [],
  run: null,
  root: null,
  mapping: null,
  runs: [],
}

export type Asked = { readonly set: FileSet; readonly context: FormatContext }

export type Mapped = Asked & { readonly mapping: UnknownMapping | null }

export function mappingOf(root: TextNode, { set, context }: Asked): UnknownMapping | null {
  const folder = set.document.slice(0, Math.max(0, set.document.lastIndexOf('/')))
  return mappingFor(context.mappings ?? [], { folder, keys: keysOf(root) })
}

/** What stands for the name and the time where a document has none. */
export function namesOf({ set, context }: Asked) {
  const { document, files } = set
  const name = document
    .slice(document.lastIndexOf('/') + 1)
    .replace(/\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i, '')
  const changedAt = files.find(({ path }) => path === document)?.modifiedAt ?? context.now
  return { name, changedAt }
}
