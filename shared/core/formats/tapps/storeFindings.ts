import { descriptionFindings } from './descriptionFindings.ts'
import type { FileStore } from './fileStore.ts'
import type { Breach } from './findings.ts'
import { baseOf, folderOf } from './names.ts'
import { textOf } from './stateFields.ts'
import type { StateFile } from './stateFile.ts'
import { storeBreach } from './storeBreach.ts'
import { stampTime } from './times.ts'

/** What the files of a workflow say against each other. Only the newest snapshot is held against description and pointer. */
export function storeFindings(store: FileStore): readonly Breach[] {
  const { own } = store
  if (own.isCopy || own.isTemporary) return []
  const isNewest = newestInUse(store)?.path === own.path
  return [
    ...(isNewest ? descriptionFindings(store) : []),
    ...(isNewest ? pointerBreaches(store) : []),
    ...copyBreaches(store),
    ...(isNewest ? leftOverBreaches(store) : []),
    ...(isNewest ? sameSecondBreaches(store) : []),
  ]
}

/** The snapshot that the engine saved last, as far as names tell. */
export function newestInUse({ states }: FileStore): StateFile | null {
  return states.find(({ isCopy, isTemporary }) => !isCopy && !isTemporary) ?? null
}

/** [F57] last.json is of the workflow that was saved last; of another one it says nothing here. */
function pointerBreaches(store: FileStore): readonly Breach[] {
  const { last, workflow, own } = store
  if (last === null) return []
  if (last.parsed.kind === 'broken')
    return [
      storeBreach(
        'F57',
        'warning',
        'last.json is no JSON: `workflow resume` without an id fails.',
        repoint,
      ),
    ]
  const { root } = last.parsed
  if (textOf(root, 'workflow_id') !== workflow) return []
  const target = textOf(root, 'state_file')
  if (target === null)
    return [
      storeBreach(
        'F57',
        'warning',
        'last.json names no state: `workflow resume` without an id fails.',
        repoint,
      ),
    ]
  const name = baseOf(target.replaceAll('\\', '/'))
  const isThere = store.set.files.some(
    ({ path }) => path === (store.home === '' ? name : `${store.home}/${name}`),
  )
  if (!isThere)
    return [
      storeBreach(
        'F57',
        'error',
        `last.json points to ${name}, which is not here: \`workflow resume\` without an id fails.`,
        repoint,
      ),
    ]
  const beside = textOf(root, 'metadata_file')
  if (beside !== null && folderOf(beside) !== folderOf(target))
    return [
      storeBreach(
        'F57',
        'warning',
        `last.json points into ${folderOf(target)}, its description lies in ${folderOf(beside)}: paths in it are absolute, and the project was moved.`,
        repoint,
      ),
    ]
  if (name !== own.name)
    return [
      storeBreach(
        'F57',
        'warning',
        `last.json points to ${name}, not to the newest snapshot ${own.name}.`,
        repoint,
      ),
    ]
  return []
}

const repoint = 'Repair it: last.json is made to point to the newest snapshot that verifies.'

/** [F58] */
function copyBreaches({ own, states, kind }: FileStore): readonly Breach[] {
  if (kind === 'basic' || own.root === null) return []
  const copy = states.find(
    ({ isCopy, isTemporary, name }) => isCopy && !isTemporary && name === own.name,
  )
  if (copy === undefined || copy.text === null || copy.text === own.text) return []
  const which =
    copy.refusal === null
      ? 'and is one that it would load.'
      : `which it would refuse: ${copy.refusal}`
  return [
    storeBreach(
      'F58',
      'warning',
      `history/${own.name} should be the same as the state, and differs, ${which}`,
      'Compare both: one of them was changed after it was written.',
    ),
  ]
}

/** [F60] */
function leftOverBreaches({ states, set, home, workflow }: FileStore): readonly Breach[] {
  const names = new Set([
    ...states.filter(({ isTemporary }) => isTemporary).map(({ path }) => path),
    ...set.files
      .map(({ path }) => path)
      .filter((path) => path === `${home === '' ? '' : `${home}/`}${workflow ?? ''}.meta.json.tmp`),
  ])
  return [...names].map((path) => {
    const state = states.find((one) => one.path === path)
    const isWhole = state !== undefined && state.refusal === null
    return storeBreach(
      'F60',
      'info',
      `${baseOf(path)} was left over by a write that was cut short${isWhole ? ', and is whole: it can be the newest state' : ''}.`,
      isWhole ? 'Compare it with the state before it is thrown away.' : null,
    )
  })
}

/** [F64] Snapshots are named by the second: of several within one only the last is left, also in history. */
function sameSecondBreaches({ states }: FileStore): readonly Breach[] {
  const seen = new Set<string>()
  const line = states.filter(({ stamp, root, isTemporary }) => {
    if (stamp === null || root === null || isTemporary || seen.has(stamp)) return false
    seen.add(stamp)
    return true
  })
  return line.flatMap((state, index) => {
    const before = line[index + 1]
    const steps = state.fields?.completed.length ?? 0
    const earlier = before?.fields?.completed.length ?? steps
    const gained = steps - earlier
    if (before === undefined || gained < 2 || !isWithinTwoSeconds(before, state)) return []
    return [
      storeBreach(
        'F64',
        'info',
        `${gained} steps were completed between ${before.name} and ${state.name}: states within one second overwrite each other, those between are not to be had.`,
        null,
      ),
    ]
  })
}

function isWithinTwoSeconds(before: StateFile, state: StateFile): boolean {
  const [from, to] = [stampTime(before.stamp), stampTime(state.stamp)]
  return from !== null && to !== null && Date.parse(to) - Date.parse(from) <= 2000
}
