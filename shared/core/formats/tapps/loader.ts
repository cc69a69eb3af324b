import { compare } from '../../../schema/compare.ts'
import { factsOf, type FileStore } from './fileStore.ts'
import { leastBytes } from './findings.ts'
import { baseOf, isTemporary, join, snapshotName } from './names.ts'
import { loadable, type StateFile } from './stateFile.ts'

/** What the loader of this engine gives for the workflow, when it is asked for this state. */
export type LoaderTakes =
  | { readonly kind: 'this' }
  | { readonly kind: 'nothing'; readonly reason: string }
  | {
      readonly kind: 'other'
      readonly name: string
      readonly isOlder: boolean
      readonly isOtherWorkflow: boolean
    }

/**
 * [F71] It recovers only from a state that it could read and that does not verify: then it takes the file in history that was
 * changed last among all whose name begins with the id of the workflow, another workflow's too.
 */
export function whatLoaderTakes(store: FileStore): LoaderTakes {
  const { own, set, meta } = store
  if (own.refusal === null) return { kind: 'this' }
  if (own.text === null) return { kind: 'nothing', reason: 'the file cannot be unpacked or read.' }
  if (own.root === null) {
    const isShort = own.text.length < leastBytes
    return {
      kind: 'nothing',
      reason: isShort
        ? `it refuses files below ${leastBytes} bytes.`
        : 'the file is no JSON, and only what is JSON is recovered.',
    }
  }
  if (isMissingStatusOfOld(store)) {
    return {
      kind: 'nothing',
      reason: 'it checks version 1.0 before it migrates it; `--no-validate` loads it.',
    }
  }
  const id = own.fields?.workflowId ?? meta?.description?.workflowId ?? store.workflow
  if (id === null) return { kind: 'nothing', reason: 'no id of a workflow is known.' }
  const history = join(store.home, 'history')
  const candidates = set.files
    .filter(({ path }) => path.startsWith(`${history}/${id}-`) && !isTemporary(path))
    .toSorted((one, other) => compare(other.modifiedAt, one.modifiedAt))
  for (const { path } of candidates) {
    const state = store.states.find((one) => one.path === path)
    // What is another workflow's was not read: it is taken when it is whole, which cannot be told from here.
    if (state === undefined || state.refusal === null) return otherOf(store, path, state)
  }
  return { kind: 'nothing', reason: 'nothing in history verifies.' }
}

function otherOf(store: FileStore, path: string, state: StateFile | undefined): LoaderTakes {
  const { own, set } = store
  const name = baseOf(path)
  const [stamp, mine] = [snapshotName(path)?.stamp ?? '', own.stamp ?? '']
  const isOlder =
    stamp < mine ||
    (factsOf(set, path)?.modifiedAt ?? '') < (factsOf(set, own.path)?.modifiedAt ?? '')
  return {
    kind: 'other',
    name,
    isOlder: stamp === mine ? false : isOlder,
    isOtherWorkflow: state === undefined && snapshotName(path)?.workflow !== store.workflow,
  }
}

function isMissingStatusOfOld({ own, meta }: FileStore): boolean {
  return meta?.description?.version === '1.0' && !loadable.includes(own.fields?.status ?? '')
}
