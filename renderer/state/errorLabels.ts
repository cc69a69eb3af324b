/**
 * Errors in few letters, in their order: where each failed and what differs from the others. The class, and words with which
 * another one begins too, would take all the room there is.
 */
export function errorLabels(texts: readonly string[]): readonly string[] {
  const failures = texts.map(parts)
  return toldApart(
    texts,
    failures.map(({ place, message }, index) => {
      const others = failures.filter((_, other) => other !== index).map((other) => other.message)
      return placed(place, withoutShared(message, others))
    }),
  )
}

/** The same where there is room for words with which others begin too: where each failed, and what was said. */
export function wholeErrorLabels(texts: readonly string[]): readonly string[] {
  const labels = texts.map(parts).map(({ place, message }) => placed(place, message))
  return toldApart(texts, labels)
}

function placed(place: string | null, message: string): string {
  return place === null ? message : `${place}: ${message}`
}

function toldApart(texts: readonly string[], labels: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return labels.map((label, index) =>
    (counts.get(label) ?? 0) > 1 ? (texts[index] ?? label) : label,
  )
}

type Parts = { readonly place: string | null; readonly message: string }

/** `errorFingerprint` writes step, class and message, each where it is known. */
function parts(text: string): Parts {
  const [first = '', second, ...rest] = text.split(': ')
  if (second === undefined) return { place: null, message: text }
  if (rest.length > 0 && /^(?:\w+\.)*[A-Z]\w*$/.test(second))
    return { place: first, message: withoutPreamble(rest.join(': ')) }
  // A step may begin with a capital too.
  const place = /(?:Error|Exception|Code)$/.test(first) ? null : first
  return { place, message: [second, ...rest].join(': ') }
}

/** Of a command the last words that it wrote; where it wrote none, how it ended. */
function withoutPreamble(message: string): string {
  const [, ended, said] = /^The command of step \S+ (.+?)(?:\.|: (.+))?$/.exec(message) ?? []
  return said ?? ended ?? message
}

function withoutShared(message: string, others: readonly string[]): string {
  const words = message.split(' ')
  const shared = Math.max(0, ...others.map((other) => sharedWords(words, other.split(' '))))
  const isWhole = shared >= words.length
  return isWhole || words.slice(0, shared).join(' ').length < worthCutting
    ? message
    : `…${words.slice(shared).join(' ')}`
}

const worthCutting = 8

function sharedWords(words: readonly string[], others: readonly string[]): number {
  const parting = words.findIndex((word, index) => word !== others[index])
  return parting === -1 ? words.length : parting
}
