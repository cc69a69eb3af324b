// All secrets of a text that is not known to be JSON as a whole: of a log, of lines of JSON, of a piece cut out of either.
import { findCredentials, type Found } from './findCredentials.ts'
import { findMembers } from './findMembers.ts'
import type { SecretRules } from './secretRules.ts'

/** They may overlap. Colours of a terminal do not hide a secret: bounds are those of the text with its colours. */
export function findSecrets(text: string, rules: SecretRules): readonly Found[] {
  if (!text.includes(escape)) return findPlain(text, rules)
  const { plain, places } = withoutColours(text)
  return findPlain(plain, rules).map((found) => ({
    ...found,
    start: places[found.start] ?? text.length,
    end: (places[found.end - 1] ?? text.length - 1) + 1,
    from: places[found.from] ?? text.length,
  }))
}

const escape = '\u001B'
const bell = '\u0007'

/** Colours of a terminal, and what else is not printed there. */
export const terminalCodes = new RegExp(
  `${escape}(?:\\[[\\d;?]{0,40}[ -/]?[@-~]|\\][^${bell}${escape}]{0,500}(?:${bell}|${escape}\\\\))`,
  'g',
)

function findPlain(text: string, rules: SecretRules): readonly Found[] {
  return [...findMembers(text, rules), ...findCredentials(text, rules)]
}

/** The text as it is read, and where each letter of it stands. */
function withoutColours(text: string): {
  readonly plain: string
  readonly places: readonly number[]
} {
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
  return { plain: text.replace(terminalCodes, ''), places }
}
