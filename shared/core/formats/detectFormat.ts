// This room tells by a cheap signature what kind of state a text is, and whether it is whole.
import { currentVersion, nativeFormat } from '../../schema/head.ts'
import type { FormatId } from '../../schema/format.ts'
import { DocumentV1 } from '../../schema/versions/v1.ts'
import { DocumentV2 } from '../../schema/versions/v2.ts'
import { textFinding } from '../codec/headFinding.ts'
import { flawRule } from '../codec/flawRule.ts'
import { inspectJson } from '../codec/inspectJson.ts'
import { lookOf } from './lookOf.ts'
import { indexOfPath, toPointer } from '../codec/pointer.ts'
import { scanJson, type JsonFlaw } from '../codec/scanJson.ts'
import type { Finding } from '../integrity/finding.ts'
import { ruleFacts, type StoredRuleId } from '../integrity/storedRules.ts'
import { outlineOf, type Outline } from './outline.ts'
import { lineSignatures, signatures, type Signature } from './signatures.ts'

export type DetectedFormat = {
  readonly format: FormatId
  /** Version of the native format; null for any other. */
  readonly version: number | null
  /** What a person calls it. */
  readonly label: string
  /** Why the document cannot be read as what it is; null when it can. */
  readonly problem: Finding | null
}

/** Tells a document by the names of its keys, also one that was cut. Never throws. */
export function detectFormat(text: string): DetectedFormat {
  const outline = outlineOf(text)
  const { flaw } = outline
  const native = nativeKind(outline)
  if (flaw === null) {
    const kind = native ?? wholeKind(outline) ?? unknown('Unknown JSON')
    return { ...kind, problem: shapeProblem(text, kind.format) }
  }
  const lines = native === null ? linesKind(text, outline) : null
  if (lines !== null) return { ...lines, problem: null }
  return { ...(native ?? cutKind(outline)), problem: brokenText(text, flaw) }
}

type Kind = Omit<DetectedFormat, 'problem'>

function unknown(label: string): Kind {
  return { format: 'unknown', version: null, label }
}

function nativeKind({ entries }: Outline): Kind | null {
  if (entries.get('format')?.lexeme !== JSON.stringify(nativeFormat)) return null
  const stated = Number(entries.get('version')?.lexeme)
  const version = Number.isFinite(stated) ? stated : currentVersion
  const isNewer = version > currentVersion
  const label = isNewer ? `Unstuck ${version}, newer than this application` : 'Unstuck'
  return { format: isNewer ? 'unstuck-newer' : 'unstuck', version, label }
}

function wholeKind(outline: Outline): Kind | null {
  return match(signatures, outline) ?? match(lineSignatures, outline)
}

function match(rows: readonly Signature[], outline: Outline): Kind | null {
  const { root, entries } = outline
  if (root !== 'object') return null
  const row = rows.find(
    ({ keys, also }) => keys.every((key) => entries.has(key)) && (also?.(outline) ?? true),
  )
  return row === undefined ? null : kindOf(row)
}

function kindOf({ format, label }: Signature): Kind {
  return { format, version: versions[format] ?? null, label }
}

const versions: { readonly [format in FormatId]?: number } = { 'unstuck-v1': 1, 'unstuck-v2': 2 }

/** A text that was cut is named after the kind of which it has most of the first keys, two at least. */
function cutKind(outline: Outline): Kind {
  let best: { readonly row: Signature; readonly hits: number } | null = null
  for (const row of signatures) {
    if (row.also?.(outline) === false) continue
    const hits = row.begins.filter((key) => outline.entries.has(key)).length
    if (hits >= 2 && hits > (best?.hits ?? 0)) best = { row, hits }
  }
  return best === null ? unknown('No JSON') : kindOf(best.row)
}

/** A document a line, such as a log of events: known by its first line when every line is JSON. */
function linesKind(text: string, outline: Outline): Kind | null {
  if (outline.root !== 'object') return null
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2 || lines.some((line) => scanJson(line) !== null)) return null
  return match(lineSignatures, outlineOf(lines[0] ?? '')) ?? unknown('Unknown JSON lines')
}

function brokenText(text: string, flaw: JsonFlaw): Finding {
  const isEmpty = text.trim() === ''
  const known = (isEmpty ? null : flawRule(text, flaw)) ?? { rule: 'F4', sentence: flaw.sentence }
  const sentence = isEmpty
    ? 'The document is empty.'
    : `The document is no JSON${likeness(text)}. ${known.sentence}`
  const pointer = inspectJson(text).flawPointer
  return documentProblem(text, known.rule, { sentence, index: flaw.index, pointer })
}

/** [F328] */
function likeness(text: string): string {
  const look = lookOf(text)
  return look === null ? '' : `, it looks like ${look}`
}

/** Old versions of our own are held against their frozen schema: what does not fit cannot be migrated. */
function shapeProblem(text: string, format: FormatId): Finding | null {
  if (format !== 'unstuck-v1' && format !== 'unstuck-v2') return null
  const schema = format === 'unstuck-v1' ? DocumentV1 : DocumentV2
  const issue = schema.safeParse(JSON.parse(text)).error?.issues[0]
  if (issue === undefined) return null
  const pointer = toPointer(issue.path)
  const index = indexOfPath(text, issue.path)
  return documentProblem(text, 'F5', { sentence: `${pointer}: ${issue.message}.`, index, pointer })
}

function documentProblem(
  text: string,
  rule: StoredRuleId,
  known: Pick<Finding, 'sentence' | 'pointer'> & { readonly index: number },
): Finding {
  return textFinding(text, { ...ruleFacts(rule), file: 'document', ...known })
}
