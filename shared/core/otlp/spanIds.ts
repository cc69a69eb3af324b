// Ids made of what they are ids of: the same run is the same trace in every export, here and elsewhere.

export type SpanIds = {
  readonly trace: (root: string) => string
  /** `''`: the run itself. */
  readonly span: (run: string, part: string) => string
}

export function createSpanIds(sha256: (text: string) => string): SpanIds {
  return {
    trace: (root) => sha256(JSON.stringify(['trace', root])).slice(0, 32),
    span: (run, part) => sha256(JSON.stringify(['span', run, part])).slice(0, 16),
  }
}

export function attemptPart(step: string, attempt: number): string {
  return `${step}#${attempt}`
}
