import type { Sha256 } from '../../../schema/digest.ts'
import type { FormatPoint } from '../format.ts'
import { savedAt, type FileStore } from './fileStore.ts'
import { baseOf } from './names.ts'
import { textOf } from './stateFields.ts'
import { sideRefusal, type StateFile } from './stateFile.ts'
import { timeOf } from './times.ts'

/** [F52] Every snapshot, copy, left-over file and step checkpoint of this workflow, each with why it may not be opened. */
export function pointsOf(store: FileStore, sha256: Sha256): readonly FormatPoint[] {
  const states = store.states.map((state) => statePoint(store, state))
  const current = states.filter(({ kind }) => kind === 'current')
  const others = states.filter(({ kind }) => kind !== 'current')
  return [...current, ...others, ...stepPoints(store, sha256)]
}

function statePoint(store: FileStore, state: StateFile): FormatPoint {
  const kind = kindOf(store, state)
  return {
    id: state.path,
    label: `${labels[kind]} ${state.name}`,
    kind,
    document: state.path,
    item: null,
    at: savedAt(store, state),
    problem: state.refusal,
  }
}

function kindOf({ own }: FileStore, state: StateFile): FormatPoint['kind'] {
  if (state.path === own.path) return 'current'
  if (state.isTemporary) return 'temporary'
  return state.isCopy ? 'history' : 'checkpoint'
}

const labels: { readonly [kind in FormatPoint['kind']]: string } = {
  current: 'State',
  checkpoint: 'Snapshot',
  history: 'Copy in history',
  backup: 'Backup',
  temporary: 'Left-over',
}

function stepPoints({ steps, own }: FileStore, sha256: Sha256): readonly FormatPoint[] {
  return steps
    .filter(({ path }) => path !== own.path)
    .map(({ path, parsed }) => {
      const root = parsed.kind === 'ok' ? parsed.root : null
      const name = (root === null ? null : textOf(root, 'step_name')) ?? baseOf(path)
      return {
        id: path,
        label: `Step checkpoint ${name}`,
        kind: 'checkpoint',
        document: path,
        item: null,
        at: timeOf(root === null ? null : textOf(root, 'completed_at')),
        problem:
          parsed.kind === 'broken'
            ? `It is no JSON: ${parsed.flaw.sentence}`
            : sideRefusal(parsed.root, sha256),
      }
    })
}
