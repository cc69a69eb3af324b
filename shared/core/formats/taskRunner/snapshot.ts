import { member, membersOf, numberOf, stringOf, type TextNode } from '../text/parseText.ts'
import { parseShallow } from '../text/parseShallow.ts'
import type { FileSet } from '../format.ts'

/** One task and what became of it. */
export type TaskResult = {
  readonly task: string
  readonly status: string
  readonly message: string
  readonly error: string
  readonly data: TextNode | null
  readonly metrics: {
    readonly startTime: number
    readonly endTime: number
    readonly duration: number
  } | null
  readonly node: TextNode
}

export type Snapshot = {
  readonly text: string
  readonly root: TextNode
  /** In the order of the text. */
  readonly results: readonly TaskResult[]
}

export type OpenedSnapshot =
  | { readonly kind: 'ok'; readonly read: Snapshot }
  | { readonly kind: 'broken'; readonly sentence: string; readonly index: number | null }

export const taskStatuses = ['success', 'failure', 'skipped', 'cancelled'] as const

export function openSnapshot(set: FileSet): OpenedSnapshot {
  const text = set.texts.get(set.document)
  if (text === undefined)
    return { kind: 'broken', sentence: 'The file could not be read as text.', index: null }
  const parsed = parseShallow(text)
  if (parsed.kind === 'broken') return { kind: 'broken', ...parsed.flaw }
  const { root } = parsed
  if (root.kind !== 'object')
    return { kind: 'broken', sentence: 'The document is no object.', index: root.start }
  const results = [...membersOf(root)].map(([task, node]) => resultOf(task, node))
  return { kind: 'ok', read: { text, root, results } }
}

function resultOf(task: string, node: TextNode): TaskResult {
  const text = (key: string) => stringOf(member(node, key)) ?? ''
  const metrics = member(node, 'metrics')
  const [startTime, endTime, duration] = ['startTime', 'endTime', 'duration'].map((key) =>
    numberOf(member(metrics, key)),
  )
  const isWhole =
    typeof startTime === 'number' && typeof endTime === 'number' && typeof duration === 'number'
  return {
    task,
    status: text('status'),
    message: text('message'),
    error: text('error'),
    data: member(node, 'data'),
    metrics: isWhole ? { startTime, endTime, duration } : null,
    node,
  }
}

/** The task because of which one was skipped: its message is the only place where a dependency is written. */
export function skippedBecauseOf({ status, message }: TaskResult): string | null {
  if (status !== 'skipped') return null
  return /^Skipped because dependency '(.+?)' failed(?:: |$)/s.exec(message)?.[1] ?? null
}

export function isSkippedByCondition({ status, message }: TaskResult): boolean {
  return status === 'skipped' && message === 'Skipped by condition evaluation.'
}

export function isDryRun({ message }: TaskResult): boolean {
  return /^dry run:/i.test(message)
}
