// Workspaces that were made to fool the program: each with one healthy run beside the odd thing.
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  chmodSync,
  openSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RunId } from '../../../shared/schema/ids.ts'
import type { Json } from '../../../shared/schema/json.ts'
import {
  day,
  headFile,
  journalFile,
  kindOf,
  makeLong,
  makePipe,
  makeRun,
  makeSocket,
  moveOut,
  nested,
  put,
  secret,
  victim,
  withBytes,
  type Place,
} from './oddMakers.ts'
import type { WorkspaceAnswer } from './workspaceUnderTest.ts'

export type OddWorkspace = {
  readonly name: string
  readonly make: (place: Place) => void | Promise<void>
  /** Documents that are asked for by name. */
  readonly documents?: readonly string[]
  readonly write?: 'victim' | 'healthy'
  /** Looked at by a user who is not the owner. */
  readonly isForeign?: boolean
  /** Fails today, and is to be repaired elsewhere. */
  readonly isKnownFailure?: boolean
  /** What is wrong with the answer; null when nothing is. */
  readonly judge?: (answer: WorkspaceAnswer) => string | null
}

const healthyAnswers: readonly OddWorkspace[] = [
  ...[headFile, journalFile].map((path) => ({
    name: `a link in place of ${kindOf(path)}`,
    make: ({ root, outside }: Place) => moveOut(root, outside, path),
    write: 'victim' as const,
  })),
  ...['runs', day, '.unstuck', '.unstuck/locks', '.unstuck/backups', '.unstuck/trash'].map(
    (path) => ({
      name: `a link in place of ${path}`,
      make: ({ root, outside }: Place) => {
        mkdirSync(join(root, path), { recursive: true })
        moveOut(root, outside, path)
      },
      write: 'victim' as const,
      // Nothing of a run is trusted while a link stands on the way to its lock: each row says so.
      judge: ({ rows }: WorkspaceAnswer) =>
        rows.length === 2 || path.startsWith('runs') ? null : `only ${rows.length} rows`,
    }),
  ),
  ...['.unstuck/operations.jsonl', '.unstuck/changes', `.unstuck/locks/${victim}.json`].map(
    (path) => ({
      name: `a link in place of ${kindOf(path)}`,
      make: ({ root, outside }: Place) => {
        put(root, path, '')
        moveOut(root, outside, path)
      },
      write: 'victim' as const,
    }),
  ),
  ...[headFile, journalFile, `.unstuck/locks/${victim}.json`, 'unstuck.json', 'x.json'].flatMap(
    (path) => [
      {
        name: `a folder in place of ${kindOf(path)}`,
        make: async ({ root }: Place) => {
          rmSync(join(root, path), { force: true })
          await mkdir(join(root, path), { recursive: true })
        },
        write: 'victim' as const,
      },
      {
        name: `a pipe in place of ${kindOf(path)}`,
        make: async ({ root }: Place) => makePipe(root, path),
        write: 'victim' as const,
      },
      {
        name: `a socket in place of ${kindOf(path)}`,
        make: ({ root }: Place) => makeSocket(root, path),
        write: 'victim' as const,
      },
    ],
  ),
  ...['.unstuck/operations.jsonl', '.unstuck/changes'].map((path) => ({
    name: `a pipe in place of ${kindOf(path)}`,
    make: ({ root }: Place) => makePipe(root, path),
    write: 'healthy' as const,
  })),
  ...['runs', '.unstuck', '.unstuck/locks', '.unstuck/backups'].map((path) => ({
    name: `a file in place of the folder ${path}`,
    make: ({ root }: Place) => {
      rmSync(join(root, path), { recursive: true, force: true })
      put(root, path, 'a file')
    },
    write: 'victim' as const,
    judge: ({ rows }: WorkspaceAnswer) =>
      rows.length === 2 || path === 'runs' ? null : `only ${rows.length} rows`,
  })),
  {
    name: 'names that lead out of the workspace or to devices',
    make: ({ root, outside }) => {
      writeFileSync(join(outside, 'secret.json'), `{"${secret}":1}`)
      put(root, 'inside.json', '{}')
    },
    documents: [
      '../outside/secret.json',
      '..',
      '../outside',
      '/etc/passwd',
      'runs/../../outside/secret.json',
      './inside.json',
      'runs//x.json',
      '',
      ' ',
      'con',
      'nul.json',
      'com1',
      'a\0b.json',
      '..\\outside\\secret.json',
      `${'a/'.repeat(3000)}x.json`,
      'x'.repeat(300),
      'C:\\x.json',
      '__proto__',
      'constructor',
      '.unstuck/machine',
    ].filter((name) => name !== ''),
    judge: ({ raw }) =>
      Object.keys(raw).some((name) => name.includes('outside') || name.includes('passwd'))
        ? `it read ${Object.keys(raw).join(', ')}`
        : null,
  },
  {
    name: 'reserved device names',
    make: ({ root }) => {
      for (const name of ['con.json', 'aux.jsonl', 'nul.json', 'com1.json', 'lpt1.jsonl'])
        put(root, `${day}/${name}`, '{}')
    },
    judge: ({ rows }) => (rows.some(({ id }) => id === 'con') ? 'con is taken for a run' : null),
  },
  {
    name: 'twins that differ in case',
    make: ({ root }) => {
      put(root, `${day}/${victim.toUpperCase()}.json`, '{}')
      put(root, `${day}/${victim.replace('release', 'Release')}.jsonl`, '{}')
    },
    judge: ({ rows }) => (rowOf(rows)?.health === 'ok' ? null : 'the run itself is not healthy'),
  },
  {
    name: 'very long names',
    make: ({ root }) => {
      put(root, `${'x'.repeat(250)}.json`, '{}')
      put(root, `${day}/${'y'.repeat(249)}.jsonl`, '{}')
      put(root, `${day}/${'z'.repeat(128)}.json`, '{}')
    },
    judge: ({ rows }) => (rows.length >= 5 ? null : `only ${rows.length} rows`),
  },
  {
    name: 'file names that are not UTF-8',
    make: ({ root }) => {
      const name = Buffer.concat([
        Buffer.from('a'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('.json'),
      ])
      for (const folder of [root, join(root, day)])
        writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), '{}')
    },
    judge: ({ rows }) =>
      rows.length === 4 ? null : `${rows.length - 2} of 2 such files are listed`,
  },
  ...[headFile, journalFile, 'x.json'].flatMap((path) => [
    odd(`bytes that are not UTF-8 in ${kindOf(path)}`, path, (bytes) =>
      withBytes(bytes, [0xff, 0xc0]),
    ),
    odd(`a byte order mark in ${kindOf(path)}`, path, (bytes) =>
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    ),
    odd(`NUL bytes in ${kindOf(path)}`, path, (bytes) => withBytes(bytes, [0, 0, 0])),
    odd(`half of a surrogate pair in ${kindOf(path)}`, path, (bytes) =>
      withBytes(bytes, [0xed, 0xa0, 0x80]),
    ),
  ]),
  odd('a key that stands twice in the head', headFile, (bytes) =>
    Buffer.from(bytes.toString().replace('"kind":', '"id": "other",\n"kind":')),
  ),
  odd('an empty head', headFile, () => Buffer.alloc(0)),
  odd('an empty journal', journalFile, () => Buffer.alloc(0)),
  {
    name: 'documents whose keys are names of objects themselves',
    make: ({ root }) => {
      put(root, 'proto.json', '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}')
      const old = '{"workflow_id":"p1","status":"failed","states":{"__proto__":{"status":"failed"},'
      put(root, 'old.json', `${old}"constructor":{"status":"completed"}}}`)
    },
    judge: ({ rows }) => (rows.length === 4 ? null : `only ${rows.length} rows`),
  },
  {
    name: 'a run whose state has such keys, halves of pairs, big numbers and -0',
    make: async ({ root }) => {
      const text =
        '{"__proto__":{"a":1},"constructor":2,"half":"\\ud800","big":9007199254740993,"minus":-0,"huge":1e400}'
      await makeRun(root, RunId.parse('odd-20260102t030405-aa00'), JSON.parse(text))
    },
    judge: ({ rows }) =>
      rows.find(({ id }) => id.startsWith('odd'))?.health === 'ok' ? null : 'it is not healthy',
  },
  {
    name: 'numbers beyond 2^53 and -0 in a document',
    make: ({ root }) =>
      put(root, 'numbers.json', '{"a":9007199254740993,"b":-0,"c":1e999,"d":7.0}'),
    judge: ({ raw }) =>
      raw['document numbers.json'] === '{"a":9007199254740993,"b":-0,"c":1e999,"d":7.0}'
        ? null
        : 'they are not shown as they are',
  },
  {
    name: '200 levels of nesting in a document and in a state',
    make: async ({ root }) => {
      put(root, 'nested.json', nested(200))
      const value: Json = JSON.parse(nested(200))
      await makeRun(root, RunId.parse('nested-20260102t030405-aa00'), value)
    },
    judge: ({ rows }) =>
      rows.find(({ id }) => id.startsWith('nested-'))?.health === 'ok' ? null : 'it is not healthy',
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
  },
  {
    name: '100,000 levels of nesting in a line of the journal',
    make: ({ root }) =>
      appendFileSync(join(root, journalFile), `{"seq":3,"x":${nested(100_000)}}\n`),
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
    judge: ({ rows }) =>
      rows.find(({ id }) => id.startsWith('clock'))?.health === 'ok' ? null : 'it is not healthy',
  },
  ...['not JSON', '{"version":99}', '[]', '\ufeff{}', '{"cleanup":{"trashDays":-1e999}}'].map(
    (text) => ({
      name: `settings that are ${text}`,
      make: ({ root }: Place) => put(root, 'unstuck.json', text),
    }),
  ),
  ...['runs', day, '.unstuck', '.unstuck/locks'].map((path) => ({
    name: `no permission for the folder ${path}`,
    isForeign: true,
    make: ({ root }: Place) => {
      mkdirSync(join(root, path), { recursive: true })
      chmodSync(join(root, path), 0o000)
    },
    write: 'victim' as const,
    judge: () => null,
  })),
  ...[headFile, journalFile].map((path) => ({
    name: `no permission for ${kindOf(path)}`,
    isForeign: true,
    make: ({ root }: Place) => chmodSync(join(root, path), 0o000),
    write: 'victim' as const,
    judge: ({ rows }: WorkspaceAnswer) =>
      rowOf(rows)?.health === 'unreadable' ? null : `the run is ${rowOf(rows)?.health}`,
  })),
]

