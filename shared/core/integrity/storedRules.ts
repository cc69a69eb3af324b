import { invariant } from '../../assert.ts'
import type { RuleRow } from './ruleRow.ts'

const rebuild = 'Repair rebuilds the head from the journal or a backup.'
const goOn = 'Repair goes on from the last valid record, the head or the next keyframe.'
const keep = 'Repair keeps what can be read of it.'

/** What must be true of the text of a head or document before it is looked at as a run. */
const textRows = [
  {
    id: 'C4',
    scope: 'text',
    severity: 'error',
    sentence: 'A head is JSON.',
    remedy: rebuild,
  },
  {
    id: 'C5',
    scope: 'text',
    severity: 'error',
    sentence: 'A key stands once in its object.',
    remedy: rebuild,
  },
  {
    id: 'C12',
    scope: 'text',
    severity: 'error',
    sentence: 'A document is nested at most 1,000 levels deep.',
    remedy: rebuild,
  },
  {
    id: 'F4',
    scope: 'text',
    severity: 'error',
    sentence: 'A document is JSON, and not empty.',
    remedy: keep,
  },
  {
    id: 'F8',
    scope: 'text',
    severity: 'error',
    sentence: 'A text is UTF-8.',
    remedy: 'Repair reads it in the encoding that it is in, and writes it as UTF-8.',
  },
  {
    id: 'F10',
    scope: 'text',
    severity: 'info',
    sentence: 'A document is small enough to be read at once.',
    remedy: 'Look at its bytes in Raw, a slice at a time.',
  },
  {
    id: 'F11',
    scope: 'text',
    severity: 'error',
    sentence: 'A text is no longer than 537 MB.',
    remedy: 'Look at its bytes in Raw, a slice at a time.',
  },
  {
    id: 'I26',
    scope: 'text',
    severity: 'error',
    sentence: 'A text has no byte order mark.',
    remedy: 'An editor added it: Repair takes it away.',
  },
  {
    id: 'I27',
    scope: 'text',
    severity: 'error',
    sentence: 'No byte of a text is zero.',
    remedy: 'Such blocks are left by a power cut or a full disk: the bytes there are lost. Repair.',
  },
  {
    id: 'I28',
    scope: 'text',
    severity: 'error',
    sentence: 'A text is whole: it is not cut before its end.',
    remedy: 'A write was cut short, or the disk was full. Repair.',
  },
  {
    id: 'I29',
    scope: 'text',
    severity: 'error',
    sentence: 'Nothing follows the end of a document.',
    remedy: 'A shorter document was written over a longer one, or two into one file. Repair.',
  },
] as const satisfies readonly RuleRow[]

const documentRows = [
  {
    id: 'C6',
    scope: 'checksum',
    severity: 'error',
    sentence: 'A head fits its checksum.',
    remedy: rebuild,
  },
  {
    id: 'C7',
    scope: 'schema',
    severity: 'error',
    sentence: 'A head fits the schema.',
    remedy: rebuild,
  },
  {
    id: 'C8',
    scope: 'version',
    severity: 'warning',
    sentence: 'A document is of a version that this program knows.',
    remedy: 'Open it with the version of Unstuck that wrote it; this one leaves it as it is.',
  },
  {
    id: 'C9',
    scope: 'schema',
    severity: 'error',
    sentence: 'What lies where a head lies is a head.',
    remedy: rebuild,
  },
  {
    id: 'C10',
    scope: 'schema',
    severity: 'warning',
    sentence: 'The summary of a head says what its run says.',
    remedy: 'The next write of the head corrects it.',
  },
  {
    id: 'F5',
    scope: 'schema',
    severity: 'error',
    sentence: 'A document of version 1 or 2 fits the schema of its version.',
    remedy: 'Set the value right in the file; until then it cannot be migrated.',
  },
  {
    id: 'I35',
    scope: 'checksum',
    severity: 'error',
    sentence: 'A document of version 2 fits its checksum.',
    remedy:
      'It was changed after it was written. Look at it before you migrate it: nothing proves it.',
  },
  {
    id: 'I36',
    scope: 'progress',
    severity: 'error',
    sentence: 'Progress lies between 0 and 1, of version 2 between 0 and 100.',
    remedy: 'Repair rebuilds it from the journal, or an edit sets it right.',
  },
  {
    id: 'I37',
    scope: 'references',
    severity: 'error',
    sentence: 'A head is that of the run after which its file is named.',
    remedy: rebuild,
  },
] as const satisfies readonly RuleRow[]

const journalRows = [
  {
    id: 'J20',
    scope: 'chain',
    severity: 'warning',
    sentence: 'The last line of the journal is whole.',
    remedy: 'The next write backs up the torn bytes and cuts them; Repair does it now.',
  },
  {
    id: 'J21',
    scope: 'chain',
    severity: 'error',
    sentence: 'Each line of the journal is JSON.',
    remedy: goOn,
  },
  {
    id: 'I30',
    scope: 'schema',
    severity: 'error',
    sentence: 'Each line of the journal has the shape of a record.',
    remedy: goOn,
  },
  {
    id: 'I31',
    scope: 'checksum',
    severity: 'error',
    sentence: 'Each record fits its own sum.',
    remedy: goOn,
  },
  {
    id: 'I32',
    scope: 'chain',
    severity: 'error',
    sentence: 'Each record names the sum of the record before it.',
    remedy: goOn,
  },
  {
    id: 'I33',
    scope: 'chain',
    severity: 'error',
    sentence: 'Records are numbered without a gap that no record explains.',
    remedy: goOn,
  },
  {
    id: 'I34',
    scope: 'chain',
    severity: 'error',
    sentence: 'No record was written under an older lock than the record before it.',
    remedy: `Two processes wrote at once: the lock was broken while its holder lived. ${goOn}`,
  },
  {
    id: 'J22',
    scope: 'files',
    severity: 'error',
    sentence: 'The journal of a run is there.',
    remedy: 'Repair begins a new journal with the state of the head.',
  },
  {
    id: 'J23',
    scope: 'chain',
    severity: 'error',
    sentence: 'The journal has every record that the head contains.',
    remedy: 'Repair goes on from the head.',
  },
  {
    id: 'J24',
    scope: 'files',
    severity: 'warning',
    sentence: 'The head of a run is there.',
    remedy: 'The next write of the head makes it anew from the journal; Repair does it now.',
  },
  {
    id: 'J25',
    scope: 'chain',
    severity: 'error',
    sentence: 'A valid record of the journal holds a whole state.',
    remedy: 'Repair restores a backup.',
  },
  {
    id: 'J26',
    scope: 'chain',
    severity: 'error',
    sentence: 'The last record that the head contains is the one in the journal.',
    remedy: 'Repair rebuilds the head from the journal.',
  },
  {
    id: 'J27',
    scope: 'transitions',
    severity: 'error',
    sentence: 'An edit fits the run that it was made for.',
    remedy:
      'Repair writes down the state without it; make the edit again where it is still wanted.',
  },
] as const satisfies readonly RuleRow[]

/** Rules of what is stored, checked where it is read: by codec, formats and reading. */
export const storedRules = [...textRows, ...documentRows, ...journalRows]

export type StoredRuleId = (typeof storedRules)[number]['id']

/** What the table says of a breach of it. */
export function ruleFacts(
  id: StoredRuleId,
): Pick<RuleRow, 'severity' | 'remedy'> & { readonly rule: StoredRuleId } {
  const row = storedRules.find((one) => one.id === id)
  invariant(row !== undefined, `${id} is no rule of what is stored.`)
  return { rule: id, severity: row.severity, remedy: row.remedy }
}
