// A bank: its book is `ledger.jsonl`, one line a payment. `node bank.mjs charge ORDER CENTS SECONDS` with KEY in the environment
// books and, so many seconds later, answers; `node bank.mjs find ORDER` prints what it has booked. With HONOURS_KEYS=no it is a
// bank that books whatever it is asked to.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const [task, order = '', cents = '0', seconds = '0'] = process.argv.slice(2)
const { KEY: key = '', HONOURS_KEYS: honours = 'yes', UNSTUCK_OUTPUT: output } = process.env

if (task === 'find') console.log(JSON.stringify(payments().filter((each) => each.order === order)))
else if (task === 'charge') await charge()
else throw new Error('node bank.mjs charge ORDER CENTS SECONDS, or node bank.mjs find ORDER')

async function charge() {
  const known = honours === 'yes' ? payments().find((each) => each.key === key) : undefined
  const booked = known ?? book()
  await sleep(Number(seconds) * 1000)
  if (output !== undefined) writeFileSync(output, JSON.stringify({ payment: booked.payment }))
}

function book() {
  const payment = `p-${payments().length + 1}`
  const booked = { payment, order, cents: Number(cents), key }
  appendFileSync('ledger.jsonl', `${JSON.stringify(booked)}\n`)
  return booked
}

function payments() {
  if (!existsSync('ledger.jsonl')) return []
  const lines = readFileSync('ledger.jsonl', 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}
