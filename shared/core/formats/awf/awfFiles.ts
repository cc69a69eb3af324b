/** The folder of a path, without a slash at its end; empty for the workspace itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The id by which AWF finds a state: the name of its file. */
export function idOf(document: string): string {
  return nameOf(document)
    .replace(temporary, '')
    .replace(/\.json$/, '')
}

/** A UUID, or the name of a workflow and a time as 0.1 had it; any name in the folder that AWF keeps its states in. */
export function isStateName(path: string): boolean {
  const name = nameOf(path)
  if (!name.endsWith('.json')) return false
  return nameOf(folderOf(path)) === 'states' || /^[\da-f]{8}-|-\d{8}-\d{6}\.json$/.test(name)
}

/** `<id>.json.<pid>.<ns>.tmp`; version 0.1.0 wrote `<id>.json.tmp`. */
const temporary = /(\.json)(?:\.\d+\.\d+)?\.tmp$/

export function isTemporary(path: string): boolean {
  return temporary.test(nameOf(path))
}

/** True when this left-over temporary file was to become that document. */
export function isTemporaryOf(path: string, document: string): boolean {
  return isTemporary(path) && path.replace(temporary, '$1') === document
}

/** Where a definition may lie: beside the states, and where a project has its own. */
export function definitionFolders(document: string): readonly string[] {
  const storage = folderOf(folderOf(document))
  const beside = storage === '' ? 'workflows' : `${storage}/workflows`
  return [...new Set([beside, '.awf/workflows'])]
}

export function isDefinitionOf(path: string, workflow: string): boolean {
  return (
    workflow !== '' && [`${workflow}.yaml`, `${workflow}.yml`].some((name) => nameOf(path) === name)
  )
}
