import { describe, expect, test } from 'vitest'
import { at, makeRun } from '../resume/makeRun.ts'
import { finding, told } from './makeFacts.ts'

const torn = {
  ...finding,
  rule: 'J20',
  severity: 'warning',
  sentence: 'The last line is torn.',
} as const
const none = { run: null, findings: [] } as const

describe('what a document that is no run of this version says', () => {
  test('[G1] [G4] by which version it was written, where it says so', () => {
    expect(told({ ...none, health: 'newer-version', version: 4 }, 'G1')).toEqual([
      'G1 stuck: Written by a newer Unstuck (version 4); this one reads up to version 3 and leaves it untouched.',
      '  Version: 4',
      '  upgrade: Update Unstuck',
    ])
    expect(told({ ...none, health: 'newer-version', version: null }, 'G1')).toEqual([
      'G1 stuck: Written by a newer Unstuck; this one reads up to version 3 and leaves it untouched.',
      '  upgrade: Update Unstuck',
    ])
    expect(told({ ...none, health: 'old-version', version: 1 }, 'G4')).toEqual([
      'G4 stuck: Written as version 1: it has to be migrated before it can be resumed or repaired.',
      '  Version: 1',
      '  migrate: Migrate',
    ])
    expect(told({ ...none, health: 'old-version', version: null }, 'G4')).toEqual([
      'G4 stuck: Written as an old version: it has to be migrated before it can be resumed or repaired.',
      '  migrate: Migrate',
    ])
  })

  test('[G2] a file that is no state document says what it is, and what can be done with it', () => {
    expect(strangeFile('unknown', 'Unknown JSON')).toEqual([
      'G2 attention: No state document that Unstuck knows (Unknown JSON): its text is shown as it is.',
      '  map: Map this document…',
    ])
    expect(strangeFile('unknown', 'Unknown JSON', [finding])).toEqual([
      'G2 attention: No state document that Unstuck knows (Unknown JSON): its text is shown as it is.',
      '  openRun: Look at its bytes',
    ])
    expect(strangeFile('unknown', 'Unknown text')).toEqual([
      'G2 attention: No state document that Unstuck knows (Unknown text): its text is shown as it is.',
      '  openRun: Look at its bytes',
    ])
    expect(
      strangeFile('unknown', 'Large JSON', [{ ...finding, sentence: 'It has 9 GB.' }]),
    ).toEqual(['G2 attention: It has 9 GB.', '  openRun: Look at its bytes'])
    expect(strangeFile('unknown', 'Large JSON')).toEqual([
      'G2 attention: It is too large to be read at once.',
      '  openRun: Look at its bytes',
    ])
    expect(strangeFile('empty', 'Unknown JSON')).toEqual([
      'G2 attention: The file is empty: what was in it is not here. Look for a backup or a temporary file beside it.',
      '  openRun: Look at its bytes',
    ])
    expect(strangeFile('temporary', 'Unknown JSON')).toEqual([
      'G2 attention: Left over by a write that was cut short: it can be the only good copy. It is kept.',
      '  openRun: Look at its bytes',
    ])
    expect(strangeFile('unreadable', 'JSON', [{ ...finding, sentence: 'EACCES' }])).toEqual([
      'G2 attention: It cannot be read: EACCES',
      '  openRun: Look at its bytes',
    ])
    expect(strangeFile('unreadable', 'JSON')).toEqual([
      'G2 attention: It cannot be read: the file system refuses it.',
      '  openRun: Look at its bytes',
    ])
  })

  test('[G3] a format that is not read yet says so', () => {
    expect(told({ ...none, health: 'not-yet-readable', formatLabel: 'MARSYS' }, 'G3')).toEqual([
      'G3 attention: A state document of MARSYS: its text is shown, it is not read as a run yet.',
      '  none: Nothing to do',
    ])
  })
})

