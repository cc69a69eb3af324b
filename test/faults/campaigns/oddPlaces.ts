// Odd things in place of files and folders, odd names, and what may not be read.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  all,
  documentIs,
  isQuick,
  isRefused,
  rowsAre,
  settingsAre,
  victimIs,
  type Judge,
  type OddWorkspace,
} from './oddJudges.ts'
import {
  day,
  headFile,
  journalFile,
  kindOf,
  makePipe,
  makeSocket,
  moveOut,
  put,
  secret,
  victim,
  type Place,
} from './oddMakers.ts'

const lockFile = `.unstuck/locks/${victim}.json`
const emptyFiles = new Set([lockFile, '.unstuck/operations.jsonl', '.unstuck/changes'])
const runFiles = new Set([headFile, journalFile])
const isLink = victimIs('unreadable', { says: 'is a link, and links are not followed' })

const links: readonly OddWorkspace[] = [
  link(headFile, isLink),
  link(journalFile, isLink),
  link(lockFile, isLink),
  { ...link('runs', folderIs('runs', 'It is a link')), hidesHealthy: true },
  { ...link(day, folderIs('2026-01-02', 'It is a link')), hidesHealthy: true },
  // Nothing of a run is trusted while a link stands on the way to its lock: each row says so.
  { ...link('.unstuck', all(rowsAre(2), isLink)), hidesHealthy: true },
  { ...link('.unstuck/locks', all(rowsAre(2), isLink)), hidesHealthy: true },
  link('.unstuck/backups', all(victimIs('ok'), isRefused('backup', 'invalid-input'))),
  link('.unstuck/trash', all(victimIs('ok'), isRefused('trash', 'invalid-input'))),
  link('.unstuck/operations.jsonl', isRefused('logOperation', 'invalid-input')),
  link('.unstuck/changes', victimIs('ok')),
]

function link(path: string, judge: Judge): OddWorkspace {
  return {
    name: `a link in place of ${kindOf(path)}`,
    make: ({ root, outside }) => {
      if (emptyFiles.has(path)) put(root, path, '')
      else if (!runFiles.has(path)) mkdirSync(join(root, path), { recursive: true })
      moveOut(root, outside, path)
    },
    write: 'victim',
    judge,
  }
}

/** A folder that cannot be looked into is a row of its own. */
function folderIs(name: string, says: string): Judge {
  return all(rowsAre(1), documentIs(name, 'unreadable', { says }))
}

const replaced: readonly OddWorkspace[] = [headFile, journalFile, lockFile].flatMap((path) =>
  inPlaceOf(path, {
    folder: victimIs('unreadable', { says: 'it is a folder' }),
    other: victimIs('unreadable', { says: 'it is not a file' }),
  }),
)

const otherFiles: readonly OddWorkspace[] = [
  ...inPlaceOf('unstuck.json', {
    folder: settingsAre('is not a file'),
    other: settingsAre('is not a file'),
  }),
  ...inPlaceOf('x.json', {
    folder: rowsAre(2),
    other: documentIs('x.json', 'unreadable', { says: 'It is not a file' }),
  }),
  ...['.unstuck/operations.jsonl', '.unstuck/changes'].map((path): OddWorkspace => ({
    name: `a pipe in place of ${path}`,
    make: ({ root }) => makePipe(root, path),
    write: 'healthy',
    judge: path.endsWith('changes') ? victimIs('ok') : isRefused('logOperation', 'io'),
  })),
]

function inPlaceOf(
  path: string,
  judges: { readonly folder: Judge; readonly other: Judge },
): readonly OddWorkspace[] {
  const folder = async ({ root }: Place): Promise<void> => {
    rmSync(join(root, path), { force: true })
    await mkdir(join(root, path), { recursive: true })
  }
  const what = kindOf(path)
  return [
    { name: `a folder in place of ${what}`, make: folder, judge: judges.folder, write: 'victim' },
    {
      name: `a pipe in place of ${what}`,
      make: ({ root }) => makePipe(root, path),
      judge: judges.other,
      write: 'victim',
    },
    {
      name: `a socket in place of ${what}`,
      make: ({ root }) => makeSocket(root, path),
      judge: judges.other,
      write: 'victim',
    },
  ]
}

