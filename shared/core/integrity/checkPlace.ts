import { invariant } from '../../assert.ts'
import type { LockHolder } from '../../schema/lock.ts'
import type { Run } from '../../schema/run.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Finding } from './finding.ts'
import { placeRules, type PlaceRuleId } from './placeRules.ts'

/** What lies around a run: looked at when it is checked, not each time it is opened. */
export type PlaceFacts = {
  /** Null when it cannot be read. */
  readonly run: Run | null
  readonly now: string
  /** `isReadable`: its file says who holds it. */
  readonly lock: {
    readonly holder: LockHolder
    readonly state: 'alive' | 'gone' | 'unknown'
    readonly isReadable: boolean
  } | null
  /** Epoch of the last record. */
  readonly lastEpoch: number
  /** Left-over files whose owner is proved to be gone. */
  readonly temporaries: readonly { readonly path: string; readonly sizeBytes: number }[]
  /** Steps whose next attempt has a log already. */
  readonly unrecorded: readonly string[]
  /** Where the next record would stand. */
  readonly journalEnd: { readonly offset: number; readonly line: number }
  /** Ids of runs that this one names and that are nowhere in the workspace. */
  readonly missingRuns: ReadonlySet<string>
  /** The source with the digest that the run states says something else than the run carries. */
  readonly isDefinitionOther: boolean
}

type Breach = Pick<Finding, 'sentence' | 'file' | 'pointer'> & Partial<Finding>

/** What is wrong around a run. */
export function checkPlace(facts: PlaceFacts): readonly Finding[] {
  const found: readonly (readonly [PlaceRuleId, readonly Breach[]])[] = [
    ...lockBreaches(facts),
    ['I74', temporaryBreaches(facts)],
    ['I75', logBreaches(facts)],
    ...(facts.run === null ? [] : runBreaches(facts.run, facts)),
  ]
  return found.flatMap(([rule, breaches]) => breaches.map((breach) => placeFinding(rule, breach)))
}

export function placeFinding(rule: PlaceRuleId, breach: Breach): Finding {
  const row = placeRules.find(({ id }) => id === rule)
  invariant(row !== undefined, `${rule} is no rule of what lies around a run.`)
  const { severity, remedy } = row
  return { rule, severity, remedy, offset: null, line: null, column: null, ...breach }
}

const firstLine = { offset: 0, line: 1, column: 1 }

function lockBreaches({
  lock,
  lastEpoch,
}: PlaceFacts): readonly (readonly [PlaceRuleId, readonly Breach[]])[] {
  if (lock === null) return []
  const { holder, state, isReadable } = lock
  if (!isReadable)
    return [['I72', inLock(`The lock of the run cannot be read: ${holder.purpose}.`, '')]]
  const who = `process ${holder.pid} on ${holder.hostName} (${holder.purpose}, since ${holder.since})`
  const older = `The run is locked with epoch ${holder.epoch}, but its last record has epoch ${lastEpoch}.`
  return [
    ...(holder.epoch < lastEpoch ? [['I73', inLock(older, '/epoch')] as const] : []),
    ...(state === 'gone'
      ? [['I70', inLock(`The lock names ${who}, which is gone.`, '/pid')] as const]
      : []),
    ...(state === 'unknown'
      ? [
          [
            'I71',
            inLock(`The lock names ${who}; from here nothing proves that it lives.`, '/hostName'),
          ] as const,
        ]
      : []),
  ]
}

function inLock(sentence: string, key: string): readonly Breach[] {
  return [{ sentence, file: 'lock', pointer: key, ...firstLine }]
}

function temporaryBreaches({ temporaries }: PlaceFacts): readonly Breach[] {
  return temporaries.map(({ path, sizeBytes }) => ({
    sentence: `The temporary file ${path} (${sizeBytes} bytes) was left over.`,
    file: 'temporary',
    pointer: '',
    ...firstLine,
  }))
}

function logBreaches({ unrecorded, journalEnd }: PlaceFacts): readonly Breach[] {
  return unrecorded.map((step) => ({
    sentence: `The step ${step} has the log of an attempt of which the run knows nothing.`,
    file: 'journal',
    ...journalEnd,
    column: 1,
    pointer: null,
  }))
}

/** Pointers lead into the run. */
function runBreaches(
  run: Run,
  { now, missingRuns, isDefinitionOther }: PlaceFacts,
): readonly (readonly [PlaceRuleId, readonly Breach[]])[] {
  const { lineage, workflow } = run
  const parent = lineage !== null && missingRuns.has(lineage.parent) ? lineage.parent : null
  const children = Object.entries(run.steps).flatMap(([step, state]) => {
    const on = state?.waitingOn
    if (on?.kind !== 'run' || !missingRuns.has(on.run)) return []
    const sentence = `The step ${step} waits for the run ${on.run}, which is not here.`
    return [inRun(sentence, pointer('steps', step, 'waitingOn', 'run'))]
  })
  const limit = new Date(Date.parse(now) + toleratedMs).toISOString()
  const late = times.find((key) => (run[key] ?? '') > limit)
  const other = `The source ${workflow.source} has the digest that the run states, but says something else than the run carries.`
  return [
    [
      'I77',
      parent === null
        ? []
        : [inRun(`The run came from ${parent}, which is not here any more.`, '/lineage/parent')],
    ],
    ['I78', children],
    [
      'I79',
      late === undefined ? [] : [inRun(`${late} is ${run[late]}, and now is ${now}.`, `/${late}`)],
    ],
    ['I80', isDefinitionOther ? [inRun(other, '/workflow/definition')] : []],
  ]
}

function inRun(sentence: string, at: string): Breach {
  return { sentence, file: 'head', pointer: at }
}

const times = ['createdAt', 'startedAt', 'finishedAt', 'updatedAt'] as const
const toleratedMs = 60_000
