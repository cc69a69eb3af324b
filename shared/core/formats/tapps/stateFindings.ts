import type { Sha256 } from '../../../schema/digest.ts'
import { listed } from '../../diagnose/words.ts'
import { member, nodeAt, type TextObject } from '../text/parseText.ts'
import { isUnsigned, matchingForm, stateChecksum } from './checksums.ts'
import { savedAt, type FileStore } from './fileStore.ts'
import type { Breach } from './findings.ts'
import { snapshotName } from './names.ts'
import { provedStatus } from './provedStatus.ts'
import { repeatedKeys } from './repeatedKeys.ts'
import type { StateFields } from './stateFields.ts'
import { loadable } from './stateFile.ts'
import { timeOf } from './times.ts'

/** What the state says against itself, and against what its own loader takes. */
export function stateFindings(
  store: FileStore,
  root: TextObject,
  sha256: Sha256,
): readonly Breach[] {
  const { fields } = store.own
  if (fields === null) return []
  return [
    ...fieldBreaches(store, root, fields),
    // What proves the missing status is no second damage.
    ...(provedStatus(store.text, root, sha256) === null
      ? checksumBreaches(store, root, sha256)
      : []),
    ...documentedBreaches(root),
    ...stepBreaches(fields),
    ...timeBreaches(store, fields),
    ...nameBreaches(store, fields),
    ...repeatedKeys(root),
  ]
}

const required = ['workflow_id', 'started_at', 'status'] as const

/** [F54] */
function fieldBreaches(
  { meta }: FileStore,
  root: TextObject,
  { status }: StateFields,
): readonly Breach[] {
  const isOld = meta?.description?.version === '1.0'
  const missing = required
    .filter((key) => member(root, key) === null && !(isOld && key === 'status'))
    .map((key): Breach => ({
      rule: 'F54',
      severity: 'error',
      sentence: `${key} is missing: its own loader refuses the state.`,
      path: [key],
      remedy: 'Repair it: a copy in history, or its checksum, can say what stood there.',
    }))
  if (member(root, 'status') === null || (status !== null && loadable.includes(status)))
    return missing
  const isWritten = status === 'blocked' || status === 'cancelled'
  const breach: Breach = {
    rule: 'F54',
    severity: isWritten ? 'warning' : 'error',
    sentence: isWritten
      ? `The status "${status}" is written by this engine and refused by its own loader, which then takes an older state without saying so.`
      : `The status is ${status === null ? 'no text' : `"${status}"`}: its own loader takes only ${loadable.join(', ')}.`,
    path: ['status'],
    remedy: 'Edit the status to failed or paused, so that it can be loaded again.',
  }
  return [...missing, breach]
}

/** [F52] [F53] */
function checksumBreaches(
  { kind, meta }: FileStore,
  root: TextObject,
  sha256: Sha256,
): readonly Breach[] {
  if (!isUnsigned(root, '_checksum')) {
    if (matchingForm(root, sha256) !== null) return []
    const isSummable = stateChecksum(root, sha256) !== null
    return [
      {
        rule: 'F52',
        severity: 'error',
        sentence: isSummable
          ? 'Its checksum is not that of what stands in it: the id, the steps, the status or the variables were changed after it was written.'
          : 'Its checksum cannot be taken: a list of steps holds what is no text.',
        path: ['_checksum'],
        remedy:
          'Compare it with its copy in history, then take the copy or recompute the checksum.',
      },
    ]
  }
  const isOld = meta?.description?.version === '1.0' || isFirstVersion(root)
  if (kind !== 'snapshot' || isOld || member(root, 'version') !== null) return []
  return [
    {
      rule: 'F53',
      severity: 'warning',
      sentence: 'It has no _checksum: its own loader then verifies nothing.',
      path: ['_checksum'],
      remedy: 'Compare it with its copy in history before it is trusted.',
    },
  ]
}

/** Without what version 2.0 always writes. */
export function isFirstVersion(root: TextObject): boolean {
  return (
    member(root, '_checksum') === null &&
    ['skipped_steps', 'variables'].some((key) => member(root, key) === null)
  )
}

