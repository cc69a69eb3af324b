/** What failed: the step, the error's class, and the first line of its message. */
export type Failure = {
  readonly step: string | null
  /** `Error` and null say nothing. */
  readonly name: string | null
  readonly message: string
}

/**
 * Text that is the same for runs that failed alike: step, error class, and the message without what differs from run to
 * run. It is read by people too.
 */
export function errorFingerprint({ step, name, message }: Failure): string {
  const place = step === null ? '' : itemless(step)
  const kind = name === null || name === 'Error' ? '' : name
  const told = message.slice(0, mostRead).replace(/…$/, '')
  const text = withoutDetails(withoutStart(told, { step, name }))
  return [place, kind, cut(text)].filter((part) => part !== '').join(': ')
}

const longest = 120
/** A log in the place of a message: its expressions would be slow with it, and out of their stack with some megabytes. */
const mostRead = 20_000

function cut(text: string): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')
}

/** Items of one `forEach` step fail as one. */
function itemless(step: string): string {
  return step.replace(/\[[^\]]*\]/g, '[…]')
}

/** Many messages begin with the step and the class, which are told already. */
function withoutStart(message: string, { step, name }: Omit<Failure, 'message'>): string {
  let text = message.trim()
  for (const start of [`${step} failed`, `Step ${step} failed`, step, name, 'Error'])
    if (start !== null && text.startsWith(`${start}: `)) text = text.slice(start.length + 2)
  return text
}

/**
 * Numbers that say what failed and not to whom: how a command ended, what a server answered, and what is a status alone. The
 * version in `HTTP/1.1` is none.
 */
const tellingNumber = [
  String.raw`(?<=\b(?:exit code|exited with|code|signal|errno)[ :=]{1,2}-?)-?\d{1,3}(?![\d.,]*\d)`,
  String.raw`(?<=\b(?:status|status code|HTTP|HTTP\/[\d.]+|answered|responded with)[ :=]{1,2})[1-5]\d\d(?![\d.,]*\d)`,
  String.raw`(?<=^|\b\w+(?:Error|Exception|Failed): )\d{1,3}(?=$|: )`,
  String.raw`(?<=^)[1-5]\d\d(?= \p{Lu}\p{Ll})`,
].join('|')

/** In this order: a timestamp has digits, a path may have a uuid in it. */
const details: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/"(?:[^"\\]|\\.)*"?|`[^`]*`?|(?<![\p{L}\p{N}])'(?:[^'\\]|\\.)*'(?![\p{L}\p{N}])/gu, '"…"'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)\]]+/gi, '<url>'],
  [/(?<![\w.<])(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)[\w.@%+~-]+(?:[\\/][\w.@%+~-]*)*/g, '<path>'],
  [/\b0x[0-9a-f]+\b/gi, '<n>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<id>'],
  [new RegExp(String.raw`(?<![\p{L}\p{N}_])(?!${tellingNumber})[+-]?\d+(?:[.,]\d+)*`, 'gu'), '<n>'],
  [/\s+/g, ' '],
]

function withoutDetails(message: string): string {
  return details.reduce((text, [pattern, word]) => text.replace(pattern, word), message).trim()
}
