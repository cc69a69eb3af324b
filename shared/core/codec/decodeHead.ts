import { parseJson } from '../../schema/parseJson.ts'
import type { Sha256 } from '../../schema/digest.ts'
import { currentVersion, HeadDocument, nativeFormat, type Summary } from '../../schema/head.ts'
import { maxJsonDepth } from '../../schema/json.ts'
import type { Run } from '../../schema/run.ts'
import type { Finding } from '../integrity/finding.ts'
import { ruleFacts } from '../integrity/storedRules.ts'
import { takeBeside } from './besideRun.ts'
import { checksumStart } from './encodeHead.ts'
import { headFinding } from './headFinding.ts'
import { inspectJson } from './inspectJson.ts'
import { keepUnread } from '../../schema/keepUnread.ts'
import { reservedStep } from '../../schema/reservedStep.ts'
import { flawRule } from './flawRule.ts'
import { placesOf } from './placesOf.ts'
import { toPointer } from './pointer.ts'
import { summaryFindings } from './summaryFindings.ts'

/**
 * `other`: a JSON document of another kind. `damaged`: ours, or no JSON at all; `unverified` is what it says where its
 * shape still fits, for a salvage: nothing proves that it was written so.
 */
export type DecodedHead =
  | {
      readonly kind: 'ok'
      readonly run: Run
      readonly summary: Summary
      readonly findings: Finding[]
    }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'other' }
  | { readonly kind: 'damaged'; readonly findings: Finding[]; readonly unverified: Run | null }

/** Reads a head: its checksum over the exact bytes, each key once, and the schema. Never throws. */
export function decodeHead(text: string, sha256: Sha256): DecodedHead {
  const broken = textFindings(text)
  if (broken.isUnreadable) return { kind: 'damaged', findings: broken.findings, unverified: null }
  const value: unknown = parseJson(text)
  const version = nativeVersion(value)
  if (version === null) return { kind: 'other' }
  if (version > currentVersion) {
    const finding = changedVersion(text, version, sha256)
    if (finding === null) return { kind: 'newer', version }
    return { kind: 'damaged', findings: [finding], unverified: null }
  }
  const checksum = checksumFindings(text, sha256)
  const read = readDocument(text, value)
  const errors = [...broken.findings, ...checksum, ...read.findings]
  if (read.document === null) return { kind: 'damaged', findings: errors, unverified: null }
  const { summary } = read.document
  const run = takeBeside(read.document)
  if (errors.length > 0) return { kind: 'damaged', findings: errors, unverified: run }
  return { kind: 'ok', run, summary, findings: summaryFindings(text, read.document, sha256) }
}

const versionPattern = /^\{\n"format": "unstuck", "version": (\d+)/

/** A head of this version of which only the number was changed: with the right one it fits its checksum. */
function changedVersion(text: string, version: number, sha256: Sha256): Finding | null {
  const found = versionPattern.exec(text)
  if (found === null) return null
  const start = found[0].length - (found[1]?.length ?? 0)
  const restored = `${text.slice(0, start)}${currentVersion}${text.slice(found[0].length)}`
  if (checksumFindings(restored, sha256).length > 0) return null
  const sentence = `The version was changed from ${currentVersion} to ${version} after the head was written.`
  const flaw = { ...ruleFacts('C6'), pointer: '/version' }
  return headFinding(text, { ...flaw, sentence, index: start })
}

/** The version of a document that says it is ours; null for any other. */
function nativeVersion(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null
  if (!('format' in value) || value.format !== nativeFormat) return null
  return 'version' in value && typeof value.version === 'number' ? value.version : currentVersion
}

function textFindings(text: string): { isUnreadable: boolean; findings: Finding[] } {
  const { flaw, flawPointer, duplicates, depth } = inspectJson(text)
  if (flaw !== null) {
    const known = flawRule(text, flaw) ?? { rule: 'C4', sentence: flaw.sentence }
    const sentence = `The head is no JSON. ${known.sentence}`
    const place = { index: flaw.index, pointer: flawPointer }
    const finding = headFinding(text, { ...ruleFacts(known.rule), ...place, sentence })
    return { isUnreadable: true, findings: [finding] }
  }
  if (depth > maxJsonDepth) {
    const sentence = `The head is nested ${depth} levels deep; ${maxJsonDepth} can be read.`
    const flawed = { ...ruleFacts('C12'), sentence, index: 0, pointer: '' }
    return { isUnreadable: true, findings: [headFinding(text, flawed)] }
  }
  const findings = duplicates.map(({ key, pointer, index }) => {
    const sentence = `The key ${JSON.stringify(key)} stands twice in the same object.`
    return headFinding(text, { ...ruleFacts('C5'), sentence, index, pointer })
  })
  return { isUnreadable: false, findings }
}

const checksumPattern = /^,\n"checksum": "sha256:([0-9a-f]{64})"\n\}\n?$/

function checksumFindings(text: string, sha256: Sha256): readonly Finding[] {
  const start = text.lastIndexOf(checksumStart)
  const stated = start === -1 ? null : checksumPattern.exec(text.slice(start))
  if (stated?.[1] === sha256(text.slice(0, Math.max(start, 0)))) return []
  const sentence =
    stated === null
      ? 'The head does not end with its checksum: it was cut or rewritten by another program.'
      : 'The head does not fit its checksum: it was changed after it was written.'
  const index = start === -1 ? text.length : start + 2
  const flaw = { ...ruleFacts('C6'), pointer: '/checksum' }
  return [headFinding(text, { ...flaw, sentence, index })]
}

/** Findings beyond this number say nothing new. */
const maxSchemaFindings = 20

function readDocument(
  text: string,
  value: unknown,
): { document: HeadDocument | null; findings: readonly Finding[] } {
  const parsed = HeadDocument.safeParse(value)
  const document = parsed.success ? keepUnread(value, parsed.data) : null
  const reserved = document === null ? null : reservedStep(document.run)
  if (document !== null && reserved === null) return { document, findings: [] }
  const issues: readonly SchemaIssue[] =
    reserved === null ? (parsed.error?.issues ?? []) : [inRun(reserved)]
  const shown = issues.slice(0, maxSchemaFindings)
  const places =
    shown.length === 0
      ? []
      : placesOf(
          text,
          shown.map(({ path }) => path.map(String)),
        )
  const findings = shown.map((issue, index): Finding => {
    const pointer = toPointer(issue.path)
    const sentence = `${pointer === '' ? 'The head' : pointer}: ${issue.message}.`
    const place = places[index] ?? { offset: 0, line: 1, column: 1 }
    const facts = ruleFacts(isProgress(issue) ? 'I36' : 'C7')
    return { ...facts, sentence, file: 'head', ...place, pointer }
  })
  return { document: null, findings }
}

function isProgress({ path, code }: SchemaIssue): boolean {
  return path.at(-1) === 'progress' && (code === 'too_big' || code === 'too_small')
}

type SchemaIssue = {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly code?: string | undefined
}

function inRun(path: readonly string[]): { path: readonly string[]; message: string } {
  return { path: ['run', ...path], message: 'no step can have this name' }
}
