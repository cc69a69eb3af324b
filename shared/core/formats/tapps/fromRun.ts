import { ownValue, type Json } from '../../../schema/json.ts'
import type { Run, RunStatus } from '../../../schema/run.ts'
import type { FileSet, FormatChange, FormatContext } from '../format.ts'
import { itemsIn, member, type TextNode } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import { isState } from './documentKind.ts'
import { edit } from './edit.ts'
import { openStore } from './fileStore.ts'
import { runView } from './runView.ts'
import { sideView } from './sideView.ts'
import { namedSteps } from './toRun.ts'
import { textIn } from '../textIn.ts'

/** [F92] The original text, with what the run has changed since patched in as this engine would have written it. */
export function fromRun(original: FileSet, run: Run, context: FormatContext): FormatChange {
  const store = openStore(original, context.sha256)
  const before = (isState(store.kind) ? runView(store) : sideView(store)).run
  if (before === null)
    return { kind: 'refused', problems: ['The original cannot be read as a run.'] }
  const names = new Map(namedSteps(store, before).map(({ id, name }) => [String(id), name]))
  const changed = patchesOf(before, run, { names, root: store.own.root })
  if (changed.patches.length === 0) {
    const text = textIn(original, original.document)
    return {
      kind: 'ok',
      changes: [{ path: original.document, text, why: 'the state, as it was' }],
      notes: changed.notes,
    }
  }
  if (!isState(store.kind))
    return {
      kind: 'refused',
      problems: ['Only the state of a workflow is written back, not a checkpoint or an epic.'],
    }
  const edited = edit(original, changed.patches, context)
  return edited.kind === 'ok' ? { ...edited, notes: [...changed.notes, ...edited.notes] } : edited
}

type Original = { readonly names: ReadonlyMap<string, string>; readonly root: TextNode | null }

type Patches = { readonly patches: readonly TextPatch[]; readonly notes: readonly string[] }

function patchesOf(before: Run, run: Run, { names, root }: Original): Patches {
  const patches: TextPatch[] = []
  const put = (key: string, value: Json): void =>
    void patches.push({ op: 'add', path: [key], value: JSON.stringify(value) })
  const lists = listsOf(before, run, names)
  if (lists.isChanged) {
    put('completed_steps', patchedList(root, 'completed_steps', lists.done))
    put('skipped_steps', patchedList(root, 'skipped_steps', lists.skipped))
  }
  if (lists.isChanged || run.status !== before.status) put('current_step', lists.next)
  if (run.status !== before.status) put('status', words[run.status])
  const message = run.error?.message ?? null
  if (message !== (before.error?.message ?? null)) put('error', message)
  patches.push(...valuePatches(before.variables, run.variables, ['variables']))
  const unknown = Object.keys(run.steps).filter((step) => !names.has(step))
  return {
    patches,
    notes: [
      ...unknown.map((step) => `The step ${step} is not one of the original: it is left out.`),
      ...(run.status === 'cancelled' && before.status !== 'cancelled'
        ? ['It was cancelled, a word that its loader refuses: failed is written.']
        : []),
    ],
  }
}

const words: { readonly [status in RunStatus]: string } = {
  pending: 'paused',
  running: 'running',
  waiting: 'paused',
  paused: 'paused',
  failed: 'failed',
  completed: 'completed',
  cancelled: 'failed',
}

type Lists = {
  readonly isChanged: boolean
  /** Only steps that a list has to gain or to lose. */
  readonly done: ListChange
  readonly skipped: ListChange
  readonly next: string | null
}
type ListChange = { readonly gains: readonly string[]; readonly loses: ReadonlySet<string> }

function listsOf(before: Run, run: Run, names: ReadonlyMap<string, string>): Lists {
  const changed = [...names].flatMap(([id, name]) => {
    const was = ownValue(before.steps, id)?.status
    const is = ownValue(run.steps, id)?.status
    return is === undefined || is === was ? [] : [{ name, was, is }]
  })
  const change = (status: string): ListChange => ({
    gains: changed.filter(({ is }) => is === status).map(({ name }) => name),
    loses: new Set(changed.filter(({ was }) => was === status).map(({ name }) => name)),
  })
  const next = [...names].find(([id]) => {
    const status = ownValue(run.steps, id)?.status
    return status !== undefined && status !== 'succeeded' && status !== 'skipped'
  })
  return {
    isChanged: changed.length > 0,
    done: change('succeeded'),
    skipped: change('skipped'),
    next: run.status === 'completed' ? null : (next?.[1] ?? null),
  }
}

function patchedList(root: TextNode | null, key: string, { gains, loses }: ListChange): Json {
  const node = member(root, key)
  const items = itemsIn(node)
  const texts = items.map((item) =>
    item.kind === 'scalar' ? (JSON.parse(item.lexeme) as Json) : null,
  ) // a scalar that was scanned
  const kept = texts.filter((text) => typeof text === 'string' && !loses.has(text))
  return [...kept, ...gains.filter((gain) => !kept.includes(gain))]
}

/** Only what differs, as deep as it lies: numbers beside it keep their text. */
function valuePatches(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[],
): readonly TextPatch[] {
  if (after === undefined) return before === undefined ? [] : [{ op: 'remove', path }]
  if (before === undefined) return [{ op: 'add', path, value: JSON.stringify(after) }]
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) =>
      valuePatches(ownValue(before, key), ownValue(after, key), [...path, key]),
    )
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  return [{ op: 'replace', path, value: JSON.stringify(after) }]
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
