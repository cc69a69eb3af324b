// Which files of a workspace are listed, and which folders are looked into.
import type { Child } from './fileSystem.ts'
import { archiveEnding, isDay, isTemporary, places } from './places.ts'

/** What of a folder concerns the listing: names of files in their order, and names of folders below it. */
export type Chosen = { readonly files: readonly string[]; readonly folders: readonly string[] }

/** `folder` is relative to the root, `''` for the root itself. */
export function chooseChildren(folder: string, children: readonly Child[]): Chosen {
  const files: string[] = []
  const folders: string[] = []
  const takesAll = dayOfFolder(folder) !== null && !isArchive(folder)
  for (const child of children) {
    if (takesAll && child.kind === 'file') files.push(child.name)
    else if (child.kind === 'folder') {
      if (isWalked(folder, child.name)) folders.push(child.name)
    } else if (takesAll || isListed(folder, child)) files.push(child.name)
  }
  return { files: inOrder(files), folders: inOrder(folders) }
}

/** The day of a folder that holds runs, or archived runs; null of any other. */
export function dayOfFolder(folder: string): string | null {
  const place = [places.runs, places.archive].find((path) => folder.startsWith(`${path}/`))
  const day = place === undefined ? '' : folder.slice(place.length + 1)
  return isDay(day) ? day : null
}

export function isArchive(folder: string): boolean {
  return folder.startsWith(`${places.archive}/`)
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** [L180] Outside the day folders only JSON, plain or compressed, left-over temporary files, and links that may stand for either. */
function isListed(folder: string, { name, kind }: Child): boolean {
  if (isArchive(folder)) return name.endsWith(archiveEnding) || isTemporary(name)
  if (isOwnFolder(folder)) return false
  if (kind === 'link') return isWalked(folder, name) && !isOwnFolder(joinPath(folder, name))
  if (isTemporary(name)) return true
  if (folder === '' && name === 'unstuck.json') return false
  return (
    /\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i.test(name) &&
    !/^(package|tsconfig)[^/]*\.json$/i.test(name)
  )
}

function isWalked(folder: string, name: string): boolean {
  const path = joinPath(folder, name)
  if (isOwnFolder(folder)) return isOwnFolder(path) || (isArchive(path) && isDay(name))
  if (isArchive(folder) || foreignFolders.has(name)) return false
  if (folder !== '' && folder.split('/').length >= maxDepth) return false
  if (name.startsWith('.')) return isOwnFolder(path) || name === '.tapps-agents'
  return folder !== '' || name !== places.logs
}

/** On the way to the archive; nothing else in them is listed. */
export function isOwnFolder(path: string): boolean {
  return path === places.state || path === places.archive
}

/** Most disks give them in order. */
function inOrder(names: readonly string[]): readonly string[] {
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)
  return isSorted ? names : names.toSorted()
}

const foreignFolders = new Set(['node_modules', 'dist'])
const maxDepth = 6
