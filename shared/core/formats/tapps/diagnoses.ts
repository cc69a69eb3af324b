import type { Timestamp } from '../../../schema/json.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import { inFull } from '../../diagnose/wholeReason.ts'
import { clip, elapsed, evidence, noAction } from '../../diagnose/words.ts'
import type { FormatContext } from '../format.ts'
import { isState } from './documentKind.ts'
import { savedAt, type FileStore } from './fileStore.ts'
import { whatLoaderTakes } from './loader.ts'
import { baseOf } from './names.ts'
import type { StateFields } from './stateFields.ts'
import { newestInUse } from './storeFindings.ts'
import { versionOf } from './versions.ts'

/** Why the workflow does not move, and what its own commands would do to it, most likely first. */
export function diagnosesOf(store: FileStore, { now }: FormatContext): readonly Diagnosis[] {
  const { own, kind } = store
  if (!isState(kind)) return sideDiagnoses(store)
  if (own.path !== newestInUse(store)?.path) return [olderRow(store)]
  const { fields } = own
  const loader = loaderDiagnoses(store)
  if (fields === null) return loader
  return [
    ...restRows(store, fields, now),
    ...loader,
    ...hiddenRows(store, fields),
    ...skippedRows(fields),
    ...resumeRows(fields),
  ]
}

function olderRow(store: FileStore): Diagnosis {
  const { own } = store
  const newest = newestInUse(store)?.name ?? 'not here'
  const what = own.isTemporary
    ? 'A left-over file'
    : own.isCopy
      ? 'A copy in history'
      : 'An older snapshot'
  return row('F70', 'resting', `${what}: the newest snapshot of its workflow is ${newest}.`)
}

const longMs = 10 * 60_000

/** [F70] What the status says. No file of this engine names a process, a machine or a beat. */
function restRows(store: FileStore, fields: StateFields, now: Timestamp): readonly Diagnosis[] {
  const at = savedAt(store, store.own)
  const ago = at === null ? 'some time' : elapsed(at, now)
  const { status, currentStep, error } = fields
  const where = currentStep === null ? '' : ` at "${currentStep}"`
  switch (status) {
    case 'running': {
      const isOld = at === null || Date.parse(now) - Date.parse(at) > longMs
      const sentence = isOld
        ? `Said to be running${where}, but nothing was saved for ${ago}: no file says which process that was, most likely it is gone.`
        : `Said to be running${where}, saved ${ago} ago. No file says which process that is.`
      return [row('F70', isOld ? 'stuck' : 'attention', sentence, { step: currentStep, at })]
    }
    case 'paused':
      return [
        row(
          'F70',
          'stuck',
          `Paused${where} ${ago} ago, by a person or a gate: it goes on when someone resumes it.`,
          { step: currentStep, at },
        ),
      ]
    case 'failed':
      return [
        row(
          'F70',
          'stuck',
          `Failed${where} ${ago} ago${error === null ? ', and nothing says why.' : `: ${error}`}`,
          { step: currentStep, at },
        ),
      ]
    case 'blocked':
      return [
        row(
          'F70',
          'stuck',
          `Blocked${where}: a required step failed. Its own loader refuses this word${error === null ? '.' : `. ${error}`}`,
          { step: currentStep, at },
        ),
      ]
    case 'completed':
      return [row('F70', 'resting', `Completed ${ago} ago.`, { at })]
    case null:
      return [
        row(
          'F70',
          'attention',
          versionOf(store).isOld
            ? 'It says no status, as version 1.0 did: its own migration takes it for running.'
            : 'It says no status, and is refused by its own loader.',
          { at },
        ),
      ]
    default:
      return [
        row('F70', 'attention', `Its status is "${status}": this engine does not know it.`, { at }),
      ]
  }
}

/** [F71] What its own loader would take instead, without saying so. */
function loaderDiagnoses(store: FileStore): readonly Diagnosis[] {
  if (store.kind !== 'snapshot' || store.own.isCopy || store.own.isTemporary) return []
  const taken = whatLoaderTakes(store)
  const repair = { kind: 'repair', label: 'Plan a repair', step: null } as const
  if (taken.kind === 'this') return []
  if (taken.kind === 'nothing') {
    const sentence = `Its own loader ends with an error and recovers nothing: ${taken.reason}`
    return [row('F71', 'stuck', sentence, { action: repair })]
  }
  const sentence = taken.isOtherWorkflow
    ? `Its own loader would silently take ${taken.name}, of another workflow whose id begins alike.`
    : `Its own loader would silently take ${taken.name} from history${taken.isOlder ? ', an older state,' : ''} and leave this file as it is.`
  return [row('F71', 'attention', sentence, { action: repair })]
}

/** [F72] */
function hiddenRows({ kind, meta }: FileStore, { status }: StateFields): readonly Diagnosis[] {
  if (kind === 'snapshot' || meta !== null || status === 'completed') return []
  const who = kind === 'cursor' ? 'the cursor executor' : 'the executor without its state manager'
  return [
    row(
      'F72',
      'attention',
      `Written by ${who}: \`workflow state list\`, \`show\` and \`workflow resume --workflow-id\` do not see it.`,
    ),
  ]
}

/** [F73] */
function skippedRows({ skipped, status }: StateFields): readonly Diagnosis[] {
  const [first] = skipped
  if (first === undefined || status === 'completed') return []
  return [
    row(
      'F73',
      'attention',
      `"${first}" was skipped, which this engine never counts as done: what needs it is never ready.`,
      { step: first },
    ),
  ]
}

/** [F74] The danger that a person does not expect. */
function resumeRows({ completed, status }: StateFields): readonly Diagnosis[] {
  if (status === 'completed') return []
  const again =
    completed.length === 0
      ? ''
      : ` ${completed.length === 1 ? `"${completed[0] ?? ''}" runs` : `${completed.length} finished steps run`} again, and`
  return [
    row(
      'F74',
      'attention',
      `\`tapps-agents workflow resume\` does not go on from here: it starts a new run from step 1.${again} last.json then points to the new run.`,
    ),
  ]
}

/** [F72] */
function sideDiagnoses({ kind, own, set }: FileStore): readonly Diagnosis[] {
  if (own.root === null) return []
  if (kind === 'durable')
    return [
      row(
        'F72',
        'attention',
        `${baseOf(set.document)} is of the durable store: no command of this engine lists or resumes it, only its own code does.`,
      ),
    ]
  if (kind === 'task' || kind === 'token' || kind === 'step')
    return [
      row('F72', 'resting', 'A checkpoint by itself: no command of this engine goes on from it.'),
    ]
  return []
}

function row(
  rule: string,
  severity: Diagnosis['severity'],
  sentence: string,
  more: {
    readonly step?: string | null
    readonly at?: Timestamp | null
    readonly action?: Diagnosis['action']
  } = {},
): Diagnosis {
  return {
    rule,
    severity,
    sentence: clip(sentence),
    evidence: evidence(
      ['Saved', more.at ?? null],
      [inFull, clip(sentence) === sentence ? null : sentence],
    ),
    action: more.action ?? noAction,
    step: more.step ?? null,
  }
}
