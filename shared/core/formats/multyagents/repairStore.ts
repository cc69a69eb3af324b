import type { FileSet, FormatRepair } from '../format.ts'
import { itemsIn, member } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import type { Breach } from '../view/findingAt.ts'
import { layoutText } from '../view/layoutText.ts'
import { patchAsPython } from '../view/patchAsPython.ts'
import type { Finished } from '../view/salvageRepair.ts'
import { storeStyle } from './editStore.ts'
import { isolatedLocks, leftByAborts, locks, type Plan } from './lockPlans.ts'
import { storeBreaches } from './readStore.ts'
import { idOf, list, openStore, table, wholeOf, valueAt, type Store } from './storeDocument.ts'
import { sequenceGaps } from './shapeFindings.ts'
import { computedStatus } from './taskStates.ts'
import { textIn } from '../textIn.ts'

/** [F163, F164, F369] Ways to mend a store, each by itself. */
export function repairStore(set: FileSet): readonly FormatRepair[] {
  const text = textIn(set, set.document)
  const opened = openStore(text)
  const temporary = fromTemporary(set, opened.kind === 'ok' ? opened.store : null)
  if (opened.kind === 'broken') return temporary
  const { store } = opened
  const breaches = storeBreaches(store, null)
  const plans = [
    sequences(store),
    unknownFields(breaches),
    ids(store, breaches),
    dangling(store, breaches),
    locks(store),
    isolatedLocks(breaches),
    handoffs(store, breaches),
    ...statuses(store, set.item),
    ...leftByAborts(store, set.item),
  ]
  const mended = plans.flatMap((plan): readonly FormatRepair[] => {
    if (plan.patches.length === 0) return []
    const { patches, ...rest } = plan
    const patched = patchAsPython(text, patches, storeStyle)
    if (patched.kind === 'refused' || patched.text === text) return []
    return [{ ...rest, changes: [{ path: set.document, text: patched.text, why: 'the store' }] }]
  })
  return [...temporary, ...mended]
}

/** The store is renamed into place: a temporary file beside it is a write that did not end, often the newest. */
function fromTemporary(set: FileSet, store: Store | null): readonly FormatRepair[] {
  const path = `${set.document}.tmp`
  const text = set.texts.get(path)
  if (text === undefined) return []
  const away = { path, text: null, why: 'the left-over file' }
  const opened = openStore(text)
  const putAway = (label: string, losses: readonly string[]): FormatRepair => ({
    id: 'temporary:away',
    label,
    confidence: 'certain',
    losses,
    changes: [away],
  })
  if (opened.kind === 'broken') {
    const label = 'Put the broken left-over file into the trash'
    return store === null ? [] : [putAway(label, ['Nothing that multyagents would have read.'])]
  }
  const ahead = store === null ? null : lastEvent(opened.store) - lastEvent(store)
  const take: FormatRepair = {
    id: 'temporary:take',
    label: 'Take the left-over file of the write that did not end',
    confidence: ahead === null || ahead > 0 ? 'likely' : 'guess',
    losses:
      ahead === null || ahead >= 0 ? [] : [`The last ${-ahead} events, and what they changed.`],
    changes: [{ path: set.document, text, why: 'the store' }, away],
  }
  if (ahead === null || ahead > 0) return [take]
  return [putAway('Put the older left-over file into the trash', []), take]
}

function lastEvent(store: Store): number {
  return list(store, 'events').reduce((last, event) => Math.max(last, wholeOf(event, 'id') ?? 0), 0)
}

/** The next id has to be above all that there are. */
function sequences(store: Store): Plan {
  const patches = sequenceGaps(store).map(({ sequence, max }): TextPatch => ({
    op: 'add',
    path: ['sequences', sequence],
    value: String(max + 1),
  }))
  const label = 'Set the next ids above all that are there'
  return { id: 'sequences', label, confidence: 'certain', losses: [], patches }
}

function unknownFields(breaches: readonly Breach[]): Plan {
  const found = breaches.filter(({ rule, severity }) => rule === 'F142' && severity === 'error')
  return {
    id: 'unknown-fields',
    label: 'Take out the fields that stop the API when it starts',
    confidence: 'likely',
    losses: found.map(
      ({ path }) => `${path.join('/')}, which a newer multyagents may have written.`,
    ),
    patches: found.map(({ path }): TextPatch => ({ op: 'remove', path })),
  }
}

