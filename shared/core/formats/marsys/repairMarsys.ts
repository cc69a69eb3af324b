import type { Timestamp } from '../../../schema/json.ts'
import { elapsed } from '../../diagnose/words.ts'
import type { FileSet, FormatContext, FormatPoint, FormatRepair } from '../format.ts'
import { isNothing, member } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import { patchAsPython } from '../view/patchAsPython.ts'
import { salvageRepair, type Finished } from '../view/salvageRepair.ts'
import { readMarsys } from './readMarsys.ts'
import { withChecksum } from './editMarsys.ts'
import { openMarsys, type MarsysDocument } from './marsysDocument.ts'
import { isCheckpointFile, sessionOfPath } from './marsysPaths.ts'
import { marsysPoints, problemOf, savedAt } from './marsysPoints.ts'
import { legacyDiagnoses } from './marsysDiagnoses.ts'
import { legacyView } from './legacyView.ts'
import { textIn } from '../textIn.ts'

/** [F132] Ways to mend a document from MARSYS's own spares, best first. */
export function repairMarsys(set: FileSet, context: FormatContext): readonly FormatRepair[] {
  const text = textIn(set, set.document)
  const opened = openMarsys(text)
  const points = marsysPoints(set, opened, context)
  const isDamaged = opened.kind !== 'lossy' && problemOf(opened, context) !== null
  return [
    ...fromTemporary(set, opened, points),
    ...(isDamaged ? fromCheckpoints(set, points) : []),
    ...(isDamaged ? newChecksum(set, context) : []),
    ...(opened.kind === 'session' ? flagTakenOut(set, { opened, points, context }) : []),
    ...salvageRepair(set, {
      read: readMarsys,
      context,
      finish: (salvaged) => salvagedSession(set, salvaged, context),
    }),
  ]
}

/** The snapshot is renamed into place: a temporary file beside it is a write that did not end, often the newest. */
function fromTemporary(
  set: FileSet,
  opened: MarsysDocument,
  points: readonly FormatPoint[],
): readonly FormatRepair[] {
  const isBroken = opened.kind === 'broken'
  const session = sessionOfPath(set.document) ?? opened.session
  const point = points.find(({ kind }) => kind === 'temporary')
  if (point === undefined) return []
  const text = textIn(set, point.document)
  const whole = openMarsys(text)
  const isSame = whole.kind === 'snapshot' && whole.session === session
  const away = { path: point.document, text: null, why: 'the left-over file' }
  const currentAt = savedAt(opened)
  if (!isSame) {
    if (isBroken) return []
    return [
      {
        id: 'temporary:away',
        label: 'Put the broken left-over file into the trash',
        confidence: 'certain',
        losses: ['Nothing that MARSYS would have read.'],
        changes: [away],
      },
    ]
  }
  const isNewer = currentAt === null || (point.at !== null && point.at > currentAt)
  const keep: FormatRepair = {
    id: 'temporary:away',
    label: 'Put the older left-over file into the trash',
    confidence: 'likely',
    losses: [`What the run was at ${point.at ?? 'an unknown time'}.`],
    changes: [away],
  }
  const take: FormatRepair = {
    id: 'temporary:take',
    label: 'Take the left-over file of the write that did not end',
    confidence: isNewer ? 'likely' : 'guess',
    losses: isBroken ? [] : [`What the run was at ${currentAt ?? 'an unknown time'}.`],
    changes: [{ path: set.document, text, why: 'the snapshot' }, away],
  }
  if (isBroken) return [take]
  return isNewer ? [take] : [keep, take]
}

/** Checkpoints of exactly this session, newest first; a checkpoint is the session and two fields more. */
function fromCheckpoints(set: FileSet, points: readonly FormatPoint[]): readonly FormatRepair[] {
  if (isCheckpointFile(set.document)) return []
  const lost = lostSince(set)
  return points
    .filter(({ kind, problem }) => (kind === 'checkpoint' || kind === 'backup') && problem === null)
    .flatMap((point, index): readonly FormatRepair[] => {
      const text = asSession(textIn(set, point.document))
      if (text === null) return []
      return [
        {
          id: point.id,
          label: `Go back to the checkpoint ${point.label}`,
          confidence: index === 0 ? 'likely' : 'guess',
          losses: [lost(point.at)],
          changes: [{ path: set.document, text, why: 'the state' }],
        },
      ]
    })
}

function lostSince(set: FileSet): (at: Timestamp | null) => string {
  const modified = set.files.find(({ path }) => path === set.document)?.modifiedAt ?? null
  return (at) =>
    at === null || modified === null || modified <= at
      ? 'Everything that happened after it.'
      : `Everything that happened after it: ${elapsed(at, modified)} until the file was last changed.`
}

/** The session that a checkpoint holds, byte for byte as its session file was. */
function asSession(text: string): string | null {
  const opened = openMarsys(text)
  if (opened.kind !== 'session') return null
  const metadata = member(opened.root, 'metadata')
  const patches = ['checkpoint_name', 'checkpoint_time']
    .filter((key) => member(metadata, key) !== null)
    .map((key): TextPatch => ({ op: 'remove', path: ['metadata', key] }))
  const patched = patchAsPython(text, patches, { indent: 2 })
  return patched.kind === 'ok' ? patched.text : null
}

/** [F271] What covers the state has gone with its end, or is computed anew. */
function salvagedSession(set: FileSet, text: string, context: FormatContext): Finished {
  const done = withChecksum(text, text, context)
  if (done.kind === 'refused') return null
  const opened = openMarsys(text)
  const isUnsigned = opened.kind === 'session' && isNothing(member(opened.root, 'checksum'))
  const changes = [{ path: set.document, text: done.text, why: 'what could be read of the state' }]
  const unsigned =
    'Its checksum is cut off: MARSYS takes the session without one, whatever it says.'
  return { changes, losses: isUnsigned ? [unsigned] : [] }
}

function newChecksum(set: FileSet, context: FormatContext): readonly FormatRepair[] {
  const text = textIn(set, set.document)
  const signed = withChecksum(text, text, context)
  if (signed.kind === 'refused' || signed.text === text) return []
  return [
    {
      id: 'checksum',
      label: 'Take what stands there, and compute its checksum anew',
      confidence: 'guess',
      losses: ['The only sign that something was changed.'],
      changes: [{ path: set.document, text: signed.text, why: 'the checksum' }],
    },
  ]
}

type FlagFacts = {
  readonly opened: Exclude<MarsysDocument, { readonly kind: 'broken' }>
  readonly points: readonly FormatPoint[]
  readonly context: FormatContext
}

/** [F122] */
function flagTakenOut(
  set: FileSet,
  { opened, points, context }: FlagFacts,
): readonly FormatRepair[] {
  const { root, session } = opened
  const run = legacyView(root, session, context.now)
  const isStale = legacyDiagnoses({ root, run, points, context }).some(
    ({ rule }) => rule === 'F122',
  )
  if (!isStale) return []
  const text = textIn(set, set.document)
  const patched = patchAsPython(
    text,
    [{ op: 'replace', path: ['metadata', 'paused'], value: 'false' }],
    { indent: 2 },
  )
  if (patched.kind === 'refused') return []
  return [
    {
      id: 'paused',
      label: 'Take the flag of the pause back that ended with the resume',
      confidence: 'likely',
      losses: [],
      changes: [{ path: set.document, text: patched.text, why: 'the flag in its metadata' }],
    },
  ]
}
