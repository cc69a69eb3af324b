// What is not shown before somebody asks: values under a key that names a secret, and credentials inside texts. Nothing that is stored changes.
import { tokensOf } from '../../schema/pointer.ts'
import { scalarsOf } from './findMembers.ts'
import { findSecrets } from './findSecrets.ts'
import { isNoSecret, mask } from './isNoSecret.ts'
import { replaceFound } from './replaceFound.ts'
import { builtInRules, ruleOfKey, ruleOfPath, type SecretRules } from './secretRules.ts'

/**
 * The text with its secrets masked, be it JSON, lines of JSON, a log, or a piece cut out of one.
 * `null`, `true`, `false`, `""` and empty containers stay: that a secret is missing is often why a run is stuck.
 */
export function maskText(text: string, rules: SecretRules = builtInRules): string {
  return replaceFound(text, findSecrets(text, rules), standIn)
}

/** The JSON text of the value at a pointer: masked whole where the pointer names a secret. */
export function maskValue(
  pointer: string,
  text: string,
  rules: SecretRules = builtInRules,
): string {
  return isSecretAt(pointer, rules) ? maskWhole(text) : maskText(text, rules)
}

/** Whether any part of a pointer names a secret: what is below one is one. */
function isSecretAt(pointer: string, rules: SecretRules): boolean {
  const tokens = tokensOf(pointer)
  return tokens.some(
    (token, index) =>
      ruleOfKey(token, rules) !== null ||
      (rules.paths.length > 0 && ruleOfPath(tokens.slice(0, index + 1), rules) !== null),
  )
}

function maskWhole(json: string): string {
  const found = [...scalarsOf(json, 0, json.length)]
    .filter(({ start, end }) => !isNoSecret(json.slice(start, end)))
    .map((bounds) => ({ ...bounds, from: bounds.start, rule: 'key', quote: '"' }))
  return replaceFound(json, found, standIn)
}

function standIn({ quote = '' }: { readonly quote?: string }): string {
  return `${quote}${mask}${quote}`
}
