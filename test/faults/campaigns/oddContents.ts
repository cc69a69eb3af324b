// Odd bytes, keys, numbers, depths and sizes in files that are in their place.
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { RunId } from '../../../shared/schema/ids.ts'
import type { Json } from '../../../shared/schema/json.ts'
import {
  all,
  documentIs,
  isQuick,
  middleHas,
  rawIs,
  rowsAre,
  settingsAre,
  variablesShow,
  victimIs,
  type Judge,
  type OddWorkspace,
} from './oddJudges.ts'
import {
  day,
  headFile,
  journalFile,
  kindOf,
  makeLong,
  makeRun,
  nested,
  put,
  victim,
  withBytes,
} from './oddMakers.ts'

const headIs = (rule: string, offset?: number): Judge =>
  victimIs('damaged', { rule, ...(offset === undefined ? {} : { offset }) })
const journalIs = victimIs('damaged', { rule: 'J21', offset: 0, says: 'Damaged' })

const bytes: readonly OddWorkspace[] = [
  odd('bytes that are not UTF-8 in', headFile, { put: [0xff, 0xc0], judge: headIs('F8') }),
  odd('NUL bytes in', headFile, { put: [0, 0, 0], judge: headIs('I27') }),
  odd('half of a surrogate pair in', headFile, { put: [0xed, 0xa0, 0x80], judge: headIs('F8') }),
  odd('a byte order mark in', headFile, { before: byteOrderMark(), judge: headIs('I26', 0) }),
  odd('bytes that are not UTF-8 in', journalFile, { put: [0xff, 0xc0], judge: journalIs }),
  odd('NUL bytes in', journalFile, { put: [0, 0, 0], judge: journalIs }),
  odd('half of a surrogate pair in', journalFile, { put: [0xed, 0xa0, 0x80], judge: journalIs }),
  odd('a byte order mark in', journalFile, { before: byteOrderMark(), judge: journalIs }),
  odd('bytes that are not UTF-8 in', 'x.json', { put: [0xff, 0xc0], judge: documentHas('F8', 14) }),
  odd('NUL bytes in', 'x.json', { put: [0, 0, 0], judge: documentHas('I27', 14) }),
  odd('half of a surrogate pair in', 'x.json', {
    put: [0xed, 0xa0, 0x80],
    judge: documentHas('F8', 15),
  }),
  odd('a byte order mark in', 'x.json', { before: byteOrderMark(), judge: documentHas('I26', 0) }),
]

function byteOrderMark(): readonly number[] {
  return [0xef, 0xbb, 0xbf]
}

function documentHas(rule: string, offset: number): Judge {
  return documentIs('x.json', 'damaged', { rule, offset })
}

type Change = {
  /** Bytes in its middle, or before its start. */
  readonly put?: readonly number[]
  readonly before?: readonly number[]
  readonly judge: Judge
}

function odd(
  what: string,
  path: string,
  { put: inside, before = [], judge }: Change,
): OddWorkspace {
  return {
    name: `${what} ${kindOf(path)}`,
    make: ({ root }) => {
      if (path === 'x.json') put(root, path, '{"a":"bcdefghij","k":[1,2,3]}')
      const whole = Buffer.concat([Buffer.from(before), readFileSync(join(root, path))])
      writeFileSync(join(root, path), inside === undefined ? whole : withBytes(whole, inside))
    },
    judge,
  }
}

const numbers = '{"a":9007199254740993,"b":-0,"c":1e999,"d":7.0}'

const keys: readonly OddWorkspace[] = [
  {
    name: 'a key that stands twice in the head',
    make: ({ root }) => {
      const text = readFileSync(join(root, headFile), 'utf8')
      writeFileSync(join(root, headFile), text.replace('"kind":', '"id": "other",\n"kind":'))
    },
    judge: victimIs('damaged', { rule: 'C5' }),
  },
  {
    name: 'documents whose keys are names of objects themselves',
    make: ({ root }) => {
      put(root, 'proto.json', '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}')
      const old = '{"workflow_id":"p1","status":"failed","states":{"__proto__":{"status":"failed"},'
      put(root, 'old.json', `${old}"constructor":{"status":"completed"}}}`)
    },
    judge: all(
      rowsAre(4),
      documentIs('proto.json', 'unknown'),
      documentIs('p1', 'old-version'),
      ({ isPolluted }) => (isPolluted ? 'every object has got a key of it' : null),
    ),
  },
  {
    name: 'a run whose state has such keys, halves of pairs, big numbers and -0',
    make: async ({ root }) => {
      const text =
        '{"__proto__":{"a":1},"constructor":2,"half":"\\ud800","big":9007199254740991,"minus":-0,"far":1e300}'
      await makeRun(root, RunId.parse('odd-20260102t030405-aa00'), JSON.parse(text))
    },
    judge: all(
      documentIs('odd-20260102t030405-aa00', 'ok'),
      variablesShow('odd-20260102t030405-aa00', [
        '"__proto__": {',
        '"a": 1',
        '"constructor": 2',
        '"half": "\\ud800"',
        '"big": 9007199254740991',
        '"far": 1e+300',
      ]),
      ({ isPolluted }) => (isPolluted ? 'every object has got a key of it' : null),
    ),
  },
  {
    name: 'numbers beyond 2^53 and -0 in a document',
    make: ({ root }) => put(root, 'numbers.json', numbers),
    judge: all(documentIs('numbers.json', 'unknown'), rawIs('document numbers.json', numbers)),
  },
]

