// A crawler that keeps its own state: it may be stopped at any time and goes on where it was. Its sessions are listed, opened
// and compared like any run: `unstuck list`, `unstuck show crawl-example`, `unstuck diff crawl-example …`.
//
//   node sessions.ts ./workspace
import { FileStorageBackend, StateManager } from 'unstuck'

type Crawl = { readonly queue: readonly string[]; readonly seen: readonly string[] }

const backend = new FileStorageBackend(process.argv[2] ?? './workspace', { program: 'crawler' })
const states = new StateManager(backend)
const id = 'crawl-example'

const links: Readonly<Record<string, readonly string[]>> = {
  '/': ['/docs', '/blog'],
  '/docs': ['/docs/start'],
  '/blog': ['/docs'],
}

for (;;) {
  // Read, change and save as one: another process that crawls the same session waits for its turn.
  const crawl = await states.updateSession<Crawl>(id, (before) => {
    const { queue, seen } = before ?? { queue: ['/'], seen: [] }
    const [page, ...rest] = queue
    if (page === undefined) return { queue, seen }
    const found = (links[page] ?? []).filter((link) => !seen.includes(link) && !rest.includes(link))
    return { queue: [...rest, ...found], seen: [...seen, page] }
  })
  console.log('seen', crawl.seen.length, 'to do', crawl.queue.length)
  if (crawl.seen.length === 2) await states.createCheckpoint(id, 'half way', { progress: 0.5 })
  if (crawl.queue.length === 0) break
}

// An earlier state is looked at without changing anything, or restored; a restore keeps the present one as a checkpoint.
const halfWay = await states.loadCheckpoint<Crawl>(id, 'half way')
console.log('half way:', halfWay.seen.join(' '))
await states.restoreCheckpoint(id, 'half way')
console.log('checkpoints:', (await states.listCheckpoints(id)).map(({ name }) => name).join(', '))

await states.saveSession(id, { queue: [], seen: ['/'] }, { status: 'completed' })
for (const { id: session, status } of await states.listSessions()) console.log(session, status)
await backend.close()
