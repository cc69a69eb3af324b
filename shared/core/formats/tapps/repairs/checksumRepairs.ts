import type { Sha256 } from '../../../../schema/digest.ts'
import type { FormatRepair } from '../../format.ts'
import { member, stringOf, type TextObject } from '../../text/parseText.ts'
import { pythonJson } from '../../text/pythonJson.ts'
import { isUnsigned, matchingForm, stepChecksum, taskChecksum } from '../checksums.ts'
import { isState } from '../documentKind.ts'
import { followers, signedText } from '../edit.ts'
import type { FileStore } from '../fileStore.ts'

/** [F85] The checksum of what stands there, when someone has looked at it and says that it is right. */
export function checksumRepairs(store: FileStore, sha256: Sha256): readonly FormatRepair[] {
  const { parsed, kind, own } = store
  if (parsed.kind === 'broken' || isRight(store, parsed.root, sha256)) return []
  const signed = signedText(store, store.text, sha256)
  if (signed.kind === 'refused' || signed.text === store.text) return []
  return [
    {
      id: 'checksum',
      label: 'The checksum is computed anew: what stands in the file is taken for right',
      confidence: 'guess',
      losses: isState(kind)
        ? stateLosses(store, parsed.root)
        : ['Nothing proves what was changed: look at it first.'],
      changes: [
        { path: own.path, text: signed.text, why: 'the state, with a new checksum' },
        ...followers(store, signed.text, signed.root),
      ],
    },
  ]
}

function isRight({ kind }: FileStore, root: TextObject, sha256: Sha256): boolean {
  if (isState(kind)) return isUnsigned(root, '_checksum') || matchingForm(root, sha256) !== null
  if (isUnsigned(root, 'checksum')) return true
  const stated = stringOf(member(root, 'checksum'))
  if (kind === 'step') return stepChecksum(root, sha256) === stated
  return kind !== 'task' || taskChecksum(root, sha256) === stated
}

const covered = [
  'workflow_id',
  'current_step',
  'completed_steps',
  'skipped_steps',
  'status',
  'variables',
]

function stateLosses({ states, own }: FileStore, root: TextObject): readonly string[] {
  const copy = states.find(
    ({ isCopy, refusal, name }) => isCopy && refusal === null && name === own.name,
  )
  const uncovered =
    'The checksum never covered started_at, artifacts, error and the order of steps.'
  const other = copy?.root ?? null
  if (other === null) return ['Nothing here tells what was changed.', uncovered]
  const changed = covered.filter((key) => textAt(root, key) !== textAt(other, key))
  return [
    `The copy in history verifies, and differs in ${changed.length === 0 ? 'the checksum alone' : changed.join(', ')}.`,
    uncovered,
  ]
}

function textAt(root: TextObject, key: string): string | null {
  const node = member(root, key)
  return node === null ? null : pythonJson(node, { sortKeys: true })
}
