// A shop that is often too busy: every page is refused with 503 the first two times. `node server.mjs [port] [milliseconds]`;
// port 0 takes a free one. GET /counts tells how often each page was asked for and given.
import { createServer } from 'node:http'

const [port = '8765', delayMs = '20'] = process.argv.slice(2)
const names = ['ash', 'birch', 'cedar', 'elm', 'fir', 'larch', 'oak', 'pine']
const asked = {}
const given = {}

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://shop').pathname
  setTimeout(() => answer(path, response), Number(delayMs))
})
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})

function answer(path, response) {
  if (path === '/counts') return send(response, 200, { asked, given })
  const body = bodyOf(path)
  if (body === null) return send(response, 404, { message: `There is no ${path}.` })
  asked[path] = (asked[path] ?? 0) + 1
  if (asked[path] <= 2) return send(response, 503, { message: 'Too busy, come back later.' })
  given[path] = (given[path] ?? 0) + 1
  return send(response, 200, body)
}

function bodyOf(path) {
  if (path === '/pages') return { pages: names }
  const index = names.indexOf(path.replace('/pages/', ''))
  if (index === -1) return null
  const name = names[index]
  return {
    products: [
      { name: `${name} table`, price: 100 + index },
      { name: `${name} chair`, price: 0 },
      { name: `${name} shelf`, price: 50 + index },
    ],
  }
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
