// The project's own sources as a syntax tree: what each file imports, and which names it uses.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Import = {
  /** Path from the repository's root for our own files, else the name as it is written. */
  readonly target: string
  readonly line: number
}
export type Name = { readonly name: string; readonly line: number }
export type Source = {
  /** Path from the repository's root, with `/`. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  /** Names that are used, with the member or the `new` they are used with: `Date.now`, `new Date()`, `process.env`. */
  readonly names: readonly Name[]
}

/** All TypeScript sources below the folders, in order of their paths. Each is parsed once for all tests. */
export function readSources(folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) => listFiles(folder, /\.tsx?$/))
    .map((path) => known.get(path) ?? keep(readSource(path)))
}

const known = new Map<string, Source>()

function keep(source: Source): Source {
  known.set(source.path, source)
  return source
}

/** Paths from the root of all files below a folder whose name fits. */
export function listFiles(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .toSorted()
}

/** The text of a file, by its path from the root. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function readSource(path: string): Source {
  const text = readText(path)
  const { program, errors } = parseSync(path, text)
  const tree: unknown = program
  if (errors.length > 0 || !isNode(tree)) {
    throw new Error(`${path} cannot be parsed: ${errors[0]?.message ?? 'no tree'}`)
  }
  const findings = {
    path,
    imports: [] as Import[],
    names: [] as Name[],
    declared: new Set<string>(),
    lineAt: lineCounter(text),
  }
  visit({ node: tree, parent: null, key: '' }, findings)
  const { imports, declared } = findings
  const names = findings.names.filter(({ name }) => !declared.has(name.split('.')[0] ?? ''))
  return { path, text, imports, names }
}

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown }
type Place = { readonly node: Node; readonly parent: Place | null; readonly key: string }
type Findings = {
  readonly path: string
  readonly imports: Import[]
  readonly names: Name[]
  /** Names that the file itself gives to something: they mean that, not the global of the same name. */
  readonly declared: Set<string>
  readonly lineAt: (offset: number) => number
}

function visit(place: Place, findings: Findings): void {
  const { node } = place
  const specifier = specifierOf(node)
  if (specifier !== null) {
    const line = findings.lineAt(node.start)
    findings.imports.push({ target: resolve(findings.path, specifier), line })
  }
  if (node.type === 'Identifier' && isFree(place)) {
    const name = String(node['name'])
    if (isDeclaration(place)) findings.declared.add(name)
    else findings.names.push({ name: spelling(place, name), line: findings.lineAt(node.start) })
  }
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit({ node: child, parent: place, key }, findings)
    }
  }
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

function specifierOf(node: Node): string | null {
  const source = importing.has(node.type) ? node['source'] : null
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : null
}

/** False for `x` in `a.x`, `{ x: 1 }` and the like: there it is a name of something else. */
function isFree({ parent, key }: Place): boolean {
  if (parent === null || parent.node['computed'] === true) return true
  if (parent.node.type === 'MemberExpression') return key !== 'property'
  if (parent.node.type === 'TSQualifiedName') return key !== 'right'
  return key !== 'key' || parent.node['shorthand'] === true
}

/** Where a pattern can stand that gives a name to something. */
const declaring = new Set([
  'params',
  'VariableDeclarator.id',
  'FunctionDeclaration.id',
  'ImportSpecifier.local',
  'CatchClause.param',
])

function isDeclaration({ parent, key }: Place): boolean {
  if (parent === null) return false
  if (declaring.has(key) || declaring.has(`${parent.node.type}.${key}`)) return true
  const isInPattern =
    /Pattern$|^RestElement$/.test(parent.node.type) ||
    (parent.node.type === 'Property' && parent.parent?.node.type === 'ObjectPattern')
  return isInPattern && key !== 'right' && isDeclaration(parent)
}

function spelling({ parent, key }: Place, name: string): string {
  if (parent?.node.type === 'MemberExpression' && isNode(parent.node['property']))
    return `${name}.${String(parent.node['property']['name'])}`
  if (parent?.node.type !== 'NewExpression' || key !== 'callee') return name
  const given = parent.node['arguments']
  return `new ${name}(${Array.isArray(given) && given.length > 0 ? '…' : ''})`
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier
}

/** Asked for one place behind the other, mostly: it goes on from the last. */
function lineCounter(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map((match) => match.index)
  let before = 0
  return (offset) => {
    while (before > 0 && (ends[before - 1] ?? 0) >= offset) before -= 1
    while ((ends[before] ?? Infinity) < offset) before += 1
    return before + 1
  }
}
