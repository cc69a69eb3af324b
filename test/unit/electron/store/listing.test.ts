import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { openFileStore, runId, temporaryFolder, testing, writeRun } from './storeFixtures.ts'

describe('listing a workspace', () => {
  test('[T27] finds runs by head or journal, and every other file of a day folder', async () => {
    const listed = await listWith([
      'runs/2026-01-02/a-1.json',
      'runs/2026-01-02/a-1.jsonl',
      'runs/2026-01-02/b-2.jsonl',
      'runs/2026-01-02/c-3.json',
      'runs/2026-01-02/Not A Run.json',
      'runs/2026-01-02/notes.txt',
      'runs/2026-01-02/.a-1.json.123.abc.tmp',
    ])

    expect(listed).toEqual([
      ['temporary', 'runs/2026-01-02/.a-1.json.123.abc.tmp', null],
      ['document', 'runs/2026-01-02/Not A Run.json', null],
      ['run', 'runs/2026-01-02/a-1.json', 'a-1'],
      ['run', 'runs/2026-01-02/b-2.json', 'b-2'],
      ['run', 'runs/2026-01-02/c-3.json', 'c-3'],
      ['document', 'runs/2026-01-02/notes.txt', null],
    ])
  })

  test('[T27] finds documents of other programs down to six folders deep', async () => {
    const listed = await listWith([
      'state.json',
      'state.json.gz',
      'state.json.tmp',
      '.tapps-agents/workflow-state/last.json',
      'a/b/c/d/e/f/deep.json',
      'runs/other/x.json',
      'runs/loose.json',
      'sub/logs/x.json',
    ])

    expect(listed.map(([kind, path]) => [kind, path])).toEqual([
      ['document', '.tapps-agents/workflow-state/last.json'],
      ['document', 'a/b/c/d/e/f/deep.json'],
      ['document', 'runs/loose.json'],
      ['document', 'runs/other/x.json'],
      ['document', 'state.json'],
      ['document', 'state.json.gz'],
      ['temporary', 'state.json.tmp'],
      ['document', 'sub/logs/x.json'],
    ])
  })

  test('[T27] passes by what is no state', async () => {
    const listed = await listWith([
      'unstuck.json',
      'package.json',
      'package-lock.json',
      'tsconfig.build.json',
      'readme.md',
      'logs/a-1/build.1.json',
      '.unstuck/locks/a-1.json',
      '.git/x.json',
      '.vscode/settings.json',
      'node_modules/x/y.json',
      'sub/node_modules/y.json',
      'dist/x.json',
      'a/b/c/d/e/f/g/too-deep.json',
    ])

    expect(listed).toEqual([])
  })

  test('[T27] a link and what is no file are rows with a problem', async () => {
    const root = await temporaryFolder()
    const outside = await temporaryFolder()
    await writeFile(join(outside, 'x.json'), '{}')
    await put(root, 'runs/2026-01-02/a-1.json')
    await symlink(join(outside, 'x.json'), join(root, 'runs/2026-01-02/b-2.json'))
    await symlink(outside, join(root, 'elsewhere'))
    await mkdir(join(root, 'node_modules'))
    await symlink(outside, join(root, 'node_modules/x'))

    const entries = await (await openFileStore(root)).list()

    expect(entries.map(({ document, kind, problem }) => [kind, document, problem])).toEqual([
      ['document', 'elsewhere', 'It is a link, and links are not followed.'],
      ['run', 'runs/2026-01-02/a-1.json', null],
      ['run', 'runs/2026-01-02/b-2.json', 'It is a link, and links are not followed.'],
    ])
  })

  test('[T27] a folder that cannot be opened is a row with a problem', async () => {
    const root = await temporaryFolder()
    await put(root, 'runs/2026-01-02/a-1.json')
    await put(root, 'closed/x.json')
    const real = createNodeFileSystem()
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' })
    const store = await openFileStore(root, {
      fileSystem: {
        ...real,
        list: (path) => (path.endsWith('closed') ? Promise.reject(denied) : real.list(path)),
      },
    })

    expect((await store.list()).map(({ document, problem }) => [document, problem])).toEqual([
      [
        'closed',
        'The folder cannot be opened: permission denied. Ask its owner for access (EACCES).',
      ],
      ['runs/2026-01-02/a-1.json', null],
    ])
  })

  test('[T28] of a run in two day folders the earlier is the run, the other a document', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{"day":2}\n' })
    await put(root, `runs/2026-01-05/${runId}.json`, '{"day":5}\n')
    const later = await openFileStore(root)

    expect((await later.list()).map(({ kind, document, run }) => [kind, document, run])).toEqual([
      ['run', `runs/2026-01-02/${runId}.json`, runId],
      ['document', `runs/2026-01-05/${runId}.json`, null],
    ])
    for (const reader of [later, await openFileStore(root)]) {
      expect(await headOf(reader)).toBe('{"day":2}\n')
    }
    const writer = await later.open(runId, testing)
    await writer.replaceHead('{"day":"two"}\n')
    await writer.release()
    expect(await headOf(store)).toBe('{"day":"two"}\n')
  })

  test('[T28] a run that another program moved to another day is found again', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await put(root, `runs/2026-01-05/${runId}.json`, '{"day":5}\n')
    expect(await headOf(store)).toBe('{"day":5}\n')
    await put(root, `runs/2026-01-01/${runId}.json`, '{"day":1}\n')
    await rename(join(root, `runs/2026-01-05/${runId}.json`), join(root, 'gone'))

    expect(await headOf(store)).toBe('{"day":1}\n')
  })
})

async function listWith(
  paths: readonly string[],
): Promise<readonly (readonly [string, string, RunId | null])[]> {
  const root = await temporaryFolder()
  for (const path of paths) await put(root, path)
  const entries = await (await openFileStore(root)).list()
  return entries.map(({ kind, document, run }) => [kind, document, run])
}

async function headOf(store: Store): Promise<string> {
  return Buffer.from((await store.read(runId)).head?.bytes ?? []).toString()
}

async function put(root: string, path: string, text = '{}'): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
