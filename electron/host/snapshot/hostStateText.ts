// The state of a host as text: one line of JSON with a digest, so that a cut or changed file is never taken for a whole one.
import { hostStateFormat, hostStateVersion, HostState } from '../../../shared/schema/hostState.ts'
import { sha256 } from '../hostFacts.ts'

export type FoundState =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: HostState }
  | {
      readonly kind: 'unusable'
      readonly why: 'damaged' | 'foreign' | 'newer' | 'unreadable'
      readonly sentence: string
    }

export function encodeHostState(state: HostState): string {
  const text = JSON.stringify(state)
  return `{"format":"${hostStateFormat}","version":${hostStateVersion},"sum":"${sha256(text)}","state":${text}}\n`
}

export function decodeHostState(text: string): FoundState {
  const [, sum, state] = envelope.exec(text) ?? []
  if (state === undefined) return whyNot(text)
  if (sha256(state) !== sum) return unusable('damaged', 'it is not as it was written')
  const parsed = HostState.safeParse(parseOrNull(state))
  if (parsed.success) return { kind: 'state', state: parsed.data }
  const [issue] = parsed.error.issues
  return unusable('foreign', `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'not valid'}`)
}

function whyNot(text: string): FoundState {
  const found = parseOrNull(text)
  if (found === null) return unusable('damaged', 'it was cut short, or is no JSON')
  const isOurs = typeof found === 'object' && 'format' in found && found.format === hostStateFormat
  if (!isOurs) return unusable('foreign', 'another program wrote it')
  const version = 'version' in found ? found.version : null
  return typeof version === 'number' && version > hostStateVersion
    ? unusable('newer', `a newer version of Unstuck wrote it (version ${version})`)
    : unusable('damaged', 'it is not as it was written')
}

function unusable(why: 'damaged' | 'foreign' | 'newer', sentence: string): FoundState {
  return { kind: 'unusable', why, sentence }
}

function parseOrNull(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const envelope = new RegExp(
  String.raw`^\{"format":"${hostStateFormat}","version":${hostStateVersion},"sum":"([0-9a-f]{64})","state":(.*)\}\n?$`,
  's',
)
