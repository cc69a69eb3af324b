import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import type { RepairPlan } from '../../../../../shared/core/repair/repairPlan.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import {
  born,
  filesOf,
  history,
  keyframeAfter,
  planFor,
  readFiles,
  sha256,
  type Files,
} from './storedRun.ts'

const sound = filesOf()
const soundRun = readFiles(sound).reading.run
const garbage = Buffer.from('{"format":"unstuck", broken\n')
const badLine = Buffer.from('{"seq":6,"oops":tru\n')

/** All that a plan says, as lines: sources with what they lose and hold, fixes, damage, writes and problems. */
function told(plan: RepairPlan): readonly string[] {
  const recommended =
    plan.recommended === null ? [] : [`take ${plan.recommended.source}: ${plan.recommended.why}`]
  return [
    ...plan.sources.flatMap(({ id, kind, usable, sentence, loses, holds }) => [
      `${id} (${kind}${usable ? '' : ', not usable'}): ${sentence}`,
      ...loses.map((loss) => `  loses ${loss}`),
      ...holds
        .filter(({ count, missing }) => count + missing > 0)
        .map(
          ({ what, count, missing, names }) =>
            `  holds ${what} ${count}, not ${missing} (${names.join(', ')})`,
        ),
    ]),
    ...recommended,
    `source ${plan.source}`,
    ...plan.fixes.flatMap(
      ({
        id,
        sentence,
        file,
        offset,
        line,
        column,
        pointer,
        confidence,
        accepted,
        needs,
        reason,
      }) => [
        `${accepted ? 'fix' : 'rejected'} ${id} in ${file} at ${offset}, ${line}:${column} ${pointer} (${confidence}): ${sentence}`,
        ...(needs.length === 0 ? [] : [`  needs ${needs.join(' ')}`]),
        ...(reason === null ? [] : [`  because ${reason}`]),
      ],
    ),
    ...plan.damage.map(
      ({ file, kind, offset, sizeBytes, fix, sentence }) =>
        `${kind} ${file} ${offset}+${sizeBytes} ${fix}: ${sentence}`,
    ),
    ...(plan.inDoubt.length === 0 ? [] : [`in doubt ${plan.inDoubt.join(' ')}`]),
    ...(plan.lost === null ? [] : [`lost ${plan.lost.sentence}`]),
    ...plan.writes.map(
      ({ file, sentence }) => `write ${file.replaceAll(born.id, 'RUN')}: ${sentence}`,
    ),
    ...plan.problems.map((problem) => `problem ${problem}`),
  ]
}

function planned(files: Files, given: Parameters<typeof planFor>[1] = {}): readonly string[] {
  return told(planFor(files, given).plan)
}

/** Of a plan, the lines that begin like this. */
function only(word: string, lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith(word))
}

/** What is said of so many lines that do not fit. */
function cutsOf(count: number): readonly string[] {
  const bad = Array.from({ length: count }, () => badLine)
  return only('fix R3', planned({ ...sound, journal: Buffer.concat([sound.journal, ...bad]) }))
}

/** The journal with so many of its lines. */
function upTo(count: number): Buffer {
  return Buffer.concat(sound.lines.slice(0, count).map(({ bytes }) => bytes))
}

function backups(run: Run | null) {
  return [{ id: 'b1', at: '2026-01-02T00:03:00.000Z', run }]
}

function temporaries(run: Run | null) {
  return [{ path: 'RUN.json.1.tmp', run }]
}

