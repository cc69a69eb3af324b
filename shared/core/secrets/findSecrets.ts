// All secrets of a text that is not known to be JSON as a whole: of a log, of lines of JSON, of a piece cut out of either.
import { findCredentials, type Found } from './findCredentials.ts'
import { findMembers } from './findMembers.ts'
import { createSecretHints, hint, type SecretHints } from './secretHints.ts'
import type { SecretRules } from './secretRules.ts'

/** They may overlap. Colours of a terminal do not hide a secret: bounds are those of the text with its colours. */
export function findSecrets(
  text: string,
  rules: SecretRules,
  hints: SecretHints = createSecretHints(rules),
): readonly Found[] {
  if (!text.includes(escape)) return findPlain(text, rules, hints)
  const found = findPlain(text.replace(terminalCodes, ''), rules, hints)
  if (found.length === 0) return []
  const places = placesOfLetters(text)
  return found.map((one) => ({
    ...one,
    start: places[one.start] ?? text.length,
    end: (places[one.end - 1] ?? text.length - 1) + 1,
    from: places[one.from] ?? text.length,
  }))
}

const escape = '\u001B'
const bell = '\u0007'

/** Colours of a terminal, and what else is not printed there. */
export const terminalCodes = new RegExp(
  `${escape}(?:\\[[\\d;?]{0,40}[ -/]?[@-~]|\\][^${bell}${escape}]{0,500}(?:${bell}|${escape}\\\\))`,
  'g',
)

function findPlain(text: string, rules: SecretRules, hints: SecretHints): readonly Found[] {
  const hinted = hints.of(text)
  if (hinted === 0) return []
  const members = (hinted & hint.name) === 0 ? [] : findMembers(text, rules)
  return [...members, ...findCredentials(text, rules, hinted)]
}

/** Where each letter of the text as it is read stands. */
function placesOfLetters(text: string): readonly number[] {
  const places: number[] = []
  let copied = 0
  const keep = (end: number) => {
    for (let at = copied; at < end; at += 1) places.push(at)
  }
  for (const { index, 0: code } of text.matchAll(terminalCodes)) {
    keep(index)
    copied = index + code.length
  }
  keep(text.length)
  return places
}
