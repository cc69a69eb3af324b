import type { FileStore } from './fileStore.ts'
import type { Breach } from './findings.ts'
import { baseOf, folderOf, stateName } from './names.ts'
import { storeBreach } from './storeBreach.ts'
import { timeOf } from './times.ts'

/** [F56] */
export function descriptionFindings(store: FileStore): readonly Breach[] {
  const { meta, own, kind, workflow, last } = store
  if (kind !== 'snapshot') return []
  if (meta === null) {
    // A lone snapshot that was copied somewhere has nothing beside it, and lacks nothing.
    if (last === null && store.states.length === 1) return []
    return [
      storeBreach(
        'F56',
        'warning',
        `${workflow ?? 'It'}.meta.json is missing: its own list and \`workflow resume --workflow-id\` do not find the state.`,
        'Repair it: the description is made again from the newest snapshot.',
      ),
    ]
  }
  const name = baseOf(meta.path)
  const { description } = meta
  if (description === null)
    return [
      storeBreach(
        'F56',
        'error',
        `${name} is no JSON: nothing of the workflow can be loaded by its id.`,
        remake,
      ),
    ]
  const said = description.stateFile
  if (said !== null && said !== own.name) {
    const isThere = store.set.files.some(
      (file) => baseOf(file.path) === said && folderOf(file.path) === store.home,
    )
    const isNewer = (stateName(said)?.stamp ?? '') > (own.stamp ?? '')
    if (!isThere)
      return [
        storeBreach(
          'F56',
          'error',
          `${name} points to ${said}, which is not here${isNewer ? ', and was newer than any that is: its own cleanup takes the newest first' : ''}. Loading it fails.`,
          remake,
        ),
      ]
    return [
      storeBreach(
        'F56',
        'warning',
        `${name} points to ${said}, not to the newest snapshot ${own.name}.`,
        remake,
      ),
    ]
  }
  return contentBreaches(store, name)
}

const remake = 'Repair it: the description is made again from the newest snapshot that verifies.'

function contentBreaches({ meta, own }: FileStore, name: string): readonly Breach[] {
  const { fields } = own
  const description = meta?.description ?? null
  if (fields === null || description === null) return []
  const breaches: Breach[] = []
  const add = (sentence: string): void =>
    void breaches.push(storeBreach('F56', 'warning', `${name} ${sentence}`, remake))
  for (const key of keysOf(meta))
    if (!knownKeys.has(key))
      add(`has the key "${key}", which its own loader does not know and refuses.`)
  for (const key of neededKeys)
    if (!keysOf(meta).includes(key)) add(`lacks ${key}, without which its own loader refuses it.`)
  if (description.savedAt !== null && timeOf(description.savedAt) === null)
    add('has a saved_at that is no time.')
  const { completedCount: count, checksum, workflowId, isCompressed } = description
  const done = fields.completed.length
  if (count !== null && count !== done)
    add(
      `says that ${count} steps are completed, the state has ${done}${count > done ? ': the state is older than its description' : ''}.`,
    )
  if (
    checksum !== null &&
    checksum !== '' &&
    fields.checksum !== null &&
    checksum !== fields.checksum
  )
    add('has the checksum of another state.')
  if (workflowId !== null && fields.workflowId !== null && workflowId !== fields.workflowId)
    add(`describes the workflow "${workflowId}".`)
  if (description.saysCurrentStep && description.currentStep !== fields.currentStep)
    add(
      `says that the current step is ${stepWord(description.currentStep)}, the state says ${stepWord(fields.currentStep)}.`,
    )
  if (isCompressed !== null && isCompressed !== own.name.endsWith('.gz'))
    add(`says that the state is ${isCompressed ? '' : 'not '}compressed, which its name denies.`)
  return breaches
}

function stepWord(step: string | null): string {
  return step === null ? 'none' : `"${step}"`
}

/** A description from before the counts were added has the first seven of them. */
const knownKeys: ReadonlySet<string> = new Set([
  'version',
  'saved_at',
  'checksum',
  'workflow_id',
  'state_file',
  'workflow_path',
  'compression',
  'current_step',
  'completed_steps_count',
  'progress_percentage',
  'trigger_step_id',
])
const neededKeys = ['version', 'saved_at', 'checksum', 'workflow_id', 'state_file']

function keysOf(meta: FileStore['meta']): readonly string[] {
  return meta?.parsed.kind === 'ok' ? meta.parsed.root.members.map(({ key }) => key) : []
}
