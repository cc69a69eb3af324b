import type { FormatRepair } from '../../format.ts'
import { pythonString } from '../../text/pythonJson.ts'
import { describedAs, naiveTime, newDescription } from '../describedAs.ts'
import type { FileStore } from '../fileStore.ts'
import { join } from '../names.ts'
import { textOf } from '../stateFields.ts'
import type { StateFile } from '../stateFile.ts'
import { newestInUse, storeFindings } from '../storeFindings.ts'

/** The newest snapshot in use that the loader takes. */
export function newestValid({ states }: FileStore): StateFile | null {
  return (
    states.find(
      ({ isCopy, isTemporary, refusal, stamp }) =>
        !isCopy && !isTemporary && refusal === null && stamp !== null,
    ) ?? null
  )
}

/** [F86] `{workflow}.meta.json` made to say what the newest snapshot that verifies says. */
export function descriptionRepairs(store: FileStore): readonly FormatRepair[] {
  const { kind, workflow, meta, own } = store
  if (kind !== 'snapshot' || workflow === null || newestInUse(store)?.path !== own.path) return []
  const state = newestValid(store)
  if (
    state === null ||
    state.root === null ||
    !storeFindings(store).some(({ rule }) => rule === 'F56')
  )
    return []
  const text = meta === null ? null : describedAs(meta.text, state.root, pointing(store, state))
  const path = meta?.path ?? join(store.home, `${workflow}.meta.json`)
  const isAnew = text === null
  const isNewest = state.path === own.path
  return [
    {
      id: 'description',
      label: `${isAnew ? 'The description is made anew' : 'The description is made to agree'} from ${state.name}`,
      confidence: 'likely',
      losses: [
        ...(isAnew
          ? [
              'saved_at becomes the time in the name of the snapshot, progress what the snapshot says.',
            ]
          : []),
        ...(isNewest
          ? []
          : [`It then points to ${state.name}: ${own.name} is newer and does not verify.`]),
      ],
      changes: [
        {
          path,
          text: text ?? newDescription(state, state.root, pathInPointer(store)),
          why: 'its description',
        },
      ],
    },
  ]
}

function pointing({ meta }: FileStore, state: StateFile): readonly (readonly [string, string])[] {
  const saved = naiveTime(state.stamp)
  const isSame = meta?.description?.stateFile === state.name
  return [
    ['state_file', pythonString(state.name)],
    ['workflow_id', pythonString(state.fields?.workflowId ?? '')],
    ['compression', String(state.name.endsWith('.gz'))],
    ...(isSame || saved === null ? [] : [['saved_at', pythonString(saved)] as const]),
  ]
}

function pathInPointer({ last, workflow }: FileStore): string | null {
  if (last?.parsed.kind !== 'ok' || textOf(last.parsed.root, 'workflow_id') !== workflow)
    return null
  return textOf(last.parsed.root, 'workflow_path')
}
