// Opens a document that is to be repaired and that no plain reading takes for text, and says what becomes of how it is compressed.
import type { Ref } from '../../shared/contract/call.ts'
import type { FormatRepair, RepairItem } from '../../shared/core/formats/format.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { readDamaged, type DamagedState } from './readDamaged.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { requireWorkspace } from './refs.ts'
import type { DocumentKind } from './documentKind.ts'
import type { LooselyUnpacked } from './unpackDamaged.ts'

/** [F360] The document as far as it can be read where no plain reading takes it for text; null: one does, or nothing can be. */
export async function openForRepair(context: ServiceContext, ref: Ref) {
  requireWorkspace(context, ref)
  const { text, findings, foreign } = await openDocumentKind(context, ref)
  const damaged = text === null ? await readDamaged(context, ref) : null
  if (damaged?.kind === 'ok') return { ...damaged, findings: [...findings] }
  if (foreign !== null || (text !== null && parseText(text).kind === 'broken')) return null
  const message = whyNoRepair(ref, { findings, damaged })
  throw new AppError('invalid-input', message, { document: ref.document })
}

type Unrepaired = Pick<DocumentKind, 'findings'> & {
  readonly damaged: Exclude<DamagedState, { readonly kind: 'ok' }> | null
}

function whyNoRepair({ document }: Ref, { findings, damaged }: Unrepaired): string {
  const { sentence = '', remedy } = findings[0] ?? {}
  if (damaged === null)
    return `${document} is JSON: there is nothing in its text to repair. ${sentence} ${remedy ?? ''}`.trimEnd()
  return damaged.kind === 'nothing'
    ? `Nothing of ${document} can be read, so nothing of it can be repaired. ${sentence} Put a good copy in its place.`
    : `${document} is not repaired where it lies. ${sentence} Take out of a decompressed copy what can be read: unstuck salvage FILE --out NEW.`
}

/** How it is compressed is set right by every repair that writes it. */
export function withPacking(
  repairs: readonly FormatRepair[],
  { problem, isLossy }: LooselyUnpacked,
): readonly FormatRepair[] {
  if (problem === null) return repairs
  const item = packingItem(problem)
  return repairs.map((one) => {
    if (one.items === undefined) return one
    const items = [item, ...one.items]
    return isLossy
      ? { ...one, confidence: 'guess', losses: [problem, ...one.losses], items }
      : { ...one, items }
  })
}

function packingItem(sentence: string): RepairItem {
  return {
    id: 'packing',
    rule: 'F360',
    sentence,
    offset: 0,
    sizeBytes: 0,
    line: 1,
    column: 1,
    pointer: null,
    damage: 'broken',
    confidence: 'certain',
    isAccepted: true,
    isChoice: false,
  }
}
