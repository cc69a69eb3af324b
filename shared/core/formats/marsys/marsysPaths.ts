import type { FileFacts } from '../format.ts'

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** MARSYS itself picks the folder by this beginning of the key. */
export function isCheckpointFile(path: string): boolean {
  return /^checkpoint_.*\.json$/s.test(nameOf(path))
}

export function isSnapshotFile(path: string): boolean {
  return nameOf(path) === 'snapshot.json'
}

/** Where a session's checkpoints lie: beside the folder `sessions`, or in the same folder where there is none. */
export function foldersOf(document: string): readonly string[] {
  const folder = folderOf(document)
  if (nameOf(folder) === 'sessions') return [folder, join(folderOf(folder), 'checkpoints')]
  if (nameOf(folder) === 'checkpoints') return [folder, join(folderOf(folder), 'sessions')]
  return [folder]
}

/** The session that the name of a file tells: `session_{id}.json`, or the folder of a snapshot. Null for any other name. */
export function sessionOfPath(path: string): string | null {
  if (isSnapshotFile(path)) return nameOf(folderOf(path)) || null
  return /^session_(.+)\.json$/s.exec(nameOf(path))?.[1] ?? null
}

/**
 * Files that may be checkpoints of a session, by name. The names alone do not tell: `checkpoint_a_b_c_1.json` is one of `a` or
 * of `a_b`; the text does.
 */
export function checkpointCandidates(
  session: string,
  files: readonly FileFacts[],
): readonly string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => nameOf(path).startsWith(`checkpoint_${session}_`) && isCheckpointFile(path))
}
