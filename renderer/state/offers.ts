// What the page that is shown offers to whoever searches: read when it is asked for, kept nowhere.

export type Offer = {
  /** Something to be done, or a place of the page to go to. */
  readonly kind: 'action' | 'step' | 'checkpoint'
  readonly id: string
  readonly title: string
  readonly note: string | null
  /** Why it cannot be done now; null when it can. */
  readonly disabled: string | null
  readonly run: () => void
}

export type ReadOffers = () => readonly Offer[]

export type Offers = {
  readonly all: ReadOffers
  /** Offered until what is returned is called. */
  readonly put: (read: ReadOffers) => () => void
}

export function createOffers(): Offers {
  const readers = new Set<ReadOffers>()
  return {
    all: () => [...readers].flatMap((read) => read()),
    put: (read) => {
      readers.add(read)
      return () => readers.delete(read)
    },
  }
}
