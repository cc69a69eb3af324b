import type { Timestamp } from '../../schema/json.ts'
import type { Diagnosis } from './diagnosis.ts'
import { elapsed } from './words.ts'

export type Reason = Pick<Diagnosis, 'rule' | 'sentence' | 'severity'>

/** The moments that a reason's age may be counted from. */
export type ReasonTimes = {
  readonly createdAt: Timestamp | null
  readonly updatedAt: Timestamp | null
  readonly finishedAt: Timestamp | null
}

/**
 * The same reason with its age as it is now. Null where the age stands in words that cannot be told anew: then the run has
 * to be read. A reason that tells no age is what it was.
 */
export function retellAge(reason: Reason, times: ReasonTimes, now: Timestamp): Reason | null {
  const told = ages[reason.rule]
  if (told === undefined) return isAgeless(reason.rule) ? reason : null
  const since = told.since(times)
  if (since === null || reason.sentence.endsWith('…') || !told.pattern.test(reason.sentence))
    return null
  const sentence = reason.sentence.replace(told.pattern, `$1${elapsed(since, now)}$3`)
  return { ...reason, sentence }
}

type Told = {
  /** What stands before the age, the age, and what stands behind it. */
  readonly pattern: RegExp
  readonly since: (times: ReasonTimes) => Timestamp | null
}

const age = String.raw`(\d+ (?:s|min|h|days)|an unknown time)`
const ended = (times: ReasonTimes): Timestamp | null => times.finishedAt ?? times.updatedAt

const ages: Readonly<Partial<Record<string, Told>>> = {
  G11: {
    pattern: new RegExp(String.raw`( is gone\. Last change )${age}( ago; )`),
    since: ({ updatedAt }) => updatedAt,
  },
  G21: {
    pattern: new RegExp(`^((?:Paused|Kept) )${age}( ago)`),
    since: ({ updatedAt }) => updatedAt,
  },
  G22: {
    pattern: new RegExp(`^(Never started: created )${age}( ago)`),
    since: ({ createdAt }) => createdAt,
  },
  G28: { pattern: new RegExp(`^(Cancelled )${age}( ago)`), since: ended },
  G29: { pattern: new RegExp(`^(Completed )${age}( ago)`), since: ended },
}

/** What contradicts itself does so at any age. */
function isAgeless(rule: string): boolean {
  return ageless.has(rule) || rule.startsWith('I')
}

/** Rules whose sentence tells no age. */
const ageless: ReadonlySet<string> = new Set([
  'G1',
  'G2',
  'G3',
  'G4',
  'G5',
  'G7',
  'G9',
  'G14',
  'G15',
  'G16',
  'G24',
  'G34',
  'G38',
  'G39',
  'G42',
  'G43',
  'G45',
])
