// Which Node runs module and HTTP steps, and loads definitions that are modules.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type NodeProgram =
  /** `flags`: what makes it run TypeScript. */
  | { readonly kind: 'found'; readonly path: string; readonly flags: readonly string[] }
  | { readonly kind: 'missing'; readonly why: string }

type Asked = {
  /** The folder of the program that asks. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether the program of this process is a Node, which Electron's is not. */
  readonly isNode: boolean
}

/** The one that a person named, else the one of the package, else the one that runs this. */
export function findNode(asked: Asked = here): NodeProgram {
  const { UNSTUCK_NODE: named = '' } = asked.environment
  if (named !== '') return namedNode(named)
  const shipped = shippedNode(asked.folder)
  if (shipped !== null) return shipped
  if (asked.isNode) return { kind: 'found', path: process.execPath, flags: ownFlags }
  const why = `this program is no Node, and has none beside it. Set UNSTUCK_NODE to the path of a Node ${oldest.join('.')} or newer.`
  return { kind: 'missing', why }
}

/** In the desktop package this program lies in an archive, which Node cannot read: what Node runs lies beside that. Null elsewhere. */
export function besideArchive(folder: string): string | null {
  return /^(.*)[/\\]app\.asar[/\\]dist[/\\]main$/.exec(folder)?.[1] ?? null
}

const oldest = [22, 15] as const
/** From here on types are stripped unasked. */
const strips = [22, 18] as const
const stripTypes = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
const ownFlags = process.features.typescript === false ? stripTypes : []

const here: Asked = {
  folder: import.meta.dirname,
  environment: process.env,
  isNode: process.versions['electron'] === undefined,
}

/** What a person asks for is used or refused: another Node instead would run other code than they think. */
function namedNode(path: string): NodeProgram {
  const refused = (problem: string): NodeProgram => ({
    kind: 'missing',
    why: `UNSTUCK_NODE is ${path}, ${problem}. Set it to a Node ${oldest.join('.')} or newer.`,
  })
  const { stdout, status } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  if (status !== 0) return refused('which does not start')
  const version = /^v(\d+)\.(\d+)\.\d+/.exec(stdout)
  if (version === null) return refused('which does not say that it is Node')
  const [major, minor] = [Number(version[1]), Number(version[2])]
  if (isBefore([major, minor], oldest)) return refused(`which is ${stdout.trim()}`)
  const flags = isBefore([major, minor], strips) ? stripTypes : []
  return { kind: 'found', path, flags }
}

/** Its version was looked at when the package was made. */
function shippedNode(folder: string): NodeProgram | null {
  const resources = besideArchive(folder)
  if (resources === null) return null
  const path = join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path)) return { kind: 'found', path, flags: [] }
  const why = `${path}, which the package of Unstuck brings along, is not there. Install Unstuck again, or set UNSTUCK_NODE to the path of a Node ${oldest.join('.')} or newer.`
  return { kind: 'missing', why }
}

function isBefore(
  [major, minor]: readonly [number, number],
  [otherMajor, otherMinor]: readonly [number, number],
): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