/** [F61] The format that this engine's guide described is not the one that it writes. */
function documentedBreaches(root: TextObject): readonly Breach[] {
  const version = member(root, 'version')
  const checksum = nodeAt(root, ['metadata', 'checksum'])
  const inside = [
    ...(version === null ? [] : [{ what: 'its version', path: ['version'] }]),
    ...(checksum === null ? [] : [{ what: 'its checksum', path: ['metadata', 'checksum'] }]),
  ]
  const [first] = inside
  if (first === undefined) return []
  const what = listed(inside.map((one) => one.what))
  return [
    {
      rule: 'F61',
      severity: 'info',
      sentence: `It has ${what} inside, as its guide once said: its own loader does not read ${inside.length === 1 ? 'it' : 'them'}, and verifies nothing.`,
      path: first.path,
      remedy: null,
    },
  ]
}

/** [F63] */
function stepBreaches(fields: StateFields): readonly Breach[] {
  const { completed, skipped, currentStep, status, executions } = fields
  const twice = completed.filter((step) => skipped.includes(step))
  const repeated = completed.filter((step, index) => completed.indexOf(step) !== index)
  const failed = completed.filter(
    (step) => executions.findLast((one) => one.step === step)?.status === 'failed',
  )
  const isEnded = status === 'completed'
  return [
    ...twice.map((step) => stepBreach(`"${step}" is both completed and skipped.`, 'skipped_steps')),
    ...repeated.map((step) => stepBreach(`"${step}" is completed twice.`, 'completed_steps')),
    ...failed.map((step) =>
      stepBreach(
        `"${step}" is said to be completed, but its last execution failed.`,
        'completed_steps',
      ),
    ),
    ...(isEnded && currentStep !== null
      ? [stepBreach(`It is completed, but "${currentStep}" is its current step.`, 'current_step')]
      : []),
    ...(!isEnded && currentStep !== null && completed.includes(currentStep)
      ? [stepBreach(`The current step "${currentStep}" is completed already.`, 'current_step')]
      : []),
  ]
}

function stepBreach(sentence: string, key: string): Breach {
  return {
    rule: 'F63',
    severity: 'warning',
    sentence,
    path: [key],
    remedy: 'Compare it with the snapshot before it, then edit the lists of steps.',
  }
}

/** [F65] */
function timeBreaches(store: FileStore, { startedAt, executions }: StateFields): readonly Breach[] {
  const saved = savedAt(store, store.own)
  const started = timeOf(startedAt)
  const breaches: Breach[] = []
  if (startedAt !== null && started === null)
    breaches.push(
      timeBreach(
        `started_at is "${startedAt}", which is no time: its own loader ends with an error.`,
        'error',
        ['started_at'],
      ),
    )
  // Both are local times of one machine: a day apart is more than a change of its zone.
  if (started !== null && saved !== null && Date.parse(started) - Date.parse(saved) > dayMs)
    breaches.push(
      timeBreach(`It was saved (${saved}) before it started (${started}).`, 'warning', [
        'started_at',
      ]),
    )
  for (const [index, { step, startedAt: from, completedAt: to }] of executions.entries()) {
    const [begun, ended] = [timeOf(from), timeOf(to)]
    if (begun !== null && ended !== null && ended < begun)
      breaches.push(
        timeBreach(
          `"${step}" was completed (${to ?? ''}) before it started (${from ?? ''}).`,
          'warning',
          ['step_executions', String(index), 'completed_at'],
        ),
      )
  }
  return breaches
}

const dayMs = 86_400_000

function timeBreach(
  sentence: string,
  severity: Breach['severity'],
  path: readonly string[],
): Breach {
  return {
    rule: 'F65',
    severity,
    sentence,
    path,
    remedy: 'The clock was changed, or the file was edited by hand.',
  }
}

/** [F66] */
function nameBreaches({ set, kind }: FileStore, { workflowId }: StateFields): readonly Breach[] {
  const named = snapshotName(set.document)
  if (workflowId === null || named === null || kind !== 'snapshot') return []
  if (named.workflow === workflowId) return []
  return [
    {
      rule: 'F66',
      severity: 'warning',
      sentence: `It says that it is the workflow "${workflowId}", but its file has the name of another: its own listing goes by the name.`,
      path: ['workflow_id'],
      remedy: 'Look whether the file was renamed or copied from another workflow.',
    },
  ]
}
