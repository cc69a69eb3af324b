import type { FileSet, FormatContext } from '../../format.ts'
import type { Finished } from '../../view/salvageRepair.ts'
import { isUnsigned } from '../checksums.ts'
import { isState } from '../documentKind.ts'
import { followers, signedText } from '../edit.ts'
import { openStore } from '../fileStore.ts'

/** [F271] What could be read, signed as this engine does it. The copy in history stays as it is: it may be the better state. */
export function salvagedState(set: FileSet, text: string, { sha256 }: FormatContext): Finished {
  const store = openStore(set, sha256)
  const signed = signedText(store, text, sha256)
  if (signed.kind === 'refused') return null
  const described = followers(store, signed.text, signed.root).filter(
    ({ path }) => path === store.meta?.path,
  )
  const why = 'what could be read of the state'
  const isOpen = isState(store.kind) && isUnsigned(signed.root, '_checksum')
  const unsigned =
    'Its checksum is cut off: its reader takes the state without one, whatever it says.'
  return {
    changes: [{ path: set.document, text: signed.text, why }, ...described],
    losses: isOpen ? [unsigned] : [],
  }
}
