// The integrity room tells where a run that reads well contradicts itself.
import type { Run } from '../../schema/run.ts'
import type { Finding } from './finding.ts'
import { fewOf } from './fewOf.ts'
import type { Breach } from './integrityRule.ts'
import type { RuleRow } from './ruleRow.ts'
import { rules } from './rules.ts'
import { stepsOf } from './stepsOf.ts'

/** A contradiction, with the value of the run that it is about. */
export type RunFinding = Finding & { readonly pointer: string }

/** Every contradiction inside a run, in the order of the rules; at most 50 a rule, the last of them says how many more. */
export function check(run: Run): readonly RunFinding[] {
  const steps = stepsOf(run)
  return rules.flatMap((rule) =>
    fewOf(rule.check(run, steps)).map((breach) => toFinding(rule, breach)),
  )
}

function toFinding({ id, severity, remedy }: RuleRow, { pointer, sentence }: Breach): RunFinding {
  const place = { file: 'head', offset: null, line: null, column: null } as const
  return { rule: id, severity, sentence, ...place, pointer, remedy }
}
