import type { FileSet } from '../../format.ts'
import { isDefinitionOf } from '../awfFiles.ts'
import { workflowNameIn } from '../workflowNameIn.ts'
import { awfDefinition, type AwfDefinition } from './awfDefinition.ts'
import { textIn } from '../../textIn.ts'

/** The text of the definition that lies with the state; null: there is none, or more than one. */
export function definitionTextIn(set: FileSet): string | null {
  const workflow = workflowNameIn(textIn(set, set.document))
  const found = [...set.texts].filter(([path]) => isDefinitionOf(path, workflow))
  return found.length === 1 ? (found[0]?.[1] ?? null) : null
}

/** That definition, when it can be read. */
export function definitionIn(set: FileSet): AwfDefinition | null {
  const text = definitionTextIn(set)
  if (text === null) return null
  const definition = awfDefinition(text)
  return definition.states.size === 0 ? null : definition
}