function ids(store: Store, breaches: readonly Breach[]): Plan {
  const found = breaches.filter(({ rule }) => rule === 'F144')
  return {
    id: 'ids',
    label: 'Give records the id that they are kept under',
    confidence: 'likely',
    losses: found.map(({ path }) => `The id ${idOf(valueAt(store, path))} in ${path.join('/')}.`),
    patches: found.flatMap(({ path }): readonly TextPatch[] => {
      const key = path[1] ?? ''
      return /^\d+$/.test(key) ? [{ op: 'replace', path, value: key }] : []
    }),
  }
}

/** What names a record that is gone. Only references that may be empty: a task without its role is no task. */
function dangling(store: Store, breaches: readonly Breach[]): Plan {
  const found = breaches.filter(({ rule }) => rule === 'F146')
  const gone = found.filter(({ path }) => path[0] === 'workflow_runs' && path[2] === 'task_ids')
  const runs = [...new Set(gone.map(({ path }) => path[1] ?? ''))]
  const entries = found.filter(
    ({ path }) => path[0] === 'task_latest_run' || path[0] === 'task_approval',
  )
  const nullable = found.filter(({ path }) => {
    const field = path.at(-1)
    return field === 'workflow_template_id' || (path[0] === 'tasks' && field === 'project_id')
  })
  return {
    id: 'references',
    label: 'Take out what names records that are gone',
    confidence: 'likely',
    losses: [...gone, ...entries, ...nullable].map(({ path }) => `${path.join('/')}.`),
    patches: [
      ...runs.flatMap((run) => withoutTasks(store, run)),
      ...entries.map(({ path }): TextPatch => ({ op: 'remove', path })),
      ...nullable.map(({ path }): TextPatch => ({ op: 'replace', path, value: 'null' })),
    ],
  }
}

/** A run without the tasks that are gone, and without what they are needed for. */
function withoutTasks(store: Store, run: string): readonly TextPatch[] {
  const known = table(store, 'tasks')
  const at = ['workflow_runs', run]
  const kept = (path: readonly string[]) => {
    const node = valueAt(store, path)
    const items = itemsIn(node)
    return items.filter((item) => known.has(idOf(item) ?? ''))
  }
  const value = (path: readonly string[]) =>
    `[${kept(path)
      .map((item) => layoutText(item, storeStyle))
      .join(', ')}]`
  const needs = member(valueAt(store, at), 'step_dependencies')
  const tasks = needs?.kind === 'object' ? needs.members.map(({ key }) => key) : []
  return [
    { op: 'replace', path: [...at, 'task_ids'], value: value([...at, 'task_ids']) },
    ...tasks.map((task): TextPatch => {
      const path = [...at, 'step_dependencies', task]
      return known.has(task) ? { op: 'replace', path, value: value(path) } : { op: 'remove', path }
    }),
  ]
}

function handoffs(store: Store, breaches: readonly Breach[]): Plan {
  const patches = breaches
    .filter(({ rule }) => rule === 'F152')
    .flatMap(({ path }): readonly TextPatch[] => {
      const handoff = table(store, 'handoffs').get(path[1] ?? '')
      return handoff === undefined
        ? []
        : [{ op: 'add', path, value: layoutText(handoff, storeStyle) }]
    })
  return {
    id: 'handoffs',
    label: 'Copy the handoffs into the audits of their tasks',
    confidence: 'likely',
    losses: [],
    patches,
  }
}

/** A status for each run that its tasks contradict, as multyagents computes it. */
function statuses(store: Store, item: string | null): readonly Plan[] {
  return [...table(store, 'workflow_runs')]
    .filter(([key]) => item === null || key === item)
    .flatMap(([key, run]): readonly Plan[] => {
      const word = member(run, 'status')
      const computed = computedStatus(store, run)
      const said = word?.kind === 'scalar' ? word.lexeme : ''
      if (computed === null || said === `"${computed}"` || said === '"paused"') return []
      return [
        {
          id: `status:${key}`,
          label: `Set the status of the run ${key} to ${computed}, as its tasks say`,
          confidence: 'likely',
          losses: [`The word ${said === '' ? 'that stood there' : said}.`],
          patches: [
            {
              op: 'replace',
              path: ['workflow_runs', key, 'status'],
              value: JSON.stringify(computed),
            },
          ],
        },
      ]
    })
}

/** [F271] A store that lost its end lost its next ids first: they follow from what is there. */
export function withNextIds(set: FileSet, text: string): Finished {
  const opened = openStore(text)
  if (opened.kind === 'broken') return null
  const { patches } = sequences(opened.store)
  const patched = patchAsPython(text, patches, storeStyle)
  if (patched.kind === 'refused') return null
  const counted = 'The next ids: they are counted anew from what is there.'
  return {
    changes: [{ path: set.document, text: patched.text, why: 'what could be read of the store' }],
    losses: patches.length === 0 ? [] : [counted],
  }
}
