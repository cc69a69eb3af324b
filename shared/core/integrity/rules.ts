import { checkpointRules } from './checkpointRules.ts'
import { definitionRules } from './definitionRules.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { statusRules } from './statusRules.ts'
import { stepRules } from './stepRules.ts'
import { timeRules } from './timeRules.ts'

/** All that must be true of a run beyond its schema. */
export const rules: readonly IntegrityRule[] = [
  ...statusRules,
  ...timeRules,
  ...stepRules,
  ...checkpointRules,
  ...definitionRules,
]
