import {
  itemsIn,
  member,
  membersOf,
  stringOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import type { Breach } from '../view/findingAt.ts'
import { shapeProblem, type ShapeWord } from '../view/shape.ts'
import { sessionOfPath } from './marsysPaths.ts'
import {
  barrierShape,
  barrierStatuses,
  branchShape,
  interactionShape,
  newerFields,
  policyShape,
  snapshotShape,
} from './snapshotShape.ts'
import { snapshotStatuses } from './snapshotView.ts'

/** The one version that is known to write this format. */
export const knownVersion = '0.2.1'

export function snapshotBreaches(root: TextObject, document: string): readonly Breach[] {
  return [
    ...shapeBreaches(root),
    ...referenceBreaches(root),
    ...statusBreaches(root),
    ...fitBreaches(root),
    ...nameBreaches(root, document),
  ]
}

/** [F112] What MARSYS's own reader would refuse: nothing may be missing, of another kind, or more. */
function shapeBreaches(root: TextObject): readonly Breach[] {
  const branches = [...membersOf(member(root, 'branches'))]
  const barriers = [...membersOf(member(root, 'barriers'))]
  const interactions = member(root, 'user_interactions')
  const asked = itemsIn(interactions)
  return [
    ...fields(root, [], snapshotShape),
    ...branches.flatMap(([key, node]) => fields(node, ['branches', key], branchShape)),
    ...barriers.flatMap(([key, node]) => fields(node, ['barriers', key], barrierShape)),
    ...barriers.flatMap(([key, node]) => {
      const policy = member(node, 'policy')
      return policy?.kind === 'object'
        ? fields(policy, ['barriers', key, 'policy'], policyShape)
        : []
    }),
    ...asked.flatMap((node, index) =>
      fields(node, ['user_interactions', String(index)], interactionShape),
    ),
  ]
}

function fields(
  node: TextNode,
  path: readonly string[],
  shape: Readonly<Record<string, ShapeWord>>,
): readonly Breach[] {
  const where = path.length === 0 ? 'the snapshot' : path.join('/')
  if (node.kind !== 'object') return [refused(`${where} is no object.`, path, null)]
  const values = membersOf(node)
  const present = [...values].flatMap(([key, value]) => {
    const word = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (word === undefined) return [refused(extra(key, where), [...path, key], 'Take it out.')]
    const problem = shapeProblem(value, word)
    return problem === null ? [] : [refused(`${key} in ${where} ${problem}.`, [...path, key], null)]
  })
  const lacking = Object.keys(shape)
    .filter((key) => !values.has(key))
    .map((key) => refused(`${where} has no ${key}.`, [...path, key], null))
  return [...present, ...lacking]
}

function refused(sentence: string, path: readonly string[], remedy: string | null): Breach {
  const said = `${sentence} MARSYS refuses the snapshot.`
  return { rule: 'F112', severity: 'error', sentence: said, path, remedy }
}

function extra(key: string, where: string): string {
  return newerFields.has(key)
    ? `${where} has ${key}, which only a newer MARSYS writes: open it with that one.`
    : `${where} has ${key}, which no snapshot has.`
}

/** [F113] Ids against keys, and what points from one to another. */
function referenceBreaches(root: TextObject): readonly Breach[] {
  const branches = membersOf(member(root, 'branches'))
  const barriers = membersOf(member(root, 'barriers'))
  const convergence = membersOf(member(root, 'convergence_barriers'))
  const branch: Named = { word: 'branch', known: branches }
  const barrier: Named = { word: 'barrier', known: new Map([...convergence, ...barriers]) }
  return [
    ...idBreaches('branches', branches),
    ...idBreaches('barriers', barriers),
    ...nameBreach(barrier, root, ['root_barrier_id']),
    ...listBreaches(branch, root, ['runnable']),
    ...[...branches].flatMap(([key, node]) => {
      const at = (field: string) => ['branches', key, field]
      return [
        ...nameBreach(barrier, node, at('waiting_on')),
        ...nameBreach(barrier, node, at('parent_spawn')),
        ...nameBreach(barrier, node, at('delivery_target')),
        ...listBreaches(barrier, node, at('candidate_of')),
      ]
    }),
    ...[...barriers].flatMap(([key, node]) => [
      ...listBreaches(branch, node, ['barriers', key, 'candidates']),
      ...nameBreach(branch, node, ['barriers', key, 'resolver_branch']),
      ...[...membersOf(member(node, 'arrived')).keys()].flatMap((name) =>
        missing(branch, name, ['barriers', key, 'arrived', name]),
      ),
    ]),
  ]
}

/** What a name may be of. */
type Named = { readonly word: string; readonly known: ReadonlyMap<string, TextNode> }

function idBreaches(
  kind: 'branches' | 'barriers',
  records: ReadonlyMap<string, TextNode>,
): readonly Breach[] {
  return [...records].flatMap(([key, node]) => {
    const id = stringOf(member(node, 'id'))
    if (id === null || id === key) return []
    return [wrong(`${kind}/${key} calls itself ${id}.`, [kind, key, 'id'])]
  })
}

/** The last part of the path is the field of the holder. */
function nameBreach(named: Named, holder: TextNode, path: readonly string[]): readonly Breach[] {
  const name = stringOf(member(holder, path.at(-1) ?? ''))
  return name === null ? [] : missing(named, name, path)
}

function listBreaches(named: Named, holder: TextNode, path: readonly string[]): readonly Breach[] {
  const list = member(holder, path.at(-1) ?? '')
  const items = itemsIn(list)
  return items.flatMap((item, index) => {
    const name = stringOf(item)
    return name === null ? [] : missing(named, name, [...path, String(index)])
  })
}

function missing({ word, known }: Named, name: string, path: readonly string[]): readonly Breach[] {
  if (known.has(name)) return []
  return [wrong(`${path.join('/')} names the ${word} ${name}, which is not there.`, path)]
}

function wrong(sentence: string, path: readonly string[]): Breach {
  const remedy = 'Compare it with a left-over snapshot.json.tmp, or edit the reference.'
  return { rule: 'F113', severity: 'error', sentence, path, remedy }
}

/** [F107] MARSYS loads any word as a status, and then does nothing with it. */
function statusBreaches(root: TextObject): readonly Breach[] {
  const rows = [
    ['branches', new Set(snapshotStatuses.keys())],
    ['barriers', barrierStatuses],
  ] as const
  return rows.flatMap(([kind, known]) =>
    [...membersOf(member(root, kind))].flatMap(([key, node]) => {
      const word = stringOf(member(node, 'status'))
      if (word === null || known.has(word)) return []
      return [
        {
          rule: 'F107',
          severity: 'warning',
          sentence: `${kind}/${key} has the status "${word}", which MARSYS does not know: it loads, and never moves.`,
          path: [kind, key, 'status'],
          remedy: 'Edit the status.',
        },
      ]
    }),
  )
}

/** [F117] It opens only with exactly the version and the topology that it was written with. */
function fitBreaches(root: TextObject): readonly Breach[] {
  const version = stringOf(member(root, 'framework_version'))
  const digest = stringOf(member(root, 'topology_digest'))
  const isDigest = digest === null || digest === '' || /^[0-9a-f]{64}$/.test(digest)
  const isFiller = digest !== null && /^(.)\1{63}$/.test(digest)
  return [
    ...(version === null || version === knownVersion
      ? []
      : [
          unfit(
            `It says MARSYS ${version}; only ${knownVersion} is known to write this format. It opens with exactly ${version} and no other.`,
            'framework_version',
          ),
        ]),
    ...(isDigest && !isFiller
      ? []
      : [
          unfit(
            'The topology digest is of no topology: MARSYS refuses it as incompatible, and blames the version.',
            'topology_digest',
          ),
        ]),
  ]
}

function unfit(sentence: string, key: string): Breach {
  return { rule: 'F117', severity: 'warning', sentence, path: [key], remedy: null }
}

/** [F103] MARSYS finds a session by its folder alone. */
function nameBreaches(root: TextObject, document: string): readonly Breach[] {
  const session = stringOf(member(root, 'session_id'))
  const folder = sessionOfPath(document)
  if (session === null || folder === null || session === folder) return []
  return [
    {
      rule: 'F103',
      severity: 'warning',
      sentence: `It is the session ${session}, but lies in the folder ${folder}: MARSYS finds it as ${folder}.`,
      path: ['session_id'],
      remedy: null,
    },
  ]
}
