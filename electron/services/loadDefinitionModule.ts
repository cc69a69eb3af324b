import { pathToFileURL } from 'node:url'
import type { DefinitionProblem } from '../../shared/contract/workflows.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { explainModuleError } from './loadDefinitionModuleError.ts'
import { findInSource } from './loadDefinitionModulePlaces.ts'
import { runModule } from './loadDefinitionModuleProcess.ts'
import { checkDefinition, writePath } from './loadDefinitionText.ts'
import { told } from './loadDefinitionTold.ts'

export type LoadedModule = {
  readonly definition: WorkflowDefinition | null
  readonly problems: readonly DefinitionProblem[]
  /** The JSON of what it exports; empty where it exports nothing. */
  readonly exported: string
}

/**
 * Executes a module in a process of its own, which can neither block nor take down the host, and reads its default export.
 * Only for a trusted workspace.
 */
export async function loadDefinitionModule(source: string, text: string): Promise<LoadedModule> {
  const result = await runModule(pathToFileURL(source).href)
  if (result.kind === 'failed') {
    const problem = explainModuleError(result.message, { source, stderr: result.stderr })
    return { definition: null, problems: [problem], exported: '' }
  }
  const { definition, problems } = checkDefinition(JSON.parse(result.json))
  const placed = told(problems, ({ path, message, suggestion }) => ({
    message,
    ...findInSource(text, path),
    path: writePath(path),
    suggestion,
  }))
  return { definition, problems: placed, exported: result.json }
}
