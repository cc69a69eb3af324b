import { member, nodeAt, type TextNode } from '../text/parseText.ts'
import type { Breach } from '../view/findingAt.ts'
import { idsOf, needsOf, table, tasksOf, textOf, type Store } from './storeDocument.ts'
import { computedStatus, runStatuses, statusOf, taskStatuses } from './taskStates.ts'

const approvalWords: ReadonlySet<string> = new Set(['pending', 'approved', 'rejected'])

/** What one run of the store says that cannot be; null: all of them, and the tasks that are of none. */
export function runBreaches(store: Store, item: string | null): readonly Breach[] {
  const runs = [...table(store, 'workflow_runs')].filter(([key]) => item === null || key === item)
  const tasks = new Set(runs.flatMap(([, run]) => tasksOf(run)))
  return [
    ...runs.flatMap(([key, run]) => [
      ...statusBreaches(store, key, run),
      ...orderBreaches(key, run),
    ]),
    ...[...table(store, 'tasks')].flatMap(([key, node]) =>
      item !== null && !tasks.has(key)
        ? []
        : unknownWord({
            node,
            known: taskStatuses,
            word: `The task ${key}`,
            path: ['tasks', key, 'status'],
          }),
    ),
    ...[...table(store, 'approvals')].flatMap(([key, node]) =>
      unknownWord({
        node,
        known: approvalWords,
        word: `The approval ${key}`,
        path: ['approvals', key, 'status'],
      }),
    ),
  ]
}

type Word = {
  readonly node: TextNode
  readonly known: { has(word: string): boolean }
  readonly word: string
  readonly path: readonly string[]
}

/** [F151] multyagents loads any word, and fails with a 500 when somebody reads it. */
function unknownWord({ node, known, word, path }: Word): readonly Breach[] {
  const status = textOf(node, 'status')
  if (status === null || known.has(status)) return []
  const sentence = `${word} has the status "${status}", which multyagents does not know: it loads it, and fails with a 500 when it is read.`
  return [{ rule: 'F151', severity: 'error', sentence, path, remedy: 'Edit the status.' }]
}

/** [F151] The status of a run against what multyagents would compute of its tasks. */
function statusBreaches(store: Store, key: string, run: TextNode): readonly Breach[] {
  const path = ['workflow_runs', key, 'status']
  const unknown = unknownWord({ node: run, known: runStatuses, word: `The run ${key}`, path })
  const word = textOf(run, 'status')
  if (unknown.length > 0 || word === null) return unknown
  const computed = computedStatus(store, run)
  const isEmptySuccess = word === 'success' && computed === null && tasksOf(run).length > 0
  // A pause is a person's word, and an abort stays.
  const isHeld = word === 'paused' || word === 'aborted'
  if (!isEmptySuccess && (computed === null || computed === word || isHeld)) return []
  const told = tasksOf(run).map((task) => `task ${task} ${statusOf(store, task) ?? 'not there'}`)
  const sentence = `The run ${key} is ${word}, but its tasks say ${computed ?? 'otherwise'}: ${told.join(', ')}.`
  return [
    {
      rule: 'F151',
      severity: 'warning',
      sentence,
      path,
      remedy: 'Set the status that its tasks say.',
    },
  ]
}

/** [F153] What a task needs, and whether it can ever be done. */
function orderBreaches(key: string, run: TextNode): readonly Breach[] {
  const tasks = tasksOf(run)
  const strangers = tasks.flatMap((task) =>
    needsOf(run, task).flatMap((one, index): readonly Breach[] => {
      if (tasks.includes(one)) return []
      const path = ['workflow_runs', key, 'step_dependencies', task, String(index)]
      const sentence = `The task ${task} needs the task ${one}, which is not in the run ${key}.`
      return [
        { rule: 'F153', severity: 'error', sentence, path, remedy: 'Take the reference out.' },
      ]
    }),
  )
  const cycle = stuckTasks(run)
  if (cycle.length === 0) return strangers
  const path = ['workflow_runs', key, 'step_dependencies']
  const sentence = `The tasks ${cycle.join(', ')} of the run ${key} wait for each other: none of them is ever dispatched.`
  return [...strangers, { rule: 'F153', severity: 'error', sentence, path, remedy: null }]
}

/** Tasks that no order reaches. */
function stuckTasks(run: TextNode): readonly string[] {
  const tasks = tasksOf(run)
  const known = new Set(tasks)
  const reached = new Set<string>()
  const waiting = new Map(
    tasks.map((task) => [
      task,
      idsOf(nodeAt(member(run, 'step_dependencies'), [task])).filter((one) => known.has(one)),
    ]),
  )
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const [task, needs] of waiting) {
      if (needs.every((one) => reached.has(one))) reached.add(task)
    }
  }
  return [...known].filter((task) => !reached.has(task))
}
