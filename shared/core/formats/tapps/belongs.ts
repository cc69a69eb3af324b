import { compare } from '../../../schema/compare.ts'
import type { FileFacts } from '../format.ts'
import { isState, knownDocument } from './documentKind.ts'
import {
  baseOf,
  folderOf,
  homeOf,
  isCopy,
  isTemporary,
  join,
  snapshotName,
  stateName,
} from './names.ts'

/** More snapshots of one workflow are listed, and not read. */
const mostStates = 200

/** The folders in which the files of this document's workflow lie. */
export function foldersOf(document: string): readonly string[] {
  const home = homeOf(document)
  const own = idsOf(document).flatMap((id) => [join(home, id), join(home, `${id}/checkpoints`)])
  const inner = folderOf(document)
  return [...new Set([inner, home, join(home, 'history'), join(home, 'events'), ...own])]
}

/** Workflows of which a document of this name may be. */
function idsOf(document: string): readonly string[] {
  const named = stateName(document)
  if (named === null) return []
  const full = fullStem(document)
  return [...new Set([named.workflow, full, full.replace(/^workflow-/, '')])]
}

/** By names alone: the text of the document would tell which of the workflows it is. */
export function mayBelong(document: string, path: string): boolean {
  const home = homeOf(document)
  return idsOf(document).some((id) => ownNames(home, id)(path))
}

/** A name that ends in the time of a save, or any in the folder of its states. */
export function isOwnName(document: string): boolean {
  if (stateName(document) === null && baseOf(document) !== 'last.json') return false
  return snapshotName(document) !== null || baseOf(homeOf(document)) === 'workflow-state'
}

function fullStem(document: string): string {
  return baseOf(document).replace(/\.json(?:\.gz)?(?:\.tmp)?$/, '')
}

/** [F50] The files of exactly this workflow: one whose id only begins alike is another's. */
export function filesOf(
  document: string,
  text: string,
  files: readonly FileFacts[],
): readonly string[] {
  const { kind, workflow } = knownDocument(document, text)
  const home = homeOf(document)
  if (kind === 'epic') return epicFiles(document, files)
  if (workflow === null || kind === 'token' || kind === 'task') return [document]
  const isOwn = ownNames(home, workflow)
  const mine = files.map(({ path }) => path).filter((path) => path === document || isOwn(path))
  const states = mine.filter((path) => isStateFile(path)).toSorted(byStamp)
  const beside = mine.filter((path) => !isStateFile(path))
  return [...beside, ...states.slice(0, mostStates)]
}

function epicFiles(document: string, files: readonly FileFacts[]): readonly string[] {
  const memory = document.replace(/\.json$/, '-memory.jsonl')
  return files.map(({ path }) => path).filter((path) => path === document || path === memory)
}

function ownNames(home: string, workflow: string): (path: string) => boolean {
  const inHome = new Set([
    `${workflow}.meta.json`,
    'last.json',
    `${workflow}-execution-plan.json`,
    `${workflow}.json`,
    `workflow-${workflow}.json`,
  ])
  const own = join(home, workflow)
  return (path) => {
    const folder = folderOf(path)
    const name = baseOf(path).replace(/\.tmp$/, '')
    if (folder === join(home, 'events')) return name === `${workflow}.events.jsonl`
    if (folder === own) return name === 'events.jsonl' || name === 'checkpoint.json'
    if (folder === join(own, 'checkpoints')) return /^step\d+-.*\.json$/.test(name)
    if (folder !== home && folder !== join(home, 'history')) return false
    if (inHome.has(name)) return true
    return snapshotName(path)?.workflow === workflow
  }
}

function isStateFile(path: string): boolean {
  return snapshotName(path) !== null
}

/** The newest first, those that are in use before their copies. */
function byStamp(one: string, other: string): number {
  return compare(rankOfPath(other), rankOfPath(one))
}

function rankOfPath(path: string): string {
  const place = isTemporary(path) ? 0 : isCopy(path) ? 1 : 2
  return `${stateName(path)?.stamp ?? ''} ${place}`
}

/** [F50] Of documents that stand for the same run the one with the greatest order is its row. */
export function rankOf(
  document: string,
  text: string,
): { readonly run: string; readonly order: string } | null {
  const { kind, workflow } = knownDocument(document, text)
  if (workflow === null || kind === 'token') return null
  const run = join(homeOf(document), workflow)
  if (kind === 'snapshot') return { run, order: `3 ${stateName(document)?.stamp ?? ''}` }
  // One that is written over in place: beside snapshots of the same workflow it says nothing newer for sure.
  if (isState(kind)) return { run, order: '2' }
  if (kind === 'step') return { run, order: `1 ${stepNumber(document)}` }
  return kind === 'durable' ? { run, order: '0' } : null
}

function stepNumber(path: string): string {
  return (/^step(\d+)-/.exec(baseOf(path))?.[1] ?? '').padStart(8, '0')
}
