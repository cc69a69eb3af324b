import type { FormatRepair } from '../../format.ts'
import { patchText, type TextPatch } from '../../text/patchText.ts'
import { pythonString } from '../../text/pythonJson.ts'
import type { FileStore } from '../fileStore.ts'
import { folderOf } from '../names.ts'
import { textOf } from '../stateFields.ts'
import { newestInUse, storeFindings } from '../storeFindings.ts'
import { newestValid } from './descriptionRepairs.ts'

/** [F86] last.json made to point to the newest snapshot that verifies. */
export function pointerRepairs(store: FileStore): readonly FormatRepair[] {
  const { last, own, kind } = store
  if (kind !== 'snapshot' || last === null || newestInUse(store)?.path !== own.path) return []
  const state = newestValid(store)
  if (state === null || !storeFindings(store).some(({ rule }) => rule === 'F57')) return []
  const folder = folderIn(store)
  const target = folder === null ? state.name : `${folder}/${state.name}`
  const text = pointedTo(store, target)
  return [
    {
      id: 'pointer',
      label: `last.json is made to point to ${state.name}`,
      confidence: folder === null ? 'guess' : 'likely',
      losses:
        folder === null
          ? [
              'Where the project lies is not known from here: the path becomes relative, which its loader takes from the folder of the states.',
            ]
          : [],
      changes: [{ path: last.path, text, why: 'the pointer to the last state' }],
    },
  ]
}

/** Its paths are absolute. The folder of the description is right where that of the state was left behind by a move. */
function folderIn({ last }: FileStore): string | null {
  if (last?.parsed.kind !== 'ok') return null
  const described = textOf(last.parsed.root, 'metadata_file')
  const stated = textOf(last.parsed.root, 'state_file')
  const folder = folderOf(described ?? stated ?? '')
  return folder === '' ? null : folder
}

function pointedTo({ last, workflow, meta }: FileStore, target: string): string {
  if (last?.parsed.kind === 'ok') {
    const patch: TextPatch = { op: 'add', path: ['state_file'], value: pythonString(target) }
    const patched = patchText(last.text, [patch], 'python')
    if (patched.kind === 'ok') return patched.text
  }
  const description = meta?.description ?? null
  const path = description?.workflowPath ?? null
  const fields: readonly (readonly [string, string])[] = [
    ['workflow_id', pythonString(workflow ?? '')],
    ['state_file', pythonString(target)],
    ['metadata_file', pythonString(`${workflow ?? ''}.meta.json`)],
    ['saved_at', pythonString(description?.savedAt ?? '')],
    ['version', pythonString(description?.version ?? '2.0')],
    ['workflow_path', path === null ? 'null' : pythonString(path)],
  ]
  return `{\n${fields.map(([key, value]) => `  "${key}": ${value}`).join(',\n')}\n}`
}
