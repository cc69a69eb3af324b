import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { MissingFile } from '../../shared/core/resume/resumeInput.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { kindOf } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'

/** What steps of a definition name and what is not there: modules, definitions of child runs, working folders. */
export async function findMissingFiles(
  definition: WorkflowDefinition | null,
  folder: string | null,
): Promise<Readonly<Record<string, readonly MissingFile[]>>> {
  const root = folder ?? homedir()
  const named = Object.entries(definition?.steps ?? {}).map(
    ([step, one]) => [step, filesOf(one, root)] as const,
  )
  const paths = [...new Set(named.flatMap(([, files]) => files.map(({ path }) => path)))]
  const found = await mapBounded(paths, lookedAtOnce, kindOfPath)
  const kinds = new Map(paths.map((path, index) => [path, found[index] ?? 'none']))
  return Object.fromEntries(
    named.flatMap(([step, files]) => {
      const missing = files.filter(({ what, path }) => kinds.get(path) !== expected[what])
      return missing.length === 0 ? [] : [[step, missing] as const]
    }),
  )
}

const expected = { module: 'file', workflow: 'file', 'working folder': 'folder' } as const

/** Those whose path is told by an expression are known only when the step begins. */
function filesOf(step: StepDefinition, root: string): readonly MissingFile[] {
  const { module, workflow, workingFolder = '.' } = step
  const files: readonly MissingFile[] = [
    ...(module === undefined
      ? []
      : [{ what: 'module', path: module.replace(/#[^#]*$/, '') } as const]),
    ...(workflow === undefined ? [] : [{ what: 'workflow', path: workflow } as const]),
    ...(worksInFolder.has(kindOf(step))
      ? [{ what: 'working folder', path: workingFolder } as const]
      : []),
  ]
  return files
    .filter(({ path }) => !path.includes('${{'))
    .map(({ what, path }) => ({ what, path: resolve(root, path) }))
}

const worksInFolder: ReadonlySet<ReturnType<typeof kindOf>> = new Set([
  'run',
  'command',
  'module',
  'http',
] as const)

async function kindOfPath(path: string): Promise<'file' | 'folder' | 'none'> {
  // Why a path cannot be looked at does not matter: a step cannot use it either.
  const [found] = await Promise.allSettled([stat(path)])
  if (found?.status !== 'fulfilled') return 'none'
  if (found.value.isDirectory()) return 'folder'
  return found.value.isFile() ? 'file' : 'none'
}

const lookedAtOnce = 16
