// The least that a program with a page can be: `node bareServer.ts` serves a table of 50 rows that are there already, and prints
// its address.
import { createServer } from 'node:http'

const row = '<tr aria-rowindex="1"><td>payment-2026-11-22</td><td>failed</td></tr>'
const page = `<!doctype html><title>Bare</title><table><tbody>${row.repeat(50)}</tbody></table>`

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end(page)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It has no port.')
  console.log(`http://127.0.0.1:${address.port}/`)
})
process.once('SIGTERM', () => process.exit())
