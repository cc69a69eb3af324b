// Two JSON documents that no program of ours wrote, the later one made from the earlier by a known number of edits.
import { seeded } from './seeded.ts'

export type DocumentPair = {
  readonly before: string
  readonly after: string
  /** Edits, inserts, moves and deletes that lead from one to the other. */
  readonly edits: number
}

type Event = { at: string; kind: string; amount: number; note: string | null }
type Account = {
  id: string
  owner: { name: string; email: string; verified: boolean }
  balance: number
  limits: number[]
  tags: string[]
  events: Event[]
  note?: string
}
type Document = { version: number; regions: Record<string, { name: string; accounts: Account[] }> }

const accountsInRegion = 500
const accountBytes = 900

/** About so many bytes each, in many lists of some hundred items with an id, and in each of them one without keys. */
export function makeAnyDocuments(bytes: number, edits: number): DocumentPair {
  const random = seeded(5)
  const document = makeDocument(bytes, random)
  const before = JSON.stringify(document)
  for (let edit = 0; edit < edits; edit += 1) editOnce(document, edit, random)
  return { before, after: JSON.stringify(document), edits }
}

function makeDocument(bytes: number, random: () => number): Document {
  const count = Math.ceil(bytes / (accountsInRegion * accountBytes))
  const regions = Array.from({ length: count }, (_, region) => {
    const accounts = Array.from({ length: accountsInRegion }, (__, index) =>
      makeAccount(`acc-${region}-${index}`, random),
    )
    return [`region-${region}`, { name: `Region ${region}`, accounts }] as const
  })
  return { version: 1, regions: Object.fromEntries(regions) }
}

function makeAccount(id: string, random: () => number): Account {
  const number = Math.floor(random() * 1e6)
  return {
    id,
    owner: {
      name: `Owner ${number}`,
      email: `owner${number}@example.com`,
      verified: number % 3 === 0,
    },
    balance: Math.round(random() * 1e7) / 100,
    limits: [100, 500, number % 1000, 2500.5],
    tags: ['retail', `tier-${number % 5}`, 'active'],
    events: Array.from({ length: 8 }, () => makeEvent(random)),
  }
}

function makeEvent(random: () => number): Event {
  const number = Math.floor(random() * 1e9)
  return {
    at: new Date(1.7e12 + number).toISOString(),
    kind: ['paid', 'refunded', 'declined'][number % 3] ?? 'paid',
    amount: number / 100,
    note: number % 4 === 0 ? `checked by operator ${number % 100}` : null,
  }
}

/** In turn: a value edited, something inserted, moved and deleted; half of them in lists without keys. */
function editOnce({ regions }: Document, edit: number, random: () => number): void {
  const pick = (below: number) => Math.floor(random() * below)
  const accounts = regions[`region-${pick(Object.keys(regions).length)}`]?.accounts ?? []
  const account = accounts[pick(accounts.length)]
  if (account === undefined) return
  const events = account.events
  switch (edit % 8) {
    case 0:
      account.balance += 1 + edit
      return
    case 1:
      accounts.splice(pick(accounts.length), 0, makeAccount(`new-${edit}`, random))
      return
    case 2:
      move(accounts, pick)
      return
    case 3:
      accounts.splice(pick(accounts.length), 1)
      return
    case 4:
      account.owner.email = `changed${edit}@example.com`
      return
    case 5:
      events.splice(pick(events.length), 0, makeEvent(random))
      return
    case 6:
      move(events, pick)
      return
    default:
      events.splice(pick(events.length), 1)
  }
}

function move(items: unknown[], pick: (below: number) => number): void {
  const [item] = items.splice(pick(items.length), 1)
  if (item !== undefined) items.splice(pick(items.length), 0, item)
}