const folders: readonly OddWorkspace[] = [
  { ...fileFor('runs', rowsAre(0)), hidesHealthy: true },
  fileFor('.unstuck', all(rowsAre(2), isRefused('open', 'io'))),
  fileFor('.unstuck/locks', all(rowsAre(2), isRefused('open', 'io'))),
  fileFor('.unstuck/backups', all(rowsAre(2), isRefused('backup', 'io'))),
]

function fileFor(path: string, judge: Judge): OddWorkspace {
  return {
    name: `a file in place of the folder ${path}`,
    make: ({ root }) => {
      rmSync(join(root, path), { recursive: true, force: true })
      put(root, path, 'a file')
    },
    write: 'victim',
    judge,
  }
}

const names: readonly OddWorkspace[] = [
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
    judge: all(isQuick, ({ raw }) => {
      // Whatever was asked for by name was refused; only what is listed was read.
      const read = Object.keys(raw).filter((name) => !/ (inside\.json|release-.*)$/.test(name))
      return read.length === 0 ? null : `it read ${read.join(', ')}`
    }),
  },
  {
    name: 'reserved device names',
    make: ({ root }) => {
      for (const name of ['con.json', 'aux.jsonl', 'nul.json', 'com1.json', 'lpt1.jsonl'])
        put(root, `${day}/${name}`, '{}')
    },
    judge: all(rowsAre(7), documentIs('con.json', 'unknown'), documentIs('lpt1.jsonl', 'unknown')),
  },
  {
    name: 'twins that differ in case',
    make: ({ root }) => {
      put(root, `${day}/${victim.toUpperCase()}.json`, '{}')
      put(root, `${day}/${victim.replace('release', 'Release')}.jsonl`, '{}')
    },
    judge: all(
      rowsAre(4),
      victimIs('ok'),
      documentIs(`${victim.toUpperCase()}.json`, 'unknown'),
      documentIs(`${victim.replace('release', 'Release')}.jsonl`, 'unknown'),
    ),
  },
  {
    name: 'very long names',
    make: ({ root }) => {
      put(root, `${'x'.repeat(250)}.json`, '{}')
      put(root, `${day}/${'y'.repeat(249)}.jsonl`, '{}')
      put(root, `${day}/${'z'.repeat(128)}.json`, '{}')
    },
    judge: all(
      rowsAre(5),
      documentIs(`${'x'.repeat(250)}.json`, 'unknown'),
      documentIs(`${'y'.repeat(249)}.jsonl`, 'unknown'),
      documentIs(`${'z'.repeat(128)}.json`, 'unknown'),
    ),
  },
  {
    name: 'file names that are not UTF-8',
    make: ({ root }) => {
      const name = Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x6a, 0x73, 0x6f, 0x6e])
      for (const folder of [root, join(root, day)])
        writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), '{}')
    },
    judge: all(
      rowsAre(4),
      documentIs('a\ufffd\ufffd.json', 'unreadable', { says: 'Its name is not UTF-8' }),
    ),
  },
]

const denied = 'permission denied. Ask its owner for access'

const permissions: readonly OddWorkspace[] = [
  closed('runs', folderIs('runs', denied)),
  closed(day, folderIs('2026-01-02', denied)),
  // Who holds a run cannot be known, so it is shown and not opened; nor can archived runs be looked for.
  closed(
    '.unstuck',
    all(
      rowsAre(3),
      documentIs('.unstuck', 'unreadable', { says: denied }),
      isRefused('open', 'io'),
    ),
  ),
  closed('.unstuck/locks', all(rowsAre(2), isRefused('open', 'io'))),
  ...[headFile, journalFile].map((path): OddWorkspace => ({
    name: `no permission for ${kindOf(path)}`,
    isForeign: true,
    make: ({ root }) => chmodSync(join(root, path), 0o000),
    write: 'victim',
    judge: victimIs('unreadable', { says: denied }),
  })),
]

function closed(path: string, judge: Judge): OddWorkspace {
  return {
    name: `no permission for the folder ${path}`,
    isForeign: true,
    hidesHealthy: true,
    make: ({ root }) => {
      mkdirSync(join(root, path), { recursive: true })
      chmodSync(join(root, path), 0o000)
    },
    write: 'victim',
    judge,
  }
}

export const oddPlaces: readonly OddWorkspace[] = [
  ...links,
  ...replaced,
  ...otherFiles,
  ...folders,
  ...names,
  ...permissions,
]
