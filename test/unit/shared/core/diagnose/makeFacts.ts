import type {
  DiagnoseFacts,
  Surroundings,
} from '../../../../../shared/core/diagnose/diagnoseFacts.ts'
import { diagnose } from '../../../../../shared/core/diagnose/diagnose.ts'
import { Diagnosis } from '../../../../../shared/core/diagnose/diagnosis.ts'
import type { Finding } from '../../../../../shared/core/integrity/finding.ts'
import type { LockHolder } from '../../../../../shared/schema/lock.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import { at, makeRun } from '../resume/makeRun.ts'

export const holder: LockHolder = {
  run: makeRun().id,
  machineId: 'm',
  hostName: 'mill',
  bootId: 'b',
  pidNamespace: 'n',
  pid: 4242,
  processStartTime: '1',
  applicationVersion: '0.1.0',
  epoch: 1,
  since: at(1),
  controlSocket: null,
  purpose: 'run',
}

export const finding: Finding = {
  rule: 'C6',
  severity: 'error',
  sentence: 'The head does not fit its checksum: it was changed after it was written.',
  file: 'head',
  offset: 120,
  line: 4,
  column: 1,
  pointer: '/checksum',
  remedy: 'Repair rebuilds the head from the journal or a backup.',
}

/** Nothing that lies around a run stands in its way. */
export const calm: Surroundings = {
  usual: {},
  lastOutput: {},
  definition: null,
  readOnly: null,
  freeBytes: null,
  carryProblem: null,
}

/** What is found of a running run that nobody looked at closely, but for what is given; each sentence fits its row. */
export function diagnosed(given: Partial<DiagnoseFacts> = {}): readonly Diagnosis[] {
  const facts: DiagnoseFacts = {
    run: makeRun(),
    health: 'ok',
    version: 3,
    liveness: 'none',
    holder: null,
    heldHere: false,
    inDoubt: [],
    traces: {},
    findings: [],
    trusted: true,
    now: at(30),
    formatLabel: 'Unstuck',
    ...given,
  }
  const found = diagnose(deepFreeze(facts))
  const long = found.filter(({ sentence }) => sentence.length > 110)
  if (long.length > 0) throw new Error(`Too long for a row: ${JSON.stringify(long)}`)
  return Diagnosis.array().min(1).parse(found)
}

/** Everything that the rows of some rules say, as lines: what is told, its evidence, what can be done and whose log proves it. */
export function told(given: Partial<DiagnoseFacts>, ...rules: readonly string[]) {
  return diagnosed(given)
    .filter(({ rule }) => rules.includes(rule))
    .flatMap(({ rule, severity, sentence, evidence, action, step, log }) => [
      `${rule} ${severity}${step === null ? '' : ` @${step}`}: ${sentence}`,
      ...evidence.map(({ label, value }) => `  ${label}: ${value}`),
      `  ${action.kind}: ${[action.label, action.step, action.run].filter((word) => (word ?? null) !== null).join(' | ')}`,
      ...((log ?? null) === null ? [] : [`  log ${log?.step}.${log?.attempt}`]),
    ])
}
