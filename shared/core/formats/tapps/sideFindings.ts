import type { Sha256 } from '../../../schema/digest.ts'
import { member, stringOf, type TextObject } from '../text/parseText.ts'
import { isUnsigned, stepChecksum, taskChecksum } from './checksums.ts'
import type { DocumentKind } from './documentKind.ts'
import type { Breach } from './findings.ts'
import { repeatedKeys } from './repeatedKeys.ts'

/** What a store of its own says against itself. */
export function sideFindings(
  kind: DocumentKind,
  root: TextObject,
  sha256: Sha256,
): readonly Breach[] {
  return [...checksumBreaches(kind, root, sha256), ...repeatedKeys(root)]
}

/** [F52] [F53] */
function checksumBreaches(kind: DocumentKind, root: TextObject, sha256: Sha256): readonly Breach[] {
  if (kind !== 'step' && kind !== 'task') return []
  if (isUnsigned(root, 'checksum')) {
    const sentence = 'It has no checksum: its own loader then verifies nothing.'
    return [{ rule: 'F53', severity: 'warning', sentence, path: ['checksum'], remedy: null }]
  }
  const sum = kind === 'step' ? stepChecksum(root, sha256) : taskChecksum(root, sha256)
  if (sum === stringOf(member(root, 'checksum'))) return []
  return [
    {
      rule: 'F52',
      severity: 'error',
      sentence:
        'Its checksum is not that of what stands in it: it was changed after it was written.',
      path: ['checksum'],
      remedy: 'There is no copy of it: recompute the checksum when what stands there is right.',
    },
  ]
}
