import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import type { CallOutput, HandlerOptions } from '../../shared/contract/contract.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { loadDefinitionText } from './loadDefinitionText.ts'

type Row = CallOutput<'workflow.list'>['workflows'][number]

const mostRows = 500
const mostFolders = 2000
const deepest = 6
const largestBytes = 1024 * 1024

/**
 * Definitions in the workspace, by path: YAML and JSON files with `steps`, and modules named `*.workflow.ts`, which are not
 * executed for it. Hidden folders, `node_modules` and the runs themselves are passed over.
 */
export async function listWorkflows(
  context: ServiceContext,
  options: Pick<HandlerOptions<'workflow.list'>, 'signal'>,
): Promise<CallOutput<'workflow.list'>> {
  const { root } = context.store
  const files = await findFiles(root)
  const workflows: Row[] = []
  for (const file of files.toSorted()) {
    throwIfCancelled(options.signal, 'Looking for workflows')
    if (workflows.length >= mostRows) break
    const row = await rowOf(file, relative(root, file))
    if (row !== null) workflows.push(row)
  }
  return { workflows }
}

/** Files whose name may be that of a definition. */
async function findFiles(root: string): Promise<readonly string[]> {
  const files: string[] = []
  let level = [root]
  let looked = 0
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const folders: string[] = []
    for (const folder of level) {
      if (looked >= mostFolders) return files
      looked += 1
      const entries = await readFolder(folder)
      const isOwn = (name: string) => depth === 0 && stateFolders.has(name)
      for (const entry of entries) {
        if (entry.name.startsWith('.') || isOwn(entry.name)) continue
        const path = join(folder, entry.name)
        if (entry.isDirectory() && entry.name !== 'node_modules') folders.push(path)
        if (entry.isFile() && isCandidate(entry.name)) files.push(path)
      }
    }
    level = folders
  }
  return files
}

/** Where a store keeps its runs and their logs. */
const stateFolders: ReadonlySet<string> = new Set(['runs', 'logs'])

/** A folder that cannot be read holds nothing that could be started. */
async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

function isCandidate(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name) || /\.workflow\.m?[jt]s$/.test(name)
}

async function rowOf(file: string, path: string): Promise<Row | null> {
  const nothing = { name: null, version: null, description: null, steps: 0, problems: 0 }
  if (/\.m?[jt]s$/.test(file)) return { path, ...nothing }
  const text = await readText(file)
  if (text === null || !/["']?steps["']?\s*:/.test(text)) return null
  const isJson = extname(file).toLowerCase() === '.json'
  const { definition, problems, hasSteps } = loadDefinitionText(text, { isJson })
  if (!hasSteps) return null
  return {
    path,
    name: definition?.name ?? null,
    version: definition?.version ?? null,
    description: definition?.description ?? null,
    steps: Object.keys(definition?.steps ?? {}).length,
    problems: problems.length,
  }
}

/** Null for what is too large, is no text or is gone. */
async function readText(file: string): Promise<string | null> {
  try {
    if ((await stat(file)).size > largestBytes) return null
    const decoded = decodeUtf8(await readFile(file))
    return 'problem' in decoded ? null : decoded.text
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
