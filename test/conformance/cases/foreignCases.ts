import assert from 'node:assert/strict'
import type { DocumentReplacement } from '../../../electron/store/documentStore.ts'
import type { Store } from '../../../electron/store/store.ts'
import type { ConformanceCase } from '../conformanceCase.ts'
import { assertRefused, textOf } from './fixtures.ts'

const document = 'states/run-1.json'
const beside = 'states/run-1.meta.json'
const reason = 'an edit'

export const foreignCases: readonly ConformanceCase[] = [
  {
    rule: 'E175',
    title: 'files of another engine are replaced together, and each is backed up',
    run: async (open) => {
      const store = await openStates(open)
      const backup = await replace(store, { [document]: 'new', [beside]: null })

      assert.deepEqual(await texts(store), { [document]: 'new', [beside]: null })
      const [newest] = await store.documentBackups(document)
      const { id, state, files } = newest ?? {}
      assert.deepEqual([id, state, files], [backup.id, 'done', [document, beside]])
    },
  },
  {
    rule: 'E175',
    title: 'no file is replaced when one is not as it was looked at',
    run: async (open) => {
      const store = await openStates(open)
      const revs = await revsOf(store)
      await replace(store, { [beside]: 'somebody else' })
      const changes = changesOf({ [document]: 'new', [beside]: 'NEW' })

      await assertRefused(store.replaceDocuments(document, { changes, revs, reason }), 'stale')
      assert.deepEqual(await texts(store), { [document]: 'old', [beside]: 'somebody else' })
    },
  },
  {
    rule: 'E175',
    title: 'nothing outside of the workspace, and nothing of the store’s own, is replaced',
    run: async (open) => {
      const store = await openStates(open)
      for (const path of ['../outside.json', '.unstuck/operations.jsonl', 'states']) {
        const changes = changesOf({ [path]: 'x' })
        const refused = store.replaceDocuments(document, { changes, revs: new Map(), reason })
        await assertRefused(refused, 'invalid-input')
      }
    },
  },
  {
    rule: 'E177',
    title: 'a change is taken back exactly, and that again',
    run: async (open) => {
      const store = await openStates(open)
      const first = await replace(store, { [document]: 'new', [beside]: null })
      const second = await store.restoreDocuments(document, { backup: first.id, reason: 'undo' })
      assert.deepEqual(await texts(store), { [document]: 'old', [beside]: 'OLD' })

      await store.restoreDocuments(document, { backup: second.id, reason: 'redo' })
      assert.deepEqual(await texts(store), { [document]: 'new', [beside]: null })
    },
  },
  {
    rule: 'E177',
    title: 'a change is not taken back once a file was written since',
    run: async (open) => {
      const store = await openStates(open)
      const { id } = await replace(store, { [document]: 'new', [beside]: 'NEW' })
      await replace(store, { [beside]: 'went on' })

      const refused = store.restoreDocuments(document, { backup: id, reason: 'undo' })
      await assertRefused(refused, 'stale')
      assert.deepEqual(await texts(store), { [document]: 'new', [beside]: 'went on' })
    },
  },
  {
    rule: 'E176',
    title: 'where no change was cut short there is nothing to settle',
    run: async (open) => {
      const store = await openStates(open)
      assert.deepEqual(await store.settleDocuments(), [])
      assert.deepEqual(await store.temporaries(), [])
    },
  },
  {
    rule: 'E178',
    title: 'a file goes to the trash as an entry of its own, and comes back under its name',
    run: async (open) => {
      const store = await openStates(open)
      const entry = await store.trashDocument(beside, { reason: 'older', keepDays: 7 })
      assert.deepEqual([entry.kind, entry.run, entry.reason], ['temporary', null, 'older'])
      assert.deepEqual(await texts(store), { [document]: 'old', [beside]: null })

      await store.restoreTrashed(entry.id)
      assert.deepEqual(await texts(store), { [document]: 'old', [beside]: 'OLD' })
      const gone = store.trashDocument('states/nowhere.json', { reason: 'r', keepDays: 7 })
      await assertRefused(gone, 'not-found')
    },
  },
  {
    rule: 'E172',
    title: 'a folder tells its files',
    run: async (open) => {
      const store = await openStates(open)
      const files = await store.listFolder('states')
      const told = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]))
      const both = new Map([
        [document, 3],
        [beside, 3],
      ])
      assert.deepEqual(told, both)
      assert.deepEqual(await store.listFolder('nowhere'), [])
      await assertRefused(store.listFolder('../etc'), 'invalid-input')
    },
  },
]

/** A store with two files of another engine. */
async function openStates(open: () => Promise<Store>): Promise<Store> {
  const store = await open()
  await replace(store, { [document]: 'old', [beside]: 'OLD' })
  return store
}

type Texts = Readonly<Record<string, string | null>>

async function replace(store: Store, to: Texts) {
  const changes = changesOf(to)
  return store.replaceDocuments(document, { changes, revs: await revsOf(store), reason })
}

function changesOf(to: Texts): readonly DocumentReplacement[] {
  return Object.entries(to).map(([path, text]) => ({
    path,
    bytes: text === null ? null : new TextEncoder().encode(text),
    why: 'for a test',
  }))
}

async function revsOf(store: Store): Promise<ReadonlyMap<string, string | null>> {
  const there = await filesOf(store)
  return new Map([document, beside].map((path) => [path, there.get(path)?.rev ?? null]))
}

async function texts(store: Store): Promise<Texts> {
  const there = await filesOf(store)
  const textAt = (path: string) => {
    const stored = there.get(path)
    return stored === undefined ? null : textOf(stored.bytes)
  }
  return { [document]: textAt(document), [beside]: textAt(beside) }
}

async function filesOf(store: Store) {
  const files = await store.listFolder('states')
  const read = await Promise.all(files.map(({ path }) => store.readDocument(path)))
  return new Map(read.map((stored) => [stored.document, stored]))
}
