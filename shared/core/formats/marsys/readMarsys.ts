import type { FileSet, FormatContext, FormatReading } from '../format.ts'
import { textFinding } from '../../codec/headFinding.ts'
import type { Finding } from '../../integrity/finding.ts'
import { pointer } from '../../../schema/pointer.ts'
import { member, stringOf, type TextObject } from '../text/parseText.ts'
import { findingsAt, type Breach } from '../view/findingAt.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import { legacyBreaches } from './legacyFindings.ts'
import { legacyView, saidOfLegacy } from './legacyView.ts'
import { legacyDiagnoses, snapshotDiagnoses } from './marsysDiagnoses.ts'
import { checkpointName, openMarsys, type MarsysDocument } from './marsysDocument.ts'
import { isSnapshotFile } from './marsysPaths.ts'
import { marsysPoints } from './marsysPoints.ts'
import { snapshotBreaches } from './snapshotFindings.ts'
import { saidOfSnapshot, snapshotView } from './snapshotView.ts'
import { textIn } from '../textIn.ts'

/** What a file set of MARSYS says. Never throws, whatever the texts are. */
export function readMarsys(set: FileSet, context: FormatContext): FormatReading {
  const text = textIn(set, set.document)
  const opened = openMarsys(text)
  const points = marsysPoints(set, opened, context)
  if (opened.kind === 'broken') return broken(set, opened, points)
  const { root, session } = opened
  const findings = [
    ...findingsAt(text, root, [
      ...breachesOf(opened, set.document, context),
      ...repeatedKeys(root).map(repeated),
    ]),
    ...temporaryFindings(points),
  ]
  if (opened.kind === 'snapshot') {
    const run = snapshotView(root, session, context.now)
    return {
      label: 'MARSYS 0.3 snapshot',
      version: stringOf(member(root, 'framework_version')),
      isOld: false,
      run,
      said: saidOfSnapshot(root),
      findings,
      diagnoses: snapshotDiagnoses({ root, run, points, context, set }),
      points,
    }
  }
  const run = legacyView(root, session, context.now)
  return {
    label: legacyLabel(opened),
    version: opened.kind === 'lossy' ? '0.1' : null,
    isOld: true,
    run,
    said: saidOfLegacy(root),
    findings,
    diagnoses: legacyDiagnoses({ root, run, points, context }),
    points,
  }
}

type Whole = Exclude<MarsysDocument, { readonly kind: 'broken' }>

export function breachesOf(
  opened: Whole,
  document: string,
  { sha256 }: FormatContext,
): readonly Breach[] {
  const { kind, root } = opened
  return kind === 'snapshot'
    ? snapshotBreaches(root, document)
    : legacyBreaches({ root, document, isLossy: kind === 'lossy', sha256 })
}

function legacyLabel({ kind, root }: { readonly kind: string; readonly root: TextObject }): string {
  if (kind === 'lossy') return 'MARSYS 0.1 checkpoint'
  return checkpointName(root) === null ? 'MARSYS session' : 'MARSYS checkpoint'
}

/** [F100] */
function broken(
  set: FileSet,
  { flaw }: Extract<MarsysDocument, { readonly kind: 'broken' }>,
  points: FormatReading['points'],
): FormatReading {
  const text = textIn(set, set.document)
  const isEmpty = text.trim() === ''
  const finding = textFinding(text, {
    rule: 'F100',
    severity: 'error',
    sentence: `${isEmpty ? 'The document is empty.' : `The document is broken. ${flaw.sentence}`} MARSYS leaves it out of its list without a word, and says that the session is not found.`,
    file: 'document',
    index: flaw.index,
    pointer: null,
    remedy: 'Take a checkpoint of this session, or what can be salvaged.',
  })
  return {
    label: isSnapshotFile(set.document) ? 'MARSYS 0.3 snapshot' : 'MARSYS session',
    version: null,
    isOld: false,
    run: null,
    said: { status: null, steps: {} },
    findings: [finding, ...temporaryFindings(points)],
    diagnoses: [],
    points,
  }
}

/** [F118] */
function repeated(path: readonly string[]): Breach {
  return {
    rule: 'F118',
    severity: 'error',
    sentence: `${pointer(...path)} stands twice: MARSYS takes the last, and drops the first when it writes.`,
    path,
    remedy: 'Remove the one that is wrong.',
  }
}

/** [F115] */
function temporaryFindings(points: FormatReading['points']): readonly Finding[] {
  return points
    .filter(({ kind }) => kind === 'temporary')
    .map(({ document, problem }) => ({
      rule: 'F115',
      severity: 'warning',
      sentence: `${document} is left over from a write that did not end${problem === null ? ', and is whole: it may be the newer one' : ', and is broken itself'}.`,
      file: 'temporary',
      offset: null,
      line: null,
      column: null,
      pointer: null,
      remedy: problem === null ? 'Compare the two.' : 'Clean it up.',
    }))
}
