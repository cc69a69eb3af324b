import type { Sha256 } from '../../../../schema/digest.ts'
import type { FormatRepair } from '../../format.ts'
import { followers, signedText } from '../edit.ts'
import type { FileStore } from '../fileStore.ts'
import { parseState } from '../parseState.ts'
import { provedStatus, withStatus } from '../provedStatus.ts'
import { loadable } from '../stateFile.ts'
import { versionOf } from '../versions.ts'

/** [F84] A status that is missing or that the loader refuses. */
export function statusRepairs(store: FileStore, sha256: Sha256): readonly FormatRepair[] {
  const { own } = store
  const { root, fields } = own
  // What version 1.0 lacks its migration adds.
  if (root === null || fields === null || versionOf(store).isOld) return []
  if (fields.status !== null && loadable.includes(fields.status)) return []
  const word = provedStatus(store.text, root, sha256)
  if (word !== null) return [statusRepair(store, word, { isProved: true, sha256 })]
  const isKnown = fields.status === 'blocked' || fields.status === 'cancelled'
  return [statusRepair(store, isKnown ? 'failed' : 'paused', { isProved: false, sha256 })].filter(
    ({ changes }) => changes.length > 0,
  )
}

function statusRepair(
  store: FileStore,
  word: string,
  { isProved, sha256 }: { readonly isProved: boolean; readonly sha256: Sha256 },
): FormatRepair {
  const said = store.own.fields?.status ?? null
  const text = withStatus(store.text, word)
  const signed = isProved ? signedAsIs(text) : signedText(store, text, sha256)
  return {
    id: `status:${word}`,
    label: isProved
      ? `The status is put back to ${word}: the checksum proves that it was`
      : `The status becomes ${word}, which its loader takes`,
    confidence: isProved ? 'certain' : said === null ? 'guess' : 'likely',
    losses: isProved
      ? []
      : [
          said === null
            ? 'Which status it had is not known.'
            : `That it was "${said}" is no longer said.`,
        ],
    changes:
      signed.kind === 'ok'
        ? [
            { path: store.own.path, text: signed.text, why: 'the state' },
            ...(isProved ? [] : followers(store, signed.text, signed.root)),
          ]
        : [],
  }
}

function signedAsIs(text: string): ReturnType<typeof signedText> {
  const parsed = parseState(text)
  return parsed.kind === 'ok'
    ? { kind: 'ok', text, root: parsed.root }
    : { kind: 'refused', problem: parsed.flaw.sentence }
}
