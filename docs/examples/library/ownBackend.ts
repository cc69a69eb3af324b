// Sessions in a place of one's own: any object that keeps JSON under keys is a storage backend. The cases that come with the
// package tell whether it keeps what the interface promises.
//
//   node ownBackend.ts
import { DatabaseSync } from 'node:sqlite'
import { StateManager, storageBackendCases, type State, type StorageBackend } from 'unstuck'

function createSqliteBackend(path: string): StorageBackend {
  const database = new DatabaseSync(path)
  database.exec('create table if not exists kept (key text primary key, value text not null)')
  const find = database.prepare('select value from kept where key = ?')
  return {
    async save(key, value) {
      checkKey(key)
      const put = database.prepare('insert or replace into kept (key, value) values (?, ?)')
      put.run(encode(key), toText(value))
    },
    async load(key) {
      checkKey(key)
      const row = find.get(encode(key))
      return row === undefined ? null : JSON.parse(String(row['value']))
    },
    async delete(key) {
      checkKey(key)
      return database.prepare('delete from kept where key = ?').run(encode(key)).changes > 0
    },
    async listKeys(prefix = '') {
      const rows = database.prepare('select key from kept').all()
      return rows.map(({ key }) => JSON.parse(String(key))).filter((key) => key.startsWith(prefix))
    },
    async exists(key) {
      checkKey(key)
      return find.get(encode(key)) !== undefined
    },
  }
}

/** A key may hold any character, a NUL too, which SQLite would take for its end. */
function encode(key: string): string {
  return JSON.stringify(key)
}

function checkKey(key: string): void {
  if (key === '' || key.length > 1000 || /\p{Surrogate}/u.test(key))
    throw new RangeError('A key has 1 to 1,000 whole characters.')
}

/** JSON would change some values without a word: they are refused. */
function toText(value: State): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new TypeError('A value is an object.')
  return JSON.stringify(value, (key, item: unknown) => {
    const isLost =
      typeof item === 'number' ? !Number.isFinite(item) : item instanceof Map || item instanceof Set
    if (isLost) throw new TypeError(`${key} is no JSON.`)
    return item
  })
}

for (const { title, run } of storageBackendCases) {
  await run(async () => createSqliteBackend(':memory:'))
  console.log('kept:', title)
}

const states = new StateManager(createSqliteBackend(':memory:'))
await states.saveSession('cart of Ada', { items: ['tea'] })
await states.createCheckpoint('cart of Ada', 'tea only')
await states.saveSession('cart of Ada', { items: ['tea', 'cake'] })
console.log(await states.restoreCheckpoint('cart of Ada', 'tea only'))
