import type { Sha256 } from '../../../schema/digest.ts'
import {
  isNothing,
  member,
  membersOf,
  nodeAt,
  stringOf,
  stringsOf,
  type TextObject,
} from '../text/parseText.ts'
import type { Breach } from '../view/findingAt.ts'
import { shapeProblem, type ShapeWord } from '../view/shape.ts'
import { legacyBranches, legacyStatuses, type LegacyBranch } from './legacyBranches.ts'
import { checksumState } from './legacyChecksum.ts'
import { sessionOfPath } from './marsysPaths.ts'

export type LegacyFacts = {
  readonly root: TextObject
  readonly document: string
  readonly isLossy: boolean
  readonly sha256: Sha256
}

export function legacyBreaches(facts: LegacyFacts): readonly Breach[] {
  const { root, document, isLossy, sha256 } = facts
  const branches = legacyBranches(root)
  return [
    ...(isLossy ? lossyBreaches() : [...checksumBreaches(root, sha256), ...shapeBreaches(root)]),
    ...branches.flatMap(branchBreaches),
    ...(isLossy ? [] : setBreaches(root, branches)),
    ...familyBreaches(root, branches),
    ...nameBreaches(root, document),
  ]
}

/** [F111] */
function lossyBreaches(): readonly Breach[] {
  return [
    {
      rule: 'F111',
      severity: 'warning',
      sentence:
        'MARSYS 0.1 wrote the branches of this checkpoint as text that no program reads back: it can be looked at, not gone back to.',
      path: ['branches'],
      remedy: null,
    },
  ]
}

/** [F101] MARSYS checks it when it loads a session, and never when it goes back to a checkpoint. */
function checksumBreaches(root: TextObject, sha256: Sha256): readonly Breach[] {
  const state = checksumState(root, sha256)
  if (state === 'absent' || state === 'good') return []
  return [
    {
      rule: 'F101',
      severity: 'error',
      sentence:
        state === 'wrong'
          ? 'The checksum does not fit: the session, its time, its branches, or the lists of active and completed ones were changed or damaged.'
          : 'The checksum covers fields that are missing or not what they should be.',
      path: ['checksum'],
      remedy: 'Take the newest checkpoint whose checksum fits, or have it computed anew.',
    },
  ]
}

const sessionShape: Readonly<Record<string, ShapeWord>> = {
  session_id: 'string',
  timestamp: 'number',
  branches: 'object',
  active_branches: 'list',
  completed_branches: 'list',
  waiting_branches: 'object',
  branch_results: 'object',
  parent_child_map: 'object',
  child_parent_map: 'object',
  metadata: 'object',
}

/** [F110] */
function shapeBreaches(root: TextObject): readonly Breach[] {
  return Object.entries(sessionShape).flatMap(([key, word]): readonly Breach[] => {
    const node = member(root, key)
    const problem = node === null ? 'is not there' : shapeProblem(node, word)
    if (problem === null) return []
    const sentence = `${key} ${problem}.`
    return [{ rule: 'F110', severity: 'error', sentence, path: [key], remedy: null }]
  })
}

function branchBreaches(branch: LegacyBranch): readonly Breach[] {
  const { key, id, status, node, startedAt, finishedAt } = branch
  const at = (...path: readonly string[]) => ['branches', key, ...path]
  const found: Breach[] = []
  const add = (breach: Omit<Breach, 'remedy'>): void => void found.push({ remedy: null, ...breach })
  if (node.kind === 'scalar' && stringOf(node) === null) {
    const sentence = `The branch ${key} is no object.`
    add({ rule: 'F110', severity: 'error', sentence, path: at() })
  }
  if (id !== null && id !== key) {
    const sentence = `The branch ${key} calls itself ${id}.`
    add({ rule: 'F104', severity: 'error', sentence, path: at('id') })
  }
  if (node.kind === 'object' && status === null) {
    const sentence = `The branch ${key} has no status: MARSYS cannot load it.`
    add({ rule: 'F110', severity: 'error', sentence, path: at('state', 'status') })
  }
  if (status !== null && !legacyStatuses.has(status)) {
    const sentence = `The branch ${key} has the status "${status}", which MARSYS does not know.`
    add({ rule: 'F107', severity: 'warning', sentence, path: at('state', 'status') })
  }
  if (startedAt !== null && finishedAt !== null && finishedAt < startedAt) {
    const sentence = `The branch ${key} ended before it began.`
    add({ rule: 'F109', severity: 'warning', sentence, path: at('state', 'end_time') })
  }
  return found
}

