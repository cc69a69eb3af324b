import type { Workspace } from '../../shared/contract/workspace.ts'
import { namedRules } from '../../shared/core/secrets/namedRules.ts'
import type { SecretRules } from '../../shared/core/secrets/secretRules.ts'

/** What the settings say of secrets, as rules. The matcher of patterns is large, and loaded only where there are any. */
export async function secretRulesOf(
  redaction: Workspace['redaction'],
): Promise<SecretRules | undefined> {
  if (redaction === undefined) return undefined
  if (redaction.values.length === 0) return namedRules(redaction).rules
  const { compileRules } = await import('../../shared/core/secrets/compileRules.ts')
  return compileRules(redaction).rules
}