describe('the whole plan of a repair', () => {
  test('[R1] [R76] of a head that is broken beside a sound journal', () => {
    expect(planned({ ...sound, head: garbage })).toEqual([
      'journal (journal): The journal, replayed from its beginning: up to record 8.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'head (head, not usable): The head as it is on disk: it cannot be read.',
      'take journal: Each of its records fits its checksum and the one before it. No other source holds anything that it has not.',
      'source journal',
      'fix R1 in head at 21, 1:22 /format (certain): The head is written anew from the journal. The head is no JSON. Expected a key in quotes, found b.',
      'broken head 21+6 R1: No JSON begins with broken. It is passed over.',
      'cut head 28+0 R1: The document is cut here. What was open is closed behind the last complete value.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })

  test('[R2] [R97] of a last line that was cut short, with what can be read of it', () => {
    const torn = Buffer.from('{"seq":9,"at":"2026-01')
    const offset = sound.journal.byteLength
    const journal = Buffer.concat([sound.journal, torn])
    expect(planned({ ...sound, journal }, { lines: [{ offset, bytes: torn }] })).toEqual([
      'journal (journal): The journal, replayed from its beginning: up to record 8.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'head (head): The head as it is on disk: up to record 8.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'take journal: Each of its records fits its checksum and the one before it. No other source holds anything that it has not.',
      'source journal',
      'fix R2@2639 in journal at 2639, 9:null null (certain): The last line was cut short while it was written: its 22 bytes go.',
      '  because What can be read of it, and is not taken: {"seq":9}',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the journal.',
      '  needs R2@2639',
      'cut journal 2639+22 R2@2639: Line 9 of the journal, at byte 2639, does not fit: it is not whole: its write was cut short.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Everything from byte 2639 on is cut.',
      'write RUN.jsonl: Two records are added: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })

  test('[R3] [R91] of damage in the middle, with a head that is older', () => {
    const old = filesOf(history, 4)
    const journal = Buffer.concat(
      old.lines.map(({ bytes }, index) => (index === 5 ? badLine : bytes)),
    )
    expect(planned({ head: old.head, journal })).toEqual([
      'journal (journal): The journal, replayed from its beginning: up to record 5.',
      '  loses What record 6 had changed.',
      '  loses The history from byte 1999 of the journal on (478 bytes): it stays in the backup.',
      '  loses Up to 3 records are lost: the step charge may have run in them.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 1, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 1, not 0 ()',
      'head (head): The head as it is on disk, and the records behind it: up to record 5.',
      '  loses What record 6 had changed.',
      '  loses The history from byte 1999 of the journal on (478 bytes): it stays in the backup.',
      '  loses Up to 3 records are lost: the step charge may have run in them.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 1, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 1, not 0 ()',
      'take journal: Each of its records fits its checksum and the one before it. No other source holds anything that it has not.',
      'source journal',
      'fix R3@1999 in journal at 1999, 6:null null (certain): Line 6 of the journal, at byte 1999, does not fit: it is no JSON. Nothing connects the 2 whole records behind it (7 to 8). It goes with the cut at byte 1999 (478 bytes in all).',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the journal.',
      '  needs R3@1999',
      'broken journal 1999+20 R3@1999: Line 6 of the journal, at byte 1999, does not fit: it is no JSON. Nothing connects the 2 whole records behind it (7 to 8).',
      'lost Up to 3 records are lost: the step charge may have run in them.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Everything from byte 1999 on is cut.',
      'write RUN.jsonl: Two records are added behind record 6: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })

  test('[R3] of very many lines that do not fit, fifty are told', () => {
    expect(cutsOf(53)).toHaveLength(50)
    expect(cutsOf(53).at(-1)).toEqual(
      'fix R3@3619 in journal at 3619, 58:null null (certain): Line 58 of the journal, at byte 3619, does not fit: it is no JSON. It goes with the cut at byte 2639 (1060 bytes in all). So do 3 more lines.',
    )
    expect(cutsOf(50).at(-1)).toEqual(
      'fix R3@3599 in journal at 3599, 57:null null (certain): Line 57 of the journal, at byte 3599, does not fit: it is no JSON. It goes with the cut at byte 2639 (1000 bytes in all).',
    )
  })

  test('[R4] of a keyframe behind the damage, gone on with or not', () => {
    const bodies: readonly RecordBody[] = [...history, keyframeAfter(history)]
    const whole = filesOf(bodies, 4)
    const journal = Buffer.concat(
      whole.lines.map(({ bytes }, index) => (index === 2 ? badLine : bytes)),
    )
    expect(planned({ head: whole.head, journal })).toEqual([
      'journal (journal): The journal, gone on with at the first record behind the damage that can be understood: up to record 9.',
      '  loses The history from byte 1313 of the journal on (2970 bytes): it stays in the backup.',
      '  loses 2 checkpoints whose records are gone: "cp-5", "cp-7".',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'journal-start (journal): The journal up to the damage, without what comes behind it: up to record 2.',
      '  loses What records 3 to 9 had changed.',
      '  loses The history from byte 1313 of the journal on (2970 bytes): it stays in the backup.',
      '  loses Up to 19 records are lost: the step charge may have run in them.',
      '  holds steps done 0, not 1 (build)',
      '  holds attempts 0, not 2 (build #1, charge #1)',
      '  holds outputs 0, not 1 (build)',
      '  holds checkpoints 0, not 2 (cp-5, cp-7)',
      'head (head): The head as it is on disk, and the records behind it: up to record 9.',
      '  loses The history from byte 1313 of the journal on (2970 bytes): it stays in the backup.',
      '  loses 2 checkpoints whose records are gone: "cp-5", "cp-7".',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'take journal: Each of its records fits its checksum and the one before it. No other source holds anything that it has not.',
      'source journal',
      'fix R3@1313 in journal at 1313, 3:null null (certain): Line 3 of the journal, at byte 1313, does not fit: it is no JSON. Nothing connects the 5 whole records behind it (4 to 8). It goes with the cut at byte 1313 (2970 bytes in all).',
      'fix R4 in journal at 1313, null:null null (certain): 1 valid record behind the damage leaves the journal; what it led to is kept.',
      'fix R10@cp-5 in head at null, null:null /checkpoints/0 (certain): The checkpoint "cp-5" leaves the list: record 5, at which it is, is gone.',
      'fix R10@cp-7 in head at null, null:null /checkpoints/1 (certain): The checkpoint "cp-7" leaves the list: record 7, at which it is, is gone.',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the journal.',
      '  needs R3@1313 R4',
      'broken journal 1313+20 R3@1313: Line 3 of the journal, at byte 1313, does not fit: it is no JSON. Nothing connects the 5 whole records behind it (4 to 8).',
      'goes journal 1313+2970 R4: Everything from byte 1313 on leaves the journal; it stays in the backup.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Everything from byte 1313 on is cut.',
      'write RUN.jsonl: Two records are added behind record 9: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
    expect(
      only('fix R4', planned({ head: whole.head, journal }, { source: 'journal-start' })),
    ).toEqual([
      'fix R4 in journal at 1313, null:null null (certain): 1 valid record behind the damage leaves the journal; what it led to is not used.',
    ])
  })

  test('[R5] [R10] of a journal that is not there', () => {
    expect(planned({ head: sound.head, journal: null }, { rejected: ['R10@cp-5'] })).toEqual([
      'head (head): The head as it is on disk: up to record 8.',
      '  loses The history of records 1 to 8: the journal is not there.',
      '  loses 2 checkpoints whose records are gone: "cp-5", "cp-7".',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'take head: It fits its checksum and is further than the journal. No other source holds anything that it has not.',
      'source head',
      'fix R5 in journal at 0, null:null null (certain): A new journal begins with this state.',
      'rejected R10@cp-5 in head at null, null:null /checkpoints/0 (certain): The checkpoint "cp-5" leaves the list: record 5, at which it is, is gone.',
      'fix R10@cp-7 in head at null, null:null /checkpoints/1 (certain): The checkpoint "cp-7" leaves the list: record 7, at which it is, is gone.',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the head.',
      '  needs R5',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added behind record 8: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })

  test('[R6] of a journal that ends before the head does', () => {
    expect(planned({ head: sound.head, journal: upTo(6) })).toEqual([
      'journal (journal): The journal, replayed from its beginning: up to record 6.',
      '  loses What records 7 to 8 had changed.',
      '  loses Up to 2 records are lost: the step charge may have run in them.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 1, not 1 (charge #1)',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 1, not 1 (cp-7)',
      'head (head): The head as it is on disk: up to record 8.',
      '  loses 1 checkpoint whose records are gone: "cp-7".',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'take head: It fits its checksum and is further than the journal. No other source holds anything that it has not.',
      'source head',
      'fix R6 in journal at 2181, null:null null (certain): The journal goes on behind record 8, where the head ends; records 7 to 8 are named as lost.',
      'fix R10@cp-7 in head at null, null:null /checkpoints/1 (certain): The checkpoint "cp-7" leaves the list: record 7, at which it is, is gone.',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the head.',
      '  needs R6',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added behind record 8: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
    expect(only('fix R6', planned({ head: sound.head, journal: upTo(7) }))).toEqual([
      'fix R6 in journal at 2440, null:null null (certain): The journal goes on behind record 8, where the head ends; record 8 is named as lost.',
    ])
  })

  test('[R7] [R74] of a backup and of a file that was left over, the further of which is taken', () => {
    const files = { head: garbage, journal: Buffer.from('{"a":1}\n') }
    const older = readFiles(filesOf(history.slice(0, 4))).reading.run
    expect(planned(files, { backups: backups(older), temporaries: temporaries(soundRun) })).toEqual(
      [
        'journal (journal, not usable): The journal, replayed from its beginning: it cannot be read.',
        'head (head, not usable): The head as it is on disk: it cannot be read.',
        'backup:b1 (backup): The head as it was backed up at 2026-01-02T00:03:00.000Z: up to record 4.',
        '  loses The history from byte 0 of the journal on (8 bytes): it stays in the backup.',
        '  holds steps done 1, not 0 ()',
        '  holds attempts 1, not 1 (charge #1)',
        '  holds outputs 1, not 0 ()',
        '  holds checkpoints 0, not 2 (cp-5, cp-7)',
        'temporary:RUN.json.1.tmp (temporary): The file RUN.json.1.tmp, left over when it was written: up to record 8.',
        '  loses The history from byte 0 of the journal on (8 bytes): it stays in the backup.',
        '  loses 2 checkpoints whose records are gone: "cp-5", "cp-7".',
        '  holds steps done 1, not 0 ()',
        '  holds attempts 2, not 0 ()',
        '  holds outputs 1, not 0 ()',
        '  holds checkpoints 2, not 0 ()',
        'take temporary:RUN.json.1.tmp: Neither head nor journal holds a whole state; the left-over file fits its checksum. No other source holds anything that it has not.',
        'source temporary:RUN.json.1.tmp',
        'fix R3@0 in journal at 0, 1:null null (certain): Line 1 of the journal, at byte 0, does not fit: it does not end with a sum. It goes with the cut at byte 0 (8 bytes in all).',
        'fix R74 in journal at 0, null:null null (likely): The state is taken from a file that was left over when it was written.',
        '  because Its checksum fits: it is whole, but it never took the place of the head.',
        'fix R10@cp-5 in head at null, null:null /checkpoints/0 (certain): The checkpoint "cp-5" leaves the list: record 5, at which it is, is gone.',
        'fix R10@cp-7 in head at null, null:null /checkpoints/1 (certain): The checkpoint "cp-7" leaves the list: record 7, at which it is, is gone.',
        'fix R1 in head at 21, 1:22 /format (likely): The head is written anew from the temporary file. The head is no JSON. Expected a key in quotes, found b.',
        '  needs R3@0 R74',
        'broken head 21+6 R1: No JSON begins with broken. It is passed over.',
        'cut head 28+0 R1: The document is cut here. What was open is closed behind the last complete value.',
        'broken journal 0+8 R3@0: Line 1 of the journal, at byte 0, does not fit: it does not end with a sum.',
        'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
        'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
        'write RUN.jsonl: Everything from byte 0 on is cut.',
        'write RUN.jsonl: Two records are added behind record 8: what was repaired, and the whole state.',
        'write RUN.json: The head is replaced by the proposed document.',
      ],
    )
    const second = planned(files, { backups: backups(soundRun), temporaries: temporaries(null) })
    expect(only('temporary', second)).toEqual([
      'temporary:RUN.json.1.tmp (temporary, not usable): The file RUN.json.1.tmp, left over when it was written: it cannot be read.',
    ])
    expect(only('take', second)).toEqual([
      'take backup:b1: Neither head nor journal holds a whole state; the backup fits its checksum. No other source holds anything that it has not.',
    ])
    expect(only('fix R7', second)).toEqual([
      'fix R7 in journal at 0, null:null null (likely): The state is taken from backup:b1.',
    ])
  })

  test('[R8] of a head that fails its checksum, where a person chooses it', () => {
    const head = Buffer.from((sound.head?.toString() ?? '').replace('"shop.tar"', '"ship.tar"'))
    expect(planned({ head, journal: null }, { source: 'salvage' })).toEqual([
      'head (head, not usable): The head as it is on disk: it cannot be read.',
      'salvage (salvage): What the head says although its checksum does not fit: up to record 8.',
      '  loses The history of records 1 to 8: the journal is not there.',
      '  loses 2 checkpoints whose records are gone: "cp-5", "cp-7".',
      '  loses The proof: nothing says that its values are as they were.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'source salvage',
      'fix R8 in journal at 0, null:null null (untrusted): The state is taken from a head that fails its checksum: its values are untrusted.',
      'fix R5 in journal at 0, null:null null (untrusted): A new journal begins with this state.',
      'fix R10@cp-5 in head at null, null:null /checkpoints/0 (certain): The checkpoint "cp-5" leaves the list: record 5, at which it is, is gone.',
      'fix R10@cp-7 in head at null, null:null /checkpoints/1 (certain): The checkpoint "cp-7" leaves the list: record 7, at which it is, is gone.',
      'fix R1 in head at 2136, 33:1 /checksum (untrusted): The head is written anew from what could be read. The head does not fit its checksum: it was changed after it was written.',
      '  needs R8 R5',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added behind record 8: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
    expect(only('take', planned({ head, journal: null }))).toEqual([])
  })

  test('[R11] of a journal that tells another history than the head', () => {
    const other = filesOf([
      ...history.slice(0, 5),
      { type: 'variableSet', name: 'total', value: 1 },
      ...history.slice(6),
    ])
    expect(planned({ head: other.head, journal: sound.journal })).toEqual([
      'journal (journal): The journal, replayed from its beginning: up to record 8.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'head (head): The head as it is on disk: up to record 8.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      '  holds checkpoints 2, not 0 ()',
      'take journal: Each of its records fits its checksum and the one before it. No other source holds anything that it has not.',
      'source journal',
      'fix R1 in head at null, null:null null (likely): The head is written anew from the journal. It told of another history.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added: what was repaired, and the whole state.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })

  test('[R84] of a head that contradicts itself, which its records do not', () => {
    const odd = soundRun === null ? null : { ...soundRun, finishedAt: '2026-01-02T00:07:00.000Z' }
    const head = odd === null ? null : Buffer.from(encodeHead(odd, sha256))
    const lines = planned({ ...sound, head })
    expect([...only('take', lines), ...only('source', lines), ...only('fix', lines)]).toEqual([
      'take journal: The head contradicts itself; the records that led to it, of which each fits the one before, do not.',
      'source journal',
      'fix R1 in head at null, null:null null (certain): The head is written anew from the journal.',
    ])
    const state = planned({ ...sound, head }, { source: 'head' })
    expect([
      ...only('take', state),
      ...only('fix', state),
      ...only('  because', state),
      ...only('write', state),
    ]).toEqual([
      'take journal: The head contradicts itself; the records that led to it, of which each fits the one before, do not.',
      'fix I4@/finishedAt in head at 949, 12:15 /finishedAt (likely): The end of the run goes, because it is running.',
      '  because I4: The run is running, but it has an end: 2026-01-02T00:07:00.000Z.',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Two records are added: the repair, and an edit with its reasons.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
    const rejected = { source: 'head', rejected: ['I4@/finishedAt'] }
    expect(only('problem', planned({ ...sound, head }, rejected))).toEqual([
      'problem Every fix is rejected: nothing would change.',
    ])
  })

  test('[R90] of a head that is cut: what it does not tell any more is kept in doubt', () => {
    const text = sound.head?.toString() ?? ''
    const head = Buffer.from(
      text.slice(
        0,
        text.indexOf('"charge"', text.indexOf('"steps": {', text.indexOf('"inputs"'))) + 40,
      ),
    )
    const lines = planned({ head, journal: null })
    expect(lines).toEqual([
      'head (head, not usable): The head as it is on disk: it cannot be read.',
      'salvage (salvage): What can be read of the broken head, without the step charge, checkpoints, decisions, lineage, annotations.',
      '  loses The history of records 1 to 8: the journal is not there.',
      '  loses The proof: nothing says that its values are as they were.',
      '  loses What became of the step charge: a resume asks.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      'source null',
      'cut head 1381+0 null: The document is cut here. What was open is closed behind the last complete value.',
      'problem Nothing is left that can be proved. Choose the unverified head if you know that it is right.',
    ])
    const salvage = lines.find((line) => line.includes('(salvage'))?.split(' ')[0] ?? null
    expect(planned({ head, journal: null }, { source: salvage })).toEqual([
      'head (head, not usable): The head as it is on disk: it cannot be read.',
      'salvage (salvage): What can be read of the broken head, without the step charge, checkpoints, decisions, lineage, annotations.',
      '  loses The history of records 1 to 8: the journal is not there.',
      '  loses The proof: nothing says that its values are as they were.',
      '  loses What became of the step charge: a resume asks.',
      '  holds steps done 1, not 0 ()',
      '  holds attempts 2, not 0 ()',
      '  holds outputs 1, not 0 ()',
      'source salvage',
      'fix R8 in journal at 0, null:null null (untrusted): The state is taken from a head that fails its checksum: its values are untrusted.',
      'fix R5 in journal at 0, null:null null (untrusted): A new journal begins with this state.',
      'fix R90@charge in head at 1381, 21:41 /steps/charge (certain): The step charge is kept in doubt: the head is cut in what it says of it, or before. A resume asks what became of it.',
      '  because What can be read of it, and is not taken: {"status":"running"}',
      'fix R1 in head at 1381, 21:41 /run/steps/charge/attempts (untrusted): The head is written anew from what could be read. The head is no JSON. The text ends where a colon after the key was expected.',
      '  needs R8 R5 R90@charge',
      'fix I21@/steps/mail in head at null, null:null /steps (untrusted): The step mail of the definition is added as pending: nothing of it is recorded.',
      '  because I21: The definition has a step mail, of which the run says nothing.',
      'cut head 1381+0 R1: The document is cut here. What was open is closed behind the last complete value.',
      'in doubt charge',
      'write .unstuck/backups/RUN/: Head and journal are copied there as they are.',
      'write .unstuck/backups/RUN/: What is found and what is planned is packed with the files into one file of evidence.',
      'write RUN.jsonl: Three records are added behind record 8: what was repaired, and the whole state, then an edit with its reasons.',
      'write RUN.json: The head is replaced by the proposed document.',
    ])
  })
})
