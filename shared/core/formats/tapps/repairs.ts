import type { FileChange, FileSet, FormatContext, FormatRepair } from '../format.ts'
import { isState } from './documentKind.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { checksumRepairs } from './repairs/checksumRepairs.ts'
import { descriptionRepairs } from './repairs/descriptionRepairs.ts'
import { eventRepairs } from './repairs/eventRepairs.ts'
import { pointerRepairs } from './repairs/pointerRepairs.ts'
import { spareRepairs } from './repairs/spareRepairs.ts'
import { statusRepairs } from './repairs/statusRepairs.ts'

/** [F83] From what this engine left lying about, best first. A change of what is the same already is none. */
export function repairs(set: FileSet, { sha256 }: FormatContext): readonly FormatRepair[] {
  const store = openStore(set, sha256)
  const all = [
    ...(isState(store.kind)
      ? [
          ...spareRepairs(store),
          ...statusRepairs(store, sha256),
          ...descriptionRepairs(store),
          ...pointerRepairs(store),
        ]
      : []),
    ...checksumRepairs(store, sha256),
    ...eventRepairs(store),
  ]
  const rank = { certain: 0, likely: 1, guess: 2 } as const
  return all
    .map((repair) => ({
      ...repair,
      changes: repair.changes.filter((change) => isNews(store, change)),
    }))
    .filter(({ changes }) => changes.length > 0)
    .toSorted((one, other) => rank[one.confidence] - rank[other.confidence])
}

function isNews({ set }: FileStore, { path, text }: FileChange): boolean {
  return text === null || set.texts.get(path) !== text
}
