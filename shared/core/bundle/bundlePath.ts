// Where a file of a run stands in a bundle, and what of a bundle may be written at all.
import { RunId, StepId } from '../../schema/ids.ts'

export const manifestPath = 'manifest.json'

export type BundlePath =
  | { readonly kind: 'head' | 'journal'; readonly run: RunId }
  | { readonly kind: 'log' | 'step' | 'backup'; readonly run: RunId; readonly rest: string }
  /** A document of another engine, where it lay in its workspace. */
  | { readonly kind: 'document'; readonly run: null; readonly path: string }
export type BundleRunPath = Exclude<BundlePath, { readonly kind: 'document' }>

const folders = { log: 'logs', step: 'reports', backup: 'backups' } as const

export function writeBundlePath(path: BundlePath): string {
  switch (path.kind) {
    case 'head':
      return `runs/${path.run}/run.json`
    case 'journal':
      return `runs/${path.run}/journal.jsonl`
    case 'document':
      return `documents/${path.path}`
    default:
      return `runs/${path.run}/${folders[path.kind]}/${path.rest}`
  }
}

/**
 * [B48] Null for every name that no bundle of ours has: what is not on this short list is never written. So there is no way to
 * say an absolute path, a step up, a drive, a device, a stream behind a colon or a name that another system reads otherwise.
 */
export function readBundlePath(text: string): BundlePath | null {
  if (text.startsWith('documents/')) return documentPath(text.slice('documents/'.length))
  const [top, id, folder, ...rest] = text.split('/')
  const run = RunId.safeParse(id)
  if (text.length > longestPath || top !== 'runs' || !run.success) return null
  if (rest.length === 0) {
    if (folder === 'run.json') return { kind: 'head', run: run.data }
    return folder === 'journal.jsonl' ? { kind: 'journal', run: run.data } : null
  }
  if (!rest.every(isPlainName)) return null
  const place = { run: run.data, rest: rest.join('/') }
  const [first = ''] = rest
  if (folder === folders.log && rest.length === 1 && isAttempt(first, '.log'))
    return { kind: 'log', ...place }
  if (folder === folders.step && rest.length === 2 && isAttempt(first, ''))
    return { kind: 'step', ...place }
  if (folder === folders.backup && rest.length >= 2 && rest.length <= 8)
    return { kind: 'backup', ...place }
  return null
}

/** Nothing that Unstuck itself reads as more than a document: no run, no settings, no folder of its own or of a tool. */
function documentPath(path: string): BundlePath | null {
  const parts = path.split('/')
  const [first = ''] = parts
  const isSafe =
    path.length <= longestPath - 'documents/'.length &&
    parts.length <= mostFolders &&
    parts.every((part) => isDocumentName(part) && !ownNames.has(part.toLowerCase())) &&
    first.toLowerCase() !== 'runs'
  return isSafe ? { kind: 'document', run: null, path } : null
}

/** As other names, and with what engines and people put between words. */
function isDocumentName(name: string): boolean {
  return name === name.trim() && isPlainName(name.replaceAll(/[ @+=,()]/g, '-'))
}

const mostFolders = 16
const ownNames: ReadonlySet<string> = new Set(['.unstuck', 'unstuck.json', '.git', 'node_modules'])

/** `<step>.<attempt>` with an ending. */
function isAttempt(name: string, ending: string): boolean {
  if (!name.endsWith(ending)) return false
  const [, step, attempt] =
    /^(.+)\.(\d{1,6})$/.exec(name.slice(0, name.length - ending.length)) ?? []
  return attempt !== undefined && StepId.safeParse(step).success
}

function isPlainName(name: string): boolean {
  return (
    /^[A-Za-z0-9_.-][A-Za-z0-9_.[\]-]{0,199}$/.test(name) &&
    !/^\.{1,2}$/.test(name) &&
    !name.endsWith('.') &&
    !device.test(name)
  )
}

const device = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i
const longestPath = 600