describe('damage', () => {
  test('[G5] without a finding it is still said that it is damaged', () => {
    expect(told({ ...none, health: 'damaged' }, 'G5')).toEqual([
      'G5 stuck: Damaged: it does not read as it was written.',
      '  repair: Plan a repair',
    ])
  })

  test('[G5] while a process carries the run, damage does not stop it', () => {
    const given = { health: 'damaged', liveness: 'alive', findings: [torn] } as const
    expect(told(given, 'G5')).toEqual([
      'G5 attention: Damaged: The last line is torn.',
      '  Finding: J20 The last line is torn.',
      '  File: head',
      '  Byte: 120',
      '  Place: line 4, column 1',
      '  Path: /checksum',
      '  Remedy: Repair rebuilds the head from the journal or a backup.',
      '  repair: Plan a repair',
    ])
    expect(told({ ...given, findings: [] }, 'G5')).toEqual([
      'G5 attention: Damaged: it does not read as it was written.',
      '  repair: Plan a repair',
    ])
  })

  test('[G5] the worst finding is told: an error before a warning, a warning before what is only said', () => {
    const info = { ...finding, severity: 'info', sentence: 'It was read anew.' } as const
    const first = (...findings: readonly (typeof torn | typeof info | typeof finding)[]) =>
      told({ run: null, health: 'damaged', findings }, 'G5')[0]
    expect(first(info, torn, finding)).toEqual(
      'G5 stuck: Damaged: The head does not fit its checksum: it was changed after it was written.',
    )
    expect(first(info, torn)).toEqual('G5 stuck: Damaged: The last line is torn.')
    expect(first(info)).toEqual('G5 stuck: Damaged: It was read anew.')
  })

  test.each(['C4', 'F4', 'F8', 'F190', 'I26', 'I27', 'I28', 'I29'])(
    '[G5] [R95] a text that is not as it should be (%s) can be repaired in a document of any kind',
    (rule) => {
      const findings = [{ ...finding, rule, file: 'document', column: null } as const]
      expect(told({ run: null, health: 'damaged', findings }, 'G5').at(-1)).toEqual(
        '  repair: Plan a repair',
      )
    },
  )

  test('[G5] what a whole document says has no repair; where a line is known without a column, it is its first', () => {
    const findings = [{ ...finding, file: 'document', column: null, offset: null } as const]
    expect(told({ run: null, health: 'damaged', findings }, 'G5')).toEqual([
      'G5 stuck: Damaged: The head does not fit its checksum: it was changed after it was written.',
      '  Finding: C6 The head does not fit its checksum: it was changed after it was written.',
      '  File: document',
      '  Place: line 4, column 1',
      '  Path: /checksum',
      '  Remedy: Repair rebuilds the head from the journal or a backup.',
      '  openRun: Look at its bytes',
    ])
  })

  test('[G16] a flaw of a document that works is worth a look, and of a foreign one nothing is to be done', () => {
    const run = makeRun({ status: 'completed', finishedAt: at(9) })
    expect(told({ run, findings: [torn] }, 'G16')).toEqual([
      'G16 attention: Worth a look: The last line is torn.',
      '  Finding: J20 The last line is torn.',
      '  File: head',
      '  Byte: 120',
      '  Place: line 4, column 1',
      '  Path: /checksum',
      '  Remedy: Repair rebuilds the head from the journal or a backup.',
      '  repair: Plan a repair',
    ])
    expect(told({ run, findings: [{ ...torn, file: 'document', line: null }] }, 'G16')).toEqual([
      'G16 attention: Worth a look: The last line is torn.',
      '  Finding: J20 The last line is torn.',
      '  File: document',
      '  Byte: 120',
      '  Path: /checksum',
      '  Remedy: Repair rebuilds the head from the journal or a backup.',
      '  none: Nothing to do',
    ])
    expect(told({ run, health: 'damaged', findings: [torn] }, 'G16')).toEqual([])
    expect(told({ run }, 'G16')).toEqual([])
  })
})

function strangeFile(health: string, formatLabel: string, findings = [finding].slice(1)) {
  return told({ run: null, health, formatLabel, findings }, 'G2')
}
