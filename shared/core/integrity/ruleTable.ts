import { placeRules } from './placeRules.ts'
import { recordRules } from './recordRules.ts'
import type { RuleRow } from './ruleRow.ts'
import { rules } from './rules.ts'
import { storedRules } from './storedRules.ts'

/** Every rule of integrity, wherever it is checked. Those of foreign formats stand with their format. */
export const ruleTable: readonly RuleRow[] = [
  ...storedRules,
  ...rules.map(({ id, scope, severity, sentence, remedy }) => ({
    id,
    scope,
    severity,
    sentence,
    remedy,
  })),
  ...recordRules,
  ...placeRules,
]