const openWords = ['pending', 'running', 'waiting', 'paused']

/** [F106] The sets of active and completed branches against the branches. */
function setBreaches(root: TextObject, branches: readonly LegacyBranch[]): readonly Breach[] {
  const byKey = new Map(branches.map((branch) => [branch.key, branch]))
  const active = stringsOf(member(root, 'active_branches'))
  const completed = stringsOf(member(root, 'completed_branches'))
  return [
    ...listRows('active_branches', active).flatMap(({ name, path }) => {
      const status = byKey.get(name)?.status ?? null
      // MARSYS itself puts names of its tasks there, so a name that is no branch proves nothing.
      if (!byKey.has(name)) {
        const sentence = `active_branches names ${name}, which is no branch; MARSYS writes names of its tasks there too.`
        return [{ ...setWarning(sentence, path), severity: 'info' as const }]
      }
      if (completed.includes(name))
        return [setWarning(`${name} is active and completed at once.`, path)]
      if (status === null || openWords.includes(status) || !legacyStatuses.has(status)) return []
      return [setWarning(`${name} is among the active branches, but is ${status}.`, path)]
    }),
    ...listRows('completed_branches', completed).flatMap(({ name, path }) => {
      const status = byKey.get(name)?.status ?? null
      if (!byKey.has(name))
        return [setWarning(`completed_branches names ${name}, which is no branch.`, path)]
      if (status === null || !openWords.includes(status)) return []
      return [setWarning(`${name} is among the completed branches, but is ${status}.`, path)]
    }),
  ]
}

function listRows(
  list: string,
  names: readonly string[],
): readonly { readonly name: string; readonly path: readonly string[] }[] {
  return names.map((name, index) => ({ name, path: [list, String(index)] }))
}

function setWarning(sentence: string, path: readonly string[]): Breach {
  return { rule: 'F106', severity: 'warning', sentence, path, remedy: null }
}

/** [F105, F108] Results, parents and children: what they name, and whether the two maps say the same. */
function familyBreaches(root: TextObject, branches: readonly LegacyBranch[]): readonly Breach[] {
  const keys = new Set(branches.map(({ key }) => key))
  const missing = (name: string, path: readonly string[]): readonly Breach[] =>
    keys.has(name)
      ? []
      : [
          {
            rule: 'F105',
            severity: 'warning',
            sentence: `${path.slice(0, -1).join('/')} names ${name}, which is no branch.`,
            path,
            remedy: null,
          },
        ]
  const children = [...membersOf(member(root, 'parent_child_map'))]
  const parents = [...membersOf(member(root, 'child_parent_map'))]
  return [
    ...[...membersOf(member(root, 'branch_results')).keys()].flatMap((name) =>
      missing(name, ['branch_results', name]),
    ),
    ...['waiting_branches', 'parent_child_map'].flatMap((map) =>
      [...membersOf(member(root, map))].flatMap(([parent, list]) => [
        ...missing(parent, [map, parent]),
        ...stringsOf(list).flatMap((child, index) => missing(child, [map, parent, String(index)])),
      ]),
    ),
    ...branches.flatMap(({ key, parent }) =>
      parent === null ? [] : missing(parent, ['branches', key, 'parent_branch']),
    ),
    ...parents.flatMap(([child, node]): readonly Breach[] => {
      const parent = stringOf(node)
      const listed = children.some(
        ([name, list]) => name === parent && stringsOf(list).includes(child),
      )
      if (listed || parent === null) return []
      const sentence = `${child} says its parent is ${parent}, which does not list it as a child.`
      const path = ['child_parent_map', child]
      return [{ rule: 'F108', severity: 'warning', sentence, path, remedy: null }]
    }),
  ]
}

/** [F103] MARSYS finds a session by the name of its file alone. */
function nameBreaches(root: TextObject, document: string): readonly Breach[] {
  const session = stringOf(member(root, 'session_id'))
  const named = sessionOfPath(document)
  if (named === null || session === null || session === named) return []
  const hasName = !isNothing(nodeAt(root, ['metadata', 'checkpoint_name']))
  if (hasName) return []
  const sentence = `It is the session ${session}, but its file is called after ${named}: MARSYS finds it as ${named}.`
  return [{ rule: 'F103', severity: 'warning', sentence, path: ['session_id'], remedy: null }]
}
