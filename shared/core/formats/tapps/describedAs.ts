import { member, numberOf, stringOf, stringsOf, type TextObject } from '../text/parseText.ts'
import { patchText, type TextPatch } from '../text/patchText.ts'
import { pythonJson, pythonString } from '../text/pythonJson.ts'
import { parseState } from './parseState.ts'
import { textOf } from './stateFields.ts'
import type { StateFile } from './stateFile.ts'

/**
 * The description with what it repeats of a state: only keys that stand there already, because old descriptions lack some. Null
 * when it cannot be read.
 */
export function describedAs(
  meta: string,
  root: TextObject,
  more: readonly (readonly [key: string, value: string])[] = [],
): string | null {
  const parsed = parseState(meta)
  if (parsed.kind === 'broken') return null
  const values = new Map([...statedBy(root), ...more])
  const patches = [...values].flatMap(([key, value]): readonly TextPatch[] => {
    const stands = member(parsed.root, key)
    const isSame = stands !== null && pythonJson(stands) === value
    return stands === null || isSame ? [] : [{ op: 'replace', path: [key], value }]
  })
  const patched = patchText(meta, patches, 'python')
  return patched.kind === 'ok' ? patched.text : null
}

function statedBy(root: TextObject): readonly (readonly [string, string])[] {
  const step = member(root, 'current_step')
  return [
    ['checksum', pythonString(stringOf(member(root, '_checksum')) ?? '')],
    ['current_step', step === null ? 'null' : pythonJson(step)],
    ['completed_steps_count', String(stringsOf(member(root, 'completed_steps')).length)],
  ]
}

/** A description made anew, as this engine writes one for a snapshot of this name. */
export function newDescription(
  state: Pick<StateFile, 'name' | 'stamp'>,
  root: TextObject,
  workflowPath: string | null,
): string {
  const variables = member(root, 'variables')
  const checkpoint = member(variables, '_checkpoint_metadata')
  const progress = member(checkpoint, 'progress_percentage')
  const trigger = textOf(checkpoint, 'trigger_step_id')
  const path = workflowPath ?? textOf(variables, '_workflow_path')
  const fields: readonly (readonly [string, string])[] = [
    ['version', '"2.0"'],
    ['saved_at', pythonString(naiveTime(state.stamp) ?? textOf(root, 'started_at') ?? '')],
    ['checksum', pythonString(textOf(root, '_checksum') ?? '')],
    ['workflow_id', pythonString(textOf(root, 'workflow_id') ?? '')],
    ['state_file', pythonString(state.name)],
    ['workflow_path', path === null ? 'null' : pythonString(path)],
    ['compression', String(state.name.endsWith('.gz'))],
    ...statedBy(root).slice(1),
    [
      'progress_percentage',
      numberOf(progress) === null || progress === null ? '0.0' : pythonJson(progress),
    ],
    ['trigger_step_id', trigger === null ? 'null' : pythonString(trigger)],
  ]
  return `{\n${fields.map(([key, value]) => `  "${key}": ${value}`).join(',\n')}\n}`
}

/** `20261121-083138` as `2026-11-21T08:31:38`: local, as the engine writes it. */
export function naiveTime(stamp: string | null): string | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp ?? '') ?? []
  return year === undefined ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}`
}
