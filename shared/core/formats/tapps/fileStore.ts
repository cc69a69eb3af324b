import { compare } from '../../../schema/compare.ts'
import type { Sha256 } from '../../../schema/digest.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { FileFacts, FileSet } from '../format.ts'
import { isState, knownDocument, type DocumentKind } from './documentKind.ts'
import { baseOf, folderOf, homeOf, join, stateName } from './names.ts'
import { parseState, type ParsedState } from './parseState.ts'
import { descriptionOf, textOf, type Description } from './stateFields.ts'
import { stateFile, type StateFile } from './stateFile.ts'
import { stampTime, timeOf } from './times.ts'
import { textIn } from '../textIn.ts'

export type Beside = { readonly path: string; readonly text: string; readonly parsed: ParsedState }

/** All that is known of one workflow, put in order. */
export type FileStore = {
  readonly set: FileSet
  readonly kind: DocumentKind
  readonly workflow: string | null
  readonly home: string
  readonly text: string
  readonly parsed: ParsedState
  /** States of exactly this workflow, the newest first, those in use before their copies; the document is among them. */
  readonly states: readonly StateFile[]
  readonly own: StateFile
  readonly meta: (Beside & { readonly description: Description | null }) | null
  readonly last: Beside | null
  readonly plan: Beside | null
  readonly steps: readonly Beside[]
  readonly events: { readonly path: string; readonly text: string } | null
}

export function openStore(set: FileSet, sha256: Sha256): FileStore {
  const { document } = set
  const text = textIn(set, document)
  const { kind, workflow } = knownDocument(document, text)
  const home = homeOf(document)
  const beside = (name: string): Beside | null => {
    const path = join(home, name)
    const other = set.texts.get(path)
    return other === undefined || path === document
      ? null
      : { path, text: other, parsed: parseState(other) }
  }
  const own = stateFile(document, { set, workflow, sha256 })
  const states = isState(kind) ? statesOf(set, { own, workflow, sha256 }) : [own]
  const meta = workflow === null ? null : beside(`${workflow}.meta.json`)
  return {
    set,
    kind,
    workflow,
    home,
    text,
    parsed: parseState(text),
    states,
    own,
    meta:
      meta === null
        ? null
        : {
            ...meta,
            description: meta.parsed.kind === 'ok' ? descriptionOf(meta.parsed.root) : null,
          },
    last: beside('last.json'),
    plan: workflow === null ? null : beside(`${workflow}-execution-plan.json`),
    steps: stepCheckpoints(set),
    events: eventsOf(set, home, workflow),
  }
}

function statesOf(
  set: FileSet,
  options: {
    readonly own: StateFile
    readonly workflow: string | null
    readonly sha256: Sha256
  },
): readonly StateFile[] {
  const { own, workflow, sha256 } = options
  const others = pathsOf(set)
    .filter((path) => path !== set.document && isStateOf(path, workflow))
    .map((path) => stateFile(path, { set, workflow, sha256 }))
    .filter(({ fields }) => (fields?.workflowId ?? workflow) === workflow)
  return [own, ...others].toSorted(newestFirst)
}

function isStateOf(path: string, workflow: string | null): boolean {
  const named = stateName(path)
  if (named === null || workflow === null || /^step\d+-|^checkpoint$/.test(named.workflow))
    return false
  if (named.stamp !== null && named.workflow === workflow) return true
  const stem = baseOf(path).replace(/\.json(?:\.gz)?(?:\.tmp)?$/, '')
  return stem === workflow || stem === `workflow-${workflow}`
}

function pathsOf(set: FileSet): readonly string[] {
  return [...new Set([...set.files.map(({ path }) => path), ...set.texts.keys()])]
}

function newestFirst(one: StateFile, other: StateFile): number {
  return compare(orderOf(other), orderOf(one)) || compare(one.path, other.path)
}

function orderOf({ stamp, isTemporary: isLeftOver, isCopy: isSpare }: StateFile): string {
  return `${stamp ?? '9'} ${isLeftOver ? 0 : isSpare ? 1 : 2}`
}

function stepCheckpoints(set: FileSet): readonly Beside[] {
  return pathsOf(set)
    .filter(
      (path) => baseOf(folderOf(path)) === 'checkpoints' && /^step\d+-.*\.json$/.test(baseOf(path)),
    )
    .toSorted((one, other) => numberIn(one) - numberIn(other))
    .flatMap((path) => {
      const text = set.texts.get(path)
      return text === undefined ? [] : [{ path, text, parsed: parseState(text) }]
    })
}

function numberIn(path: string): number {
  return Number(/^step(\d+)-/.exec(baseOf(path))?.[1] ?? 0)
}

function eventsOf(set: FileSet, home: string, workflow: string | null): FileStore['events'] {
  if (workflow === null) return null
  const paths = [
    join(home, `events/${workflow}.events.jsonl`),
    join(home, `${workflow}/events.jsonl`),
  ]
  const path = paths.find((one) => set.texts.has(one))
  return path === undefined ? null : { path, text: textIn(set, path) }
}

export function factsOf(set: FileSet, path: string): FileFacts | null {
  return set.files.find((file) => file.path === path) ?? null
}

/** When a state was saved: as its description says, else its name, else its file. */
export function savedAt({ set, meta, last }: FileStore, state: StateFile): Timestamp | null {
  const described = meta?.description
  const told = described?.stateFile === state.name ? timeOf(described.savedAt) : null
  const pointed = last?.parsed.kind === 'ok' ? last.parsed.root : null
  const target = textOf(pointed, 'state_file')
  const isPointed = target !== null && baseOf(target.replaceAll('\\', '/')) === state.name
  const saved = isPointed ? timeOf(textOf(pointed, 'saved_at')) : null
  return told ?? saved ?? stampTime(state.stamp) ?? factsOf(set, state.path)?.modifiedAt ?? null
}
