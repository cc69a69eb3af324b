// Takes secrets out of what leaves the workspace, and tells where: never what they were, nor anything it could be told from.
import { endsInPrivateKey } from './findCredentials.ts'
import { findInJson } from './findInJson.ts'
import { endsInMember } from './findMembers.ts'
import type { Found } from './findCredentials.ts'
import { findSecrets } from './findSecrets.ts'
import { labelOf, shortLabel } from './isNoSecret.ts'
import { createKnownSecrets } from './knownSecrets.ts'
import type { RedactionReport } from './redactionReport.ts'
import { createRedactionTally } from './redactionTally.ts'
import { createSecretHints } from './secretHints.ts'
import { createTextStream, type TextStream } from './redactStream.ts'
import { replaceFound } from './replaceFound.ts'
import type { SecretRules } from './secretRules.ts'

/** What a text of JSON is. Left out: a run or a record is none of it, and pointers are those of the text. */
export type JsonPlaces = {
  /** By pointer of the text, which place of the run stands there; of a run itself: `''` is `[]`. */
  readonly meanings: ReadonlyMap<string, readonly string[]>
}

export type JsonOptions = {
  /** How the report calls it. */
  readonly file: string
  /** Of a line of a file. */
  readonly line?: number
  readonly native?: JsonPlaces
}

/** One for all that is exported together: the same secret has the same label everywhere in it. */
export type Redactor = {
  /** Notes the secrets of a text of JSON, so that they are found wherever else they stand. Before anything is redacted. */
  readonly learn: (text: string, options?: Pick<JsonOptions, 'native'>) => void
  /** A text of JSON; one that is none is taken as any other text. */
  readonly json: (text: string, options: JsonOptions) => string
  /** A log, or any other text. */
  readonly text: (text: string, options: Pick<JsonOptions, 'file'>) => string
  /** The same piece by piece, in little memory: lines may be cut anywhere. */
  readonly stream: (options: Pick<JsonOptions, 'file'>) => TextStream
  readonly report: () => RedactionReport
}

/** `keep`: names that stay, such as that of the run, although they are the value of a secret too. */
export function createRedactor(rules: SecretRules, keep: readonly string[] = []): Redactor {
  const known = createKnownSecrets(keep)
  const allRules = { ...rules, values: [...rules.values, known] }
  const hints = createSecretHints(allRules)
  const tally = createRedactionTally()
  const labels = new Map<string, string>()

  const labelFor = (secret: string, isNumber: boolean): string => {
    const hint = isNumber ? ':number' : ''
    // [F333] A short one could be guessed from where it stands again.
    if (secret.length < 8) return shortLabel.replace('»', `${hint}»`)
    const label = labels.get(secret) ?? labelOf(labels.size + 1)
    labels.set(secret, label)
    return label.replace('»', `${hint}»`)
  }
  const readJson = (text: string, native?: JsonPlaces) =>
    findInJson(text, {
      rules: allRules,
      meanings: native?.meanings ?? noMeanings,
      isNative: native !== undefined,
    })
  const labelOfFound = (found: Found, raw: string): string => {
    const { quote = '', secret = withoutQuotes(raw, quote) } = found
    const isNumber = found.isNumber ?? (quote !== '' && !raw.startsWith(quote))
    return `${quote}${labelFor(secret, isNumber)}${quote}`
  }
  const redactLines = (text: string, file: string, line: number): string => {
    const lineAt = createLineCounter(text, line)
    return replaceFound(text, findSecrets(text, allRules, hints), (found, raw) => {
      tally.add({ rule: found.rule, file, place: `line ${lineAt(found.start)}` })
      return labelOfFound(found, raw)
    })
  }
  const stream = (file: string) =>
    createTextStream({
      redact: (text, line) => redactLines(text, file, line),
      next: hints.next,
      find: (text) => findSecrets(text, allRules, hints),
      goesOn: (lines) => endsInPrivateKey(lines) || endsInMember(lines, rules),
    })

  return {
    learn: (text, { native } = {}) => {
      for (const { secret, isNamed, rule } of readJson(text, native) ?? [])
        if (rule !== known.name) known.learn(secret, { isNamed })
    },
    json: (text, { file, line, native }) => {
      const found = readJson(text, native)
      if (found === null) return redactLines(text, file, line ?? 1)
      return replaceFound(text, found, (one, raw) => {
        const { pointer = '' } = one
        const place = line === undefined ? pointer : `line ${line} ${pointer}`
        tally.add({ rule: one.rule, file, place: place.trim() || '/' })
        return labelOfFound(one, raw)
      })
    },
    text: (text, { file }) => {
      const whole = stream(file)
      return whole.push(text) + whole.end()
    },
    stream: ({ file }) => stream(file),
    report: () => tally.report(labels.size),
  }
}

/** Asked in the order of the text. */
function createLineCounter(text: string, first: number): (index: number) => number {
  let line = first
  let counted = 0
  return (index) => {
    for (; counted < index; counted += 1) if (text[counted] === '\n') line += 1
    return line
  }
}

/** The same secret with quotes and without has the same label. */
function withoutQuotes(text: string, quote: string): string {
  const bare =
    quote !== '' && text.startsWith(quote) ? text.slice(quote.length, -quote.length) : text
  return bare.replace(/^(['"])(.*)\1$/s, '$2')
}

const noMeanings: ReadonlyMap<string, readonly string[]> = new Map()
