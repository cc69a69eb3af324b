import { readFile, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { DefinitionProblem } from '../../shared/contract/workflows.ts'
import { AppError } from '../../shared/errors.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { loadDefinitionModule } from './loadDefinitionModule.ts'
import { loadDefinitionText } from './loadDefinitionText.ts'

export type LoadedDefinition = {
  readonly definition: WorkflowDefinition
  /** `sha256:<hex>` of the file's bytes; of a module, of the JSON that it exports. */
  readonly digest: string
  /** Absolute path. */
  readonly source: string
}

export type ReadDefinition = Omit<LoadedDefinition, 'definition'> & {
  /** Null where the file does not even have the shape of one. */
  readonly definition: WorkflowDefinition | null
  readonly problems: readonly DefinitionProblem[]
}

/**
 * Reads a workflow from a YAML or JSON file, or from what a TypeScript or JavaScript module exports; a relative path starts at
 * the workspace. Throws `not-found`, or `invalid-input` with every problem of it: one line each as `file:line:column: text`,
 * and as rows in `details.problems`.
 */
export async function loadDefinition(
  context: ServiceContext,
  path: string,
): Promise<LoadedDefinition> {
  const { definition, problems, digest, source } = await readDefinition(context, path)
  if (definition === null || problems.length > 0) throw invalid(path, problems)
  return { definition, digest, source }
}

/** The same with its problems as values. Throws only where there is no text to speak of. */
export async function readDefinition(
  context: ServiceContext,
  path: string,
): Promise<ReadDefinition> {
  const source = resolve(context.store.root, path)
  const extension = extname(source).toLowerCase()
  const isModule = isDefinitionModule(source)
  if (!isModule && !textExtensions.includes(extension))
    throw new AppError(
      'invalid-input',
      `${path} is not taken as a workflow: expected a file that ends in ${[...textExtensions, ...moduleExtensions].join(', ')}.`,
    )

  const { text, digest } = await readDefinitionText(context, source, path)
  if (!isModule) {
    const { definition, problems } = loadDefinitionText(text, { isJson: extension === '.json' })
    return { definition, problems, digest, source }
  }
  await requireTrust(context, path)
  const { definition, problems, exported } = await loadDefinitionModule(source, text)
  return { definition, problems, digest: `sha256:${context.sha256(exported)}`, source }
}

/** The text of a definition, and of that the digest. Nothing of it is parsed; `path`: what it is called in an error. */
export async function readDefinitionText(
  context: Pick<ServiceContext, 'sha256'>,
  source: string,
  path = source,
): Promise<{ readonly text: string; readonly digest: string }> {
  const decoded = decodeUtf8(await readSmallFile(source, path))
  if ('problem' in decoded)
    throw new AppError('invalid-input', `${path} is not UTF-8 text: ${decoded.problem}`)
  return { text: decoded.text, digest: `sha256:${context.sha256(decoded.text)}` }
}

/** Whether it has to be executed to be read. */
export function isDefinitionModule(path: string): boolean {
  return moduleExtensions.includes(extname(path).toLowerCase())
}

async function requireTrust(context: ServiceContext, path: string): Promise<void> {
  if (await context.trust.isTrusted()) return
  throw new AppError(
    'untrusted',
    `${path} is a program: it has to be executed to be read, and this workspace is not trusted.`,
  )
}

async function readSmallFile(source: string, path: string): Promise<Uint8Array> {
  try {
    const found = await stat(source)
    if (!found.isFile()) throw new AppError('invalid-input', `${path} is not a file.`)
    if (found.size > largestBytes)
      throw new AppError(
        'invalid-input',
        `${path} has ${found.size} bytes; a workflow has at most ${largestBytes}.`,
      )
    return await readFile(source)
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = (error as NodeJS.ErrnoException).code // what node:fs throws
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AppError('not-found', `There is no file ${path}. Name an existing workflow.`)
    throw new AppError(
      'io',
      `${path} cannot be read (${code ?? String(error)}).`,
      {},
      { cause: error },
    )
  }
}

function invalid(path: string, problems: readonly DefinitionProblem[]): AppError {
  const lines = problems.map(
    ({ line, column, message, suggestion }) =>
      `${path}:${line}:${column}: ${message}${suggestion === null ? '' : ` Did you mean \`${suggestion}\`?`}`,
  )
  return new AppError('invalid-input', lines.join('\n'), { problems })
}

const textExtensions = ['.yaml', '.yml', '.json']
const moduleExtensions = ['.ts', '.mts', '.js', '.mjs']
const largestBytes = 4 * 1024 * 1024