const nesting: readonly OddWorkspace[] = [
  {
    name: '200 levels of nesting in a document and in a state',
    make: async ({ root }) => {
      put(root, 'nested.json', nested(200))
      const value: Json = JSON.parse(nested(200))
      await makeRun(root, RunId.parse('nested-20260102t030405-aa00'), value)
    },
    judge: all(
      documentIs('nested.json', 'unknown'),
      documentIs('nested-20260102t030405-aa00', 'ok'),
      rawIs('document nested.json', nested(200)),
      ({ variables }) => {
        const levels = variables['nested-20260102t030405-aa00']?.split('[').length ?? 0
        return levels > 100 ? null : `only ${levels} levels are shown`
      },
    ),
  },
  {
    name: '100,000 levels of nesting',
    make: ({ root }) => {
      put(root, 'nested.json', nested(100_000))
      put(root, headFile, nested(100_000))
      put(root, 'unstuck.json', nested(100_000))
      const old = `{"workflow_id":"p1","status":"failed","states":{"a":${nested(100_000)}}}`
      put(root, 'old.json', old)
    },
    judge: all(
      victimIs('damaged', { rule: 'C12', offset: 0 }),
      documentIs('old.json', 'damaged'),
      documentIs('nested.json', 'unknown'),
      settingsAre('unstuck.json is not used'),
    ),
  },
  {
    name: '100,000 levels of nesting in a line of the journal',
    make: ({ root }) =>
      appendFileSync(join(root, journalFile), `{"seq":3,"x":${nested(100_000)}}\n`),
    judge: victimIs('damaged', { rule: 'I30', says: 'Line 4 of the journal' }),
  },
]

const leftovers: readonly OddWorkspace[] = [
  {
    name: 'an empty head',
    make: ({ root }) => truncateSync(join(root, headFile)),
    judge: headIs('I28', 0),
  },
  {
    name: 'an empty journal',
    make: ({ root }) => truncateSync(join(root, journalFile)),
    judge: victimIs('damaged', { rule: 'J23', offset: 0 }),
  },
  {
    name: 'files that were left over',
    make: ({ root }) => {
      put(root, `${day}/.${victim}.json.4194305.abcd1234.tmp`, '{"half"')
      put(root, `.unstuck/locks/.${victim}.json.4194305.abcd1234.tmp`, '{"half"')
      put(root, `.unstuck/locks/.${victim}.0123456789abcdef.claim`, '{"half"')
      put(root, '.unstuck/backups/x/files/y', '')
      put(root, '.unstuck/trash/20260102t030405678z-x/files/y', '')
    },
    write: 'victim',
    judge: ({ rows }) =>
      rows.some(({ health }) => health === 'temporary') ? null : 'the temporary file is not listed',
  },
  {
    name: 'a clock that jumps back',
    make: async ({ root }) => {
      const run = RunId.parse('clock-20260102t030405-aa00')
      await makeRun(root, run, 1, ['2026-01-02T03:04:05.678Z', '2019-01-01T00:00:00.000Z'])
    },
    judge: documentIs('clock-20260102t030405-aa00', 'ok'),
  },
  {
    name: 'a file in place of the folder of caches',
    make: ({ root }) => writeFileSync(join(dirname(root), 'cache'), ''),
    judge: rowsAre(2),
  },
]

const settings: readonly OddWorkspace[] = [
  settingsOf('not JSON', 'unstuck.json is not used'),
  settingsOf('{"version":99}', 'unstuck.json is not used'),
  settingsOf('[]', 'unstuck.json is not used'),
  settingsOf('{"cleanup":{"trashDays":-1e999}}', '/cleanup/trashDays'),
  // Of an editor's byte order mark nothing depends here: it is no part of the text.
  settingsOf('\ufeff{}', null),
]

function settingsOf(text: string, says: string | null): OddWorkspace {
  return {
    name: `settings that are ${text}`,
    make: ({ root }) => put(root, 'unstuck.json', text),
    judge: all(rowsAre(2), settingsAre(says)),
  }
}

const bigRun = RunId.parse('big-20260102t030405-aa00')

const sizes: readonly OddWorkspace[] = [
  {
    name: 'a document of 100 MB',
    isServed: true,
    make: ({ root }) => {
      const file = openSync(join(root, 'big.json'), 'w')
      const item = `{"name":"${'x'.repeat(980)}","n":1},\n`
      writeSync(file, `{"format":"other","items":[\n`)
      for (let count = 0; count < 100; count += 1) writeSync(file, item.repeat(1000))
      writeSync(file, '{}]}\n')
      closeSync(file)
    },
    judge: all(
      isQuick,
      documentIs('big.json', 'unknown', { rule: 'F10' }),
      middleHas('document big.json', 'xxxxxxxx'),
    ),
  },
  {
    name: 'a log of 100 MB in place of a head',
    isServed: true,
    make: ({ root }) => {
      put(root, `${day}/${bigRun}.json`, 'x')
      truncateSync(join(root, `${day}/${bigRun}.json`), 100e6)
    },
    judge: all(isQuick, rowsAre(3), ({ middle }) =>
      Object.keys(middle).some((name) => name.includes(bigRun)) ? null : 'its middle is not shown',
    ),
  },
  {
    name: 'a journal of 100 MB',
    isServed: true,
    make: ({ root }) => makeLong(root, 1000),
    write: 'victim',
    judge: all(isQuick, victimIs('ok'), middleHas(`journal ${victim}`, 'xxxxxxxx')),
  },
]

export const oddContents: readonly OddWorkspace[] = [
  ...bytes,
  ...keys,
  ...nesting,
  ...leftovers,
  ...settings,
  ...sizes,
]
