import type { Sha256 } from '../../../schema/digest.ts'
import { isNothing, member, stringOf, type TextNode, type TextObject } from '../text/parseText.ts'
import { compareCodePoints, pythonJson, pythonString } from '../text/pythonJson.ts'

/**
 * The checksum of a snapshot: six fields, lists sorted, so that neither the order of steps nor artifacts, times or the error
 * are covered. Null when a list holds what Python cannot sort. `nested` is how earlier versions of the engine took the
 * variables: as text of JSON in the JSON.
 */
export function stateChecksum(
  root: TextObject,
  sha256: Sha256,
  variables: 'plain' | 'nested' = 'plain',
): string | null {
  const completed = sortedTexts(member(root, 'completed_steps'))
  const skipped = sortedTexts(member(root, 'skipped_steps'))
  if (completed === null || skipped === null) return null
  const values = canonical(member(root, 'variables'), '{}')
  return sha256(
    object([
      ['completed_steps', completed],
      ['current_step', canonical(member(root, 'current_step'), 'null')],
      ['skipped_steps', skipped],
      ['status', canonical(member(root, 'status'), 'null')],
      ['variables', variables === 'plain' ? values : pythonString(values)],
      ['workflow_id', canonical(member(root, 'workflow_id'), 'null')],
    ]),
  )
}

/** Which way of taking the sum gives the one that stands there; null: none, it was changed. */
export function matchingForm(root: TextObject, sha256: Sha256): 'plain' | 'nested' | null {
  const stated = stringOf(member(root, '_checksum'))
  const forms = ['plain', 'nested'] as const
  return forms.find((form) => stateChecksum(root, sha256, form) === stated) ?? null
}

/** The checksum of a step checkpoint: every field but itself. */
export function stepChecksum(root: TextObject, sha256: Sha256): string {
  const members = root.members.filter(({ key }) => key !== 'checksum')
  return sha256(pythonJson({ ...root, members }, { sortKeys: true }))
}

const taskFields = ['agent_id', 'checkpoint_time', 'command', 'progress', 'state', 'task_id']

/** The checksum of a task's checkpoint: its context as text of JSON in the JSON, `metadata` not covered. */
export function taskChecksum(root: TextObject, sha256: Sha256): string | null {
  const artifacts = sortedTexts(member(root, 'artifacts'))
  if (artifacts === null) return null
  const context = pythonString(canonical(member(root, 'context'), '{}'))
  const fields = taskFields.map((key) => [key, canonical(member(root, key), 'null')] as const)
  const all = [...fields, ['artifacts', artifacts] as const, ['context', context] as const]
  return sha256(object(all.toSorted(([a], [b]) => compareCodePoints(a, b))))
}

function canonical(node: TextNode | null, absent: string): string {
  return node === null ? absent : pythonJson(node, { sortKeys: true })
}

function object(fields: readonly (readonly [string, string])[]): string {
  return `{${fields.map(([key, value]) => `${pythonString(key)}: ${value}`).join(', ')}}`
}

/** The list as Python sorts it; null when it is none, or holds anything but texts. */
function sortedTexts(node: TextNode | null): string | null {
  if (node === null) return '[]'
  if (node.kind !== 'array') return null
  const texts = node.items.map(stringOf)
  if (texts.includes(null)) return null
  const sorted = texts.flatMap((text) => text ?? []).toSorted(compareCodePoints)
  return `[${sorted.map((text) => pythonString(text)).join(', ')}]`
}

/** Whether a document states no checksum at all, or an empty one: its reader then verifies nothing. */
export function isUnsigned(root: TextObject, key: string): boolean {
  const stated = member(root, key)
  return isNothing(stated) || stringOf(stated) === ''
}
