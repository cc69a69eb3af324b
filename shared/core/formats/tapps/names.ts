// How TappsCodingAgents names its files. Ids end in times of their own, so that names are read from the right.

/** A stamp is local time to the second: `20261121-083138`. */
const stampedName = /^(.+)-(\d{8}-\d{6})$/
/** What the cursor executor calls a workflow: time and microseconds. Never the name of a snapshot. */
const cursorName = /-\d{8}-\d{6}-\d{6}$/

export type StateName = {
  /** The id of the workflow, as far as the name tells. */
  readonly workflow: string
  /** When it was saved; null for a file that is written over in place. */
  readonly stamp: string | null
}

/** The name of a state without its folder; null for any other file. */
export function stateName(path: string): StateName | null {
  const stem = stemOf(path)
  if (stem === null || stem === 'last' || stem.endsWith('.meta')) return null
  if (stem.endsWith('-execution-plan')) return null
  const [, workflow, stamp] = stampedName.exec(stem) ?? []
  if (workflow === undefined || stamp === undefined || cursorName.test(stem))
    return { workflow: stem, stamp: null }
  return { workflow, stamp }
}

/** The name of a snapshot, which ends in the time of its save; null for any other file. */
export function snapshotName(
  path: string,
): { readonly workflow: string; readonly stamp: string } | null {
  const named = stateName(path)
  return named === null || named.stamp === null
    ? null
    : { workflow: named.workflow, stamp: named.stamp }
}

/** `a/b.json.gz` gives `b`. */
export function stemOf(path: string): string | null {
  return /^(.*)\.json(?:\.gz)?(?:\.tmp)?$/.exec(baseOf(path))?.[1] ?? null
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end === -1 ? '' : path.slice(0, end)
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

export function isTemporary(path: string): boolean {
  return path.endsWith('.tmp')
}

export function isCopy(path: string): boolean {
  return baseOf(folderOf(path)) === 'history'
}

/** The folder that holds the states, seen from any file of a workflow. */
export function homeOf(path: string): string {
  const folder = folderOf(path)
  const inner = baseOf(folder)
  if (inner === 'history' || inner === 'events') return folderOf(folder)
  if (inner === 'checkpoints' && /^step\d+-/.test(baseOf(path))) return folderOf(folderOf(folder))
  return /^(?:checkpoint\.json|events\.jsonl)$/.test(baseOf(path)) ? folderOf(folder) : folder
}