/** Longer than this the main thread must not stand still, whatever lies in the workspace. */
export const longestDelayMs = 50

const failing: readonly OddWorkspace[] = [
  {
    name: 'a file in place of the folder of caches',
    make: ({ root }) => writeFileSync(join(dirname(root), 'cache'), ''),
  },
  {
    name: 'a document of 100 MB',
    make: ({ root }) => {
      const file = openSync(join(root, 'big.json'), 'w')
      const item = `{"name":"${'x'.repeat(980)}","n":1},\n`
      writeSync(file, `{"format":"other","items":[\n`)
      for (let count = 0; count < 100; count += 1) writeSync(file, item.repeat(1000))
      writeSync(file, '{}]}\n')
      closeSync(file)
    },
    judge: isQuick,
  },
  {
    name: 'a log of 100 MB in place of a head',
    isKnownFailure: true,
    make: ({ root }) => {
      put(root, `${day}/big-20260102t030405-aa00.json`, 'x')
      truncateSync(join(root, `${day}/big-20260102t030405-aa00.json`), 100e6)
    },
    judge: isQuick,
  },
  {
    name: 'a journal of 100 MB',
    isKnownFailure: true,
    make: ({ root }) => makeLong(root, 1000),
    judge: isQuick,
  },
]

function isQuick({ maxDelayMs }: WorkspaceAnswer): string | null {
  if (maxDelayMs <= longestDelayMs) return null
  return `the main thread stood still for ${Math.round(maxDelayMs)} ms`
}

export const oddWorkspaces: readonly OddWorkspace[] = [...healthyAnswers, ...failing]

/** The row of the run with which the odd thing was done; one that cannot be read goes by the name of its file. */
function rowOf(rows: WorkspaceAnswer['rows']): WorkspaceAnswer['rows'][number] | undefined {
  return rows.find(({ id }) => id.startsWith(victim))
}

function odd(name: string, path: string, change: (bytes: Buffer) => Buffer): OddWorkspace {
  return {
    name,
    make: ({ root }) => {
      if (path === 'x.json') put(root, path, '{"a":"bcdefghij","k":[1,2,3]}')
      const bytes = readFileSync(join(root, path))
      writeFileSync(join(root, path), change(bytes))
    },
  }
}
